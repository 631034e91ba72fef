import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterEach, describe, expect, it } from 'vitest';
import { type LocalAccount, startLocalAccount } from '../../../lib/local/start-local-account.ts';

const opened: LocalAccount[] = [];

async function start(...options: Parameters<typeof startLocalAccount>): Promise<LocalAccount> {
  const account = await startLocalAccount(...options);
  opened.push(account);
  return account;
}

afterEach(async () => {
  for (const account of opened.splice(0)) await account.close();
});

describe('startLocalAccount', () => {
  it('starts at the present, with the seeded network and role', async () => {
    const before = Date.now();
    const account = await start();
    expect(account.clock.nowMs()).toBeGreaterThanOrEqual(before);
    const settings = {
      endpoint: account.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    };
    const [ec2, iam] = [new EC2Client(settings), new IAMClient(settings)];
    const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
    expect(Vpcs[0]?.VpcId).toBe('vpc-0a1b2c3d4e5f60001');
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'lambda-role' }));
    expect(Role?.Arn).toBe('arn:aws:iam::123456789012:role/lambda-role');
    ec2.destroy();
    iam.destroy();
  });

  it.each([-1, 65_536, 1.5, Number.NaN])('refuses port %d', async (port) => {
    await expect(startLocalAccount({ port })).rejects.toThrow(
      `port is \`${port}\`: expected a whole number from 0 to 65535`,
    );
  });

  it('says so where its port is taken', async () => {
    const { endpoint } = await start();
    const port = Number(new URL(endpoint).port);
    await expect(startLocalAccount({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('lets CloudTrail wait as long as it is told to', async () => {
    const account = await start({ startMs: 0, trailDelayMs: 60_000 });
    account.core.trailListeners.at(0)?.({ eventID: 'e', eventName: 'CreateX', eventTime: 't' });
    expect(account.clock.nextAtMs()).toBe(60_000);
  });

  it('follows real time once it is told to, until it is told to stand still', async () => {
    const account = await start({ startMs: 0 });
    const reached = new Promise<void>((resolve) => {
      account.clock.at(60_000, resolve);
    });
    account.follow(100_000);
    await reached;
    account.follow(0);
    await account.settle();
    expect(account.clock.nowMs()).toBeGreaterThanOrEqual(60_000);
  });
});

describe('a task that throws', () => {
  it('fails whoever moved time then, and nobody after', async () => {
    const account = await start({ startMs: 0 });
    account.clock.at(10, () => {
      throw new Error('broken task');
    });
    await expect(account.advance(20)).rejects.toThrow('broken task');
    await account.advance(20);
    expect(account.clock.nowMs()).toBe(30);
  });
});
