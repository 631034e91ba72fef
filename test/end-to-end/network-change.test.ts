import {
  DescribeRouteTablesCommand,
  DisassociateRouteTableCommand,
  EC2Client,
  ReplaceRouteCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  adminOf,
  type DeployedAccount,
  NETWORK,
  startDeployedAccount,
} from '../support/deployed-account.ts';

const PRIVATE_TABLE = 'rtb-0a1b2c3d4e5f6e002';
const APPROVED = 'vpc-0a1b2c3d4e5f60001';
const INTERNET = 'igw-0a1b2c3d4e5f6c002';
const SECOND_MS = 1000;

describe('a change of the network', () => {
  let deployed: DeployedAccount;
  let ec2: EC2Client;
  let ordersArn: string;
  let payArn: string;

  beforeAll(async () => {
    deployed = await startDeployedAccount();
    const { account, create } = deployed;
    ec2 = new EC2Client(adminOf(account));
    ordersArn = await create('orders', NETWORK.approved);
    payArn = await create('pay', NETWORK.approved);
    await create('stranger', NETWORK.forbidden);
    await create('detached');
    await account.advance(1200 * SECOND_MS);
  });

  afterAll(async () => {
    ec2.destroy();
    await deployed.close();
  });

  /** What the guardrail logs from here on. */
  const listen = () => {
    const { invocations } = deployed.account.journal;
    const from = invocations.length;
    return (message: string) =>
      invocations
        .slice(from)
        .flatMap(({ logLines }) => logLines)
        .filter((line) => line.includes(`"message":"${message}"`))
        .map((line): LogLine => JSON.parse(line));
  };

  it('has the functions of its VPC looked at once, with fresh facts, half a minute later', async () => {
    const { account } = deployed;
    const logged = listen();
    for (let times = 0; times < 20; times += 1) {
      await ec2.send(
        new ReplaceRouteCommand({
          RouteTableId: PRIVATE_TABLE,
          DestinationCidrBlock: '0.0.0.0/0',
          GatewayId: INTERNET,
        }),
      );
      await account.advance(SECOND_MS);
    }
    expect(logged('function judged')).toEqual([]);

    await account.advance(20 * SECOND_MS);

    const looked = logged('network change handled').filter(({ status }) => status === 'looked');
    expect(looked).toEqual([
      expect.objectContaining({ resourceId: PRIVATE_TABLE, vpcIds: [APPROVED], functions: 2 }),
    ]);
    const judged = logged('function judged');
    expect(judged.map(({ functionArn }) => functionArn).sort()).toEqual([ordersArn, payArn].sort());
    expect(judged.map(({ verdict }) => verdict)).toEqual(['violation', 'violation']);
    expect(JSON.stringify(judged)).toContain('LVG.3');
  });

  it('that does not tell its VPC has every attached function looked at', async () => {
    const { account } = deployed;
    await account.advance(600 * SECOND_MS);
    const logged = listen();
    const { RouteTables: [table] = [] } = await ec2.send(
      new DescribeRouteTablesCommand({ RouteTableIds: [PRIVATE_TABLE] }),
    );
    const AssociationId = table?.Associations?.[0]?.RouteTableAssociationId;

    await ec2.send(new DisassociateRouteTableCommand({ AssociationId }));
    await account.advance(60 * SECOND_MS);

    const looked = logged('network change handled').filter(({ status }) => status === 'looked');
    expect(looked).toEqual([
      expect.objectContaining({
        resourceId: AssociationId,
        reason: 'what changed does not lead to a VPC',
        functions: 3,
      }),
    ]);
    expect(logged('function judged')).toHaveLength(3);
  });
});

/** One line of the guardrail's log, as far as this test reads it. */
interface LogLine {
  readonly status?: string;
  readonly functionArn?: string;
  readonly verdict?: string;
}
