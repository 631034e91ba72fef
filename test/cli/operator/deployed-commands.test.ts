import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteFunctionCommand,
  GetFunctionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRecordPorts } from '../../../functions/adapters/dynamodb.ts';
import type { HistoryEntry } from '../../../functions/core/history.ts';
import type { FunctionRecord } from '../../../functions/core/record.ts';
import { stepRecord } from '../../../lib/cli/baseline/step-record.ts';
import { withAccount } from '../../../lib/cli/operator/operator-account.ts';
import { putPolicy } from '../../../lib/local/iam/inline-policies.ts';
import { issueKey, newPrincipal } from '../../../lib/local/identity/principals.ts';
import {
  adminOf,
  type DeployedAccount,
  NETWORK,
  startDeployedAccount,
} from '../../support/deployed-account.ts';
import { typeCommand } from '../typed-command.ts';

const MINUTE_MS = 60_000;
const REASON = ['--reason', 'ticket 4711: token=abcdef'] as const;
const JSON_OUT = ['--format', 'json'] as const;
const HOME = 'arn:aws:lambda:us-east-1:123456789012:function:';

let deployed: DeployedAccount;
let table: string;

beforeAll(async () => {
  deployed = await startDeployedAccount();
  table = deployed.outputs['TableName'] ?? '';
});

afterAll(async () => {
  await deployed.close();
  vi.unstubAllEnvs();
});

beforeEach(() => actAs({ accessKeyId: 'local', secretAccessKey: 'local' }));

function actAs({ accessKeyId, secretAccessKey }: { accessKeyId: string; secretAccessKey: string }) {
  vi.stubEnv('AWS_ENDPOINT_URL', deployed.account.endpoint);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
}

const baseline = (...args: readonly string[]) => typeCommand('baseline', ...args);

/** Runs a command that ends with 0 and says nothing on standard error, and answers its document. */
async function documentOf(...args: readonly string[]) {
  const { status, stdout, stderr } = await typeCommand(...args, ...JSON_OUT);
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

const settingsOf = async (FunctionName: string) => {
  const { Concurrency, Configuration } = await deployed.lambda.send(
    new GetFunctionCommand({ FunctionName }),
  );
  return {
    reserved: Concurrency?.ReservedConcurrentExecutions,
    subnetIds: Configuration?.VpcConfig?.SubnetIds,
  };
};

async function move(FunctionName: string, VpcConfig: (typeof NETWORK)[keyof typeof NETWORK]) {
  await deployed.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, VpcConfig }));
  await deployed.account.advance(10 * MINUTE_MS);
}

/** A function that the guardrail has seen run in the approved network. */
async function approved(name: string): Promise<string> {
  const functionArn = await deployed.create(name, NETWORK.approved);
  await deployed.account.advance(10 * MINUTE_MS);
  return functionArn;
}

const storyOf = async (name: string): Promise<readonly HistoryEntry[]> =>
  (await documentOf('explain', name)).history;

describe('rescan', () => {
  it('has the deployed guardrail look, and ends as a pipeline wants it', async () => {
    const functionArn = await deployed.create('wanderer', NETWORK.forbidden);
    await deployed.account.advance(MINUTE_MS);

    const report = await documentOf('rescan', 'wanderer', '--mode', 'audit', '--quiet');
    const failed = await typeCommand('rescan', 'wanderer', '--quiet', '--fail-on', 'high');
    const missed = await typeCommand('rescan', 'nobody-*', '--quiet');

    expect(report).toMatchObject({ scanned: 1, compliant: 0, remediations: [] });
    expect(report.findings).toContainEqual(
      expect.objectContaining({ functionArn, controlId: 'LVG.1', verdict: 'violation' }),
    );
    expect(failed).toMatchObject({ status: 1, stderr: '' });
    expect(failed.stdout).toContain('scanned 1 function');
    expect(missed.status).toBe(3);
    expect(missed.stderr).toBe('not looked at: 1 pattern that no function matches (nobody-*)\n');
  });
});

describe('release', () => {
  it('is refused while the function violates the policy, and done by force', async () => {
    const functionArn = await deployed.create('stray');
    await deployed.account.advance(MINUTE_MS);
    const ask = (...more: readonly string[]) => typeCommand('release', 'stray', ...REASON, ...more);

    const refused = await ask(...JSON_OUT);
    const forced = await ask('--force', '--hold-hours', '2');
    await deployed.account.advance(10 * MINUTE_MS);
    const again = await ask();

    expect(refused).toMatchObject({ status: 1, stderr: '' });
    expect(JSON.parse(refused.stdout)).toMatchObject({ functionArn, status: 'refused' });
    expect(forced).toMatchObject({ status: 0, stderr: '' });
    expect(forced.stdout).toContain('because     an operator asked for it: ticket 4711: token=…\n');
    expect(forced.stdout).toContain('left alone  for 2 h, or until its attachment changes\n');
    expect((await settingsOf('stray')).reserved).toBeUndefined();
    expect(again.status).toBe(2);
    expect(again.stdout).toContain('the guardrail has not quarantined it');
  });
});

describe('baseline', () => {
  it('is shown, forgotten with who and why, and a revert has nowhere to go then', async () => {
    const functionArn = await approved('forgettable');

    const shown = await baseline('show', 'forgettable');
    const told = await documentOf('baseline', 'forget', 'forgettable', ...REASON);
    const again = await documentOf('baseline', 'forget', functionArn, ...REASON);
    await move('forgettable', NETWORK.forbidden);

    expect(shown.stdout).toMatch(/^last good {2}vpc-0a1b2c3d4e5f60001 \(subnets /m);
    expect(told).toMatchObject({
      table,
      functionArn,
      changed: true,
      before: { subnetIds: NETWORK.approved.SubnetIds },
      act: {
        command: 'baseline forget',
        by: expect.stringMatching(/^arn:aws:iam::123456789012:/),
        reason: 'ticket 4711: token=…',
      },
    });
    expect(told).not.toHaveProperty('after');
    expect(again).toMatchObject({ changed: false });
    const story = await storyOf('forgettable');
    expect(story.find(({ why }) => why === 'an operator wants none: ticket 4711: token=…')).toEqual(
      expect.objectContaining({
        event: 'baseline',
        who: expect.objectContaining({ accountId: '123456789012' }),
      }),
    );
    expect(await settingsOf('forgettable')).toEqual({
      reserved: 0,
      subnetIds: NETWORK.forbidden.SubnetIds,
    });
  });

  it('is set to where the function is now, and a revert goes there', async () => {
    await approved('settled');
    await documentOf('baseline', 'forget', 'settled', ...REASON);

    const told = await baseline('set', 'settled', ...REASON);
    await move('settled', NETWORK.forbidden);

    expect(told).toMatchObject({ status: 0, stderr: '' });
    expect(told.stdout.split('\n')).toEqual([
      expect.stringMatching(/^the last good attachment of settled is vpc-0a1b2c3d4e5f60001 \(/),
      'before it was none',
      'a revert goes there only where the policy allows it then',
      expect.stringMatching(/^written down: arn:.*, because ticket 4711: token=…$/),
      '',
    ]);
    expect((await settingsOf('settled')).subnetIds).toEqual(NETWORK.approved.SubnetIds);
  });

  it('is set to what was typed, with its VPC, and warns where the policy says no', async () => {
    const { SubnetIds, SecurityGroupIds } = NETWORK.forbidden;
    const typed = ['--subnets', ...SubnetIds, '--security-groups', ...SecurityGroupIds];
    await deployed.create('wrong', NETWORK.forbidden);
    await deployed.account.advance(10 * MINUTE_MS);

    const { status, stdout, stderr } = await baseline(
      'set',
      'wrong',
      ...REASON,
      ...typed,
      ...JSON_OUT,
    );

    expect([status, JSON.parse(stdout).after]).toEqual([
      0,
      {
        vpcId: expect.stringMatching(/^vpc-/),
        subnetIds: SubnetIds,
        securityGroupIds: SecurityGroupIds,
        ipv6AllowedForDualStack: false,
      },
    ]);
    expect(stderr).toMatch(
      /^it violates LVG\.1.* there: as long as it does, no revert goes there\n$/,
    );
  });

  it('begins again where a handler writes in between', async () => {
    const functionArn = await approved('busy');
    const client = new DynamoDBClient(adminOf(deployed.account));
    const { readRecord, writeRecord } = createRecordPorts(client, table);
    const seen: number[] = [];

    const { after } = await withAccount({ stack: 'S', table, format: 'json' }, 0, (account) =>
      stepRecord(functionArn, account, async (record) => {
        seen.push(record.version);
        if (seen.length === 1) await writeRecord(record);
        return { ...record, wakes: 7 };
      }),
    );

    expect(seen).toEqual([seen[0], (seen[0] ?? 0) + 1]);
    expect(await readRecord(functionArn)).toEqual(after);
    client.destroy();
  });

  it('gives up where a record keeps changing, and waits for nobody', async () => {
    const functionArn = await approved('hectic');
    const client = new DynamoDBClient(adminOf(deployed.account));
    const { readRecord, writeRecord } = createRecordPorts(client, table);
    const change = (step: (record: FunctionRecord) => Promise<FunctionRecord>) =>
      withAccount({ stack: 'S', table, format: 'json' }, 0, (account) =>
        stepRecord(functionArn, account, step),
      );

    await expect(
      change(async (record) => {
        await writeRecord(record);
        return { ...record, wakes: 7 };
      }),
    ).rejects.toThrow('it keeps changing');

    const record = await readRecord(functionArn);
    if (record !== undefined) {
      await writeRecord({ ...record, tellingSinceMs: deployed.account.clock.nowMs() });
    }
    const { status, stderr } = await baseline('forget', 'hectic', ...REASON);
    expect([status, stderr]).toEqual([
      3,
      'error: the guardrail does something about it right now: ask again in a minute\n',
    ]);
    client.destroy();
  });

  it('is refused of a function that is deleted', async () => {
    await approved('gone');
    await deployed.lambda.send(new DeleteFunctionCommand({ FunctionName: 'gone' }));
    await deployed.account.advance(10 * MINUTE_MS);

    const { status, stderr } = await baseline('set', 'gone', ...REASON);

    expect([status, stderr]).toEqual([2, 'error: the function `gone` is deleted\n']);
  });

  it('is not taken from an update that AWS has not finished', async () => {
    await approved('moving');
    await deployed.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'moving', VpcConfig: NETWORK.lab }),
    );

    const { status, stderr } = await baseline('set', 'moving', ...REASON);

    expect([status, stderr]).toEqual([
      3,
      expect.stringContaining('AWS does not run the attachment that it names, for its last update'),
    ]);
    await deployed.account.advance(10 * MINUTE_MS);
  });

  it.each([
    [['set', 'nope'], 'the guardrail knows no function `arn:aws:lambda:'],
    [['set', 'orders:7'], 'without version or alias, got `orders:7`'],
    [['set', `${HOME.replace('us-east-1', 'eu-west-1')}orders`], 'of account 123456789012 in us-'],
    [['set', 'orders', '--ipv6'], '`--ipv6`: expected only beside'],
    [
      ['set', 'known', '--subnets', 'subnet-0', '--security-groups', 'sg-0'],
      'these do not exist in this account and region: subnet-0, sg-0',
    ],
    [
      [
        ...['set', 'known', '--subnets', NETWORK.lab.SubnetIds[0] ?? ''],
        ...['--security-groups', NETWORK.forbidden.SecurityGroupIds[0] ?? ''],
      ],
      'expected all of one VPC, got vpc-',
    ],
    [['forget', 'known', '--table', 'none'], 'there is no table `none`'],
  ])('is refused with 2 and one line: %j', async (args, expected) => {
    if (args.includes('known')) await knownOnce();

    const { status, stdout, stderr } = await baseline(...args, ...REASON);

    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(expected);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

let known: Promise<string> | undefined;

function knownOnce(): Promise<string> {
  known ??= approved('known');
  return known;
}

describe('what an operator has to be allowed', () => {
  /** Acts as a user with the statements of a page, and answers the calls that were made. */
  async function asDocumented(page: string, act: () => Promise<unknown>) {
    const { core, journal } = deployed.account;
    const nowMs = deployed.account.clock.nowMs();
    const user = newPrincipal(core.principals, { kind: 'user', name: page, nowMs });
    const policy = { kind: 'user', name: page, policyName: 'own' } as const;
    putPolicy(core.principals, policy, await documentedPolicy(page));
    const key = issueKey(core.principals, user, { nowMs });
    actAs(key);
    await act();
    return journal.calls
      .filter(({ accessKeyId }) => accessKeyId === key.accessKeyId)
      .map(({ operation, errorCode = 'none' }) => `${operation}: ${errorCode}`);
  }

  it('is what the page about `release` says', async () => {
    const calls = await asDocumented('cli-release', () => typeCommand('release', 'x', ...REASON));

    expect(calls).toEqual(['DescribeStacks: none', 'Invoke: none']);
  });

  it('is what the page about `baseline` says', async () => {
    await knownOnce();
    const { SubnetIds, SecurityGroupIds } = NETWORK.lab;
    const lab = ['--subnets', ...SubnetIds, '--security-groups', ...SecurityGroupIds];

    const calls = await asDocumented('cli-baseline', async () => {
      await documentOf('baseline', 'set', 'known', ...REASON, ...lab);
      await documentOf('baseline', 'set', 'known', ...REASON);
      await documentOf('baseline', 'forget', 'known', ...REASON);
    });

    expect([...new Set(calls)].sort()).toEqual([
      'DescribeSecurityGroups: none',
      'DescribeStacks: none',
      'DescribeSubnets: none',
      'GetCallerIdentity: none',
      'GetFunctionConfiguration: none',
      'GetItem: none',
      'PutItem: none',
    ]);
  });
});

async function documentedPolicy(page: string): Promise<string> {
  const path = join(import.meta.dirname, `../../../docs/${page}.md`);
  const [, policy = ''] = /```json\n([\s\S]*?)```/.exec(await readFile(path, 'utf8')) ?? [];
  return policy;
}
