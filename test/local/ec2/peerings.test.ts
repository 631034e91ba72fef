import {
  AcceptVpcPeeringConnectionCommand,
  CreateRouteCommand,
  CreateTransitGatewayCommand,
  CreateTransitGatewayVpcAttachmentCommand,
  CreateVpcCommand,
  CreateVpcPeeringConnectionCommand,
  DeleteSubnetCommand,
  DeleteTransitGatewayCommand,
  DeleteTransitGatewayVpcAttachmentCommand,
  DeleteVpcCommand,
  DeleteVpcPeeringConnectionCommand,
  DescribeRouteTablesCommand,
  DescribeTransitGatewaysCommand,
  DescribeTransitGatewayVpcAttachmentsCommand,
  DescribeVpcPeeringConnectionsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StartedAccount, startAccount } from '../start-account.ts';

const APPROVED = 'vpc-0a1b2c3d4e5f60001';
const FORBIDDEN = 'vpc-0f0e0d0c0b0a00002';
const DEDICATED = 'vpc-0dedd1ca7ed000003';
const MAIN = 'rtb-0a1b2c3d4e5f6e001';
const DEDICATED_MAIN = 'rtb-0dedd1ca7ed00e001';
const PRIVATE_A = 'subnet-071f712345678e7c8';
const LAB = 'subnet-0a1b2c3d4e5f6b001';
const FORBIDDEN_A = 'subnet-0f0e0d0c0b0a0f001';

let account: StartedAccount;
let ec2: EC2Client;

beforeEach(async () => {
  account = await startAccount();
  ec2 = new EC2Client(account.settings());
});

afterEach(async () => {
  ec2.destroy();
  await account.stop();
});

async function peer(PeerVpcId: string, PeerOwnerId?: string): Promise<string> {
  const { VpcPeeringConnection } = await ec2.send(
    new CreateVpcPeeringConnectionCommand({ VpcId: APPROVED, PeerVpcId, PeerOwnerId }),
  );
  return VpcPeeringConnection?.VpcPeeringConnectionId ?? '';
}

async function accept(VpcPeeringConnectionId: string) {
  return ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
}

async function statesOfMain() {
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [MAIN] }));
  return RouteTables?.[0]?.Routes?.map(({ State }) => State);
}

describe('a peering connection', () => {
  it('is a black hole until it is accepted and after it is deleted', async () => {
    const id = await peer(FORBIDDEN);
    const route = { RouteTableId: MAIN, DestinationCidrBlock: '10.99.0.0/16' };

    await ec2.send(new CreateRouteCommand({ ...route, VpcPeeringConnectionId: id }));
    const pending = await statesOfMain();
    const { VpcPeeringConnection } = await accept(id);
    const active = await statesOfMain();
    await ec2.send(new DeleteVpcPeeringConnectionCommand({ VpcPeeringConnectionId: id }));

    expect(pending).toEqual(['active', 'blackhole']);
    expect(VpcPeeringConnection).toMatchObject({
      Status: { Code: 'active', Message: 'Active' },
      RequesterVpcInfo: { VpcId: APPROVED, CidrBlock: '172.31.0.0/16', OwnerId: '123456789012' },
      AccepterVpcInfo: { VpcId: FORBIDDEN, CidrBlock: '10.99.0.0/16', Region: 'us-east-1' },
    });
    expect(active).toEqual(['active', 'active']);
    expect(await statesOfMain()).toEqual(['active', 'blackhole']);
    expect(account.records('CreateVpcPeeringConnection')).toMatchObject([
      {
        requestParameters: { vpcId: APPROVED, peerVpcId: FORBIDDEN },
        responseElements: {
          vpcPeeringConnection: {
            vpcPeeringConnectionId: id,
            status: { code: 'pending-acceptance' },
          },
        },
      },
    ]);
    expect(account.records('AcceptVpcPeeringConnection')).toMatchObject([
      { requestParameters: { vpcPeeringConnectionId: id } },
    ]);
    expect(account.records('DeleteVpcPeeringConnection')).toMatchObject([
      { responseElements: { _return: true } },
    ]);
  });

  it('is forgotten two hours after its end, and can be made again before', async () => {
    const first = await peer(FORBIDDEN);
    await ec2.send(new DeleteVpcPeeringConnectionCommand({ VpcPeeringConnectionId: first }));
    await peer(FORBIDDEN);
    await account.core.clock.advance(7_200_000);

    await expect(
      ec2.send(new DescribeVpcPeeringConnectionsCommand({ VpcPeeringConnectionIds: [first] })),
    ).rejects.toMatchObject({ name: 'InvalidVpcPeeringConnectionID.NotFound' });
  });

  it.each([
    ['its ranges overlap', 'overlapping', 'VPC CIDR blocks overlap'],
    ['its peer does not exist', 'vpc-0', 'Incorrect configuration parameters specified'],
  ])('fails when %s', async (_case, peerVpcId, message) => {
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '172.31.0.0/20' }));

    await peer(peerVpcId === 'overlapping' ? (Vpc?.VpcId ?? '') : peerVpcId);

    const { VpcPeeringConnections } = await ec2.send(new DescribeVpcPeeringConnectionsCommand({}));
    expect(VpcPeeringConnections).toMatchObject([{ Status: { Code: 'failed', Message: message } }]);
  });

  it('is accepted by its peer, once', async () => {
    const local = await peer(FORBIDDEN);
    const foreign = await peer('vpc-0123', '210987654321');
    await accept(local);

    await expect(accept(local)).rejects.toMatchObject({ name: 'InvalidStateTransition' });
    await expect(accept(foreign)).rejects.toMatchObject({
      name: 'OperationNotPermitted',
      message: `User 123456789012 cannot accept peering ${foreign}`,
    });
    await expect(accept('pcx-0')).rejects.toMatchObject({
      name: 'InvalidVpcPeeringConnectionID.NotFound',
    });
  });

  it('leads nowhere from a VPC that is no end of it', async () => {
    const VpcPeeringConnectionId = await peer(FORBIDDEN);

    await expect(
      ec2.send(
        new CreateRouteCommand({
          RouteTableId: DEDICATED_MAIN,
          DestinationCidrBlock: '10.99.0.0/16',
          VpcPeeringConnectionId,
        }),
      ),
    ).rejects.toThrow('belong to different networks');
  });

  it('keeps its VPCs from being deleted while it is active', async () => {
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.1.0.0/16' }));
    const id = await peer(Vpc?.VpcId ?? '');
    await accept(id);

    await expect(ec2.send(new DeleteVpcCommand({ VpcId: Vpc?.VpcId }))).rejects.toMatchObject({
      name: 'DependencyViolation',
    });
    await ec2.send(new DeleteVpcPeeringConnectionCommand({ VpcPeeringConnectionId: id }));
    await ec2.send(new DeleteVpcCommand({ VpcId: Vpc?.VpcId }));
    expect(account.network.vpcs.size).toBe(3);
  });

  it.each([
    [{ VpcId: APPROVED }, 'MissingParameter'],
    [{ VpcId: 'vpc-0', PeerVpcId: FORBIDDEN }, 'InvalidVpcID.NotFound'],
    [{ VpcId: FORBIDDEN, PeerVpcId: APPROVED }, 'VpcPeeringConnectionAlreadyExists'],
  ])('is refused for %j', async (input, name) => {
    await peer(FORBIDDEN);

    await expect(ec2.send(new CreateVpcPeeringConnectionCommand(input))).rejects.toMatchObject({
      name,
    });
  });
});

describe('DescribeVpcPeeringConnections', () => {
  it.each([
    ['vpc-peering-connection-id', 'pcx-*', 2],
    ['status-code', 'pending-acceptance', 2],
    ['status-message', 'Pending Acceptance by 210987654321', 1],
    ['requester-vpc-info.vpc-id', APPROVED, 2],
    ['requester-vpc-info.owner-id', '123456789012', 2],
    ['requester-vpc-info.cidr-block', '172.31.0.0/16', 2],
    ['accepter-vpc-info.vpc-id', FORBIDDEN, 1],
    ['accepter-vpc-info.owner-id', '210987654321', 1],
    ['accepter-vpc-info.cidr-block', '10.99.0.0/16', 1],
  ])('filters by %s %s', async (Name, value, count) => {
    await peer(FORBIDDEN);
    await peer('vpc-0123', '210987654321');

    const { VpcPeeringConnections } = await ec2.send(
      new DescribeVpcPeeringConnectionsCommand({ Filters: [{ Name, Values: [value] }] }),
    );

    expect(VpcPeeringConnections).toHaveLength(count);
  });
});

async function createTransit(): Promise<string> {
  const { TransitGateway } = await ec2.send(
    new CreateTransitGatewayCommand({ Description: 'hub' }),
  );
  return TransitGateway?.TransitGatewayId ?? '';
}

async function attach(TransitGatewayId: string): Promise<string> {
  const { TransitGatewayVpcAttachment } = await ec2.send(
    new CreateTransitGatewayVpcAttachmentCommand({
      TransitGatewayId,
      VpcId: APPROVED,
      SubnetIds: [PRIVATE_A],
    }),
  );
  return TransitGatewayVpcAttachment?.TransitGatewayAttachmentId ?? '';
}

describe('a transit gateway', () => {
  it('leads out of the VPCs that it is attached to, until it is detached', async () => {
    const TransitGatewayId = await createTransit();
    await account.core.clock.advance(120_000);
    const id = await attach(TransitGatewayId);
    const route = new CreateRouteCommand({
      RouteTableId: MAIN,
      DestinationCidrBlock: '0.0.0.0/0',
      TransitGatewayId,
    });

    const early = ec2.send(route);
    await expect(early).rejects.toMatchObject({ name: 'InvalidTransitGatewayID.NotFound' });
    await account.core.clock.advance(60_000);
    await ec2.send(route);
    const attached = await statesOfMain();
    await ec2.send(
      new DeleteTransitGatewayVpcAttachmentCommand({ TransitGatewayAttachmentId: id }),
    );

    expect(attached).toEqual(['active', 'active']);
    expect(await statesOfMain()).toEqual(['active', 'blackhole']);
    expect(account.records('CreateTransitGatewayVpcAttachment')).toMatchObject([
      {
        requestParameters: {
          CreateTransitGatewayVpcAttachmentRequest: {
            TransitGatewayId,
            SubnetIds: { tag: 1, content: PRIVATE_A },
          },
        },
        responseElements: {
          CreateTransitGatewayVpcAttachmentResponse: {
            transitGatewayVpcAttachment: { transitGatewayAttachmentId: id, state: 'pending' },
          },
        },
      },
    ]);
  });

  it('goes through its states, as its attachments do', async () => {
    const TransitGatewayId = await createTransit();
    const filter = (Name: string, value: string) => ({ Filters: [{ Name, Values: [value] }] });
    const countGateways = async (Name: string, value: string) => {
      const answer = await ec2.send(new DescribeTransitGatewaysCommand(filter(Name, value)));
      return answer.TransitGateways?.length ?? 0;
    };
    const countAttachments = async (Name: string, value: string) => {
      const answer = await ec2.send(
        new DescribeTransitGatewayVpcAttachmentsCommand(filter(Name, value)),
      );
      return answer.TransitGatewayVpcAttachments?.length ?? 0;
    };

    expect(await countGateways('state', 'pending')).toBe(1);
    await expect(attach(TransitGatewayId)).rejects.toMatchObject({ name: 'IncorrectState' });
    await account.core.clock.advance(120_000);
    expect(await countGateways('state', 'available')).toBe(1);
    expect(await countGateways('transit-gateway-id', TransitGatewayId)).toBe(1);
    expect(await countGateways('owner-id', '123456789012')).toBe(1);
    const id = await attach(TransitGatewayId);
    await expect(attach(TransitGatewayId)).rejects.toMatchObject({
      name: 'DuplicateTransitGatewayAttachment',
    });
    await expect(
      ec2.send(new DeleteTransitGatewayCommand({ TransitGatewayId })),
    ).rejects.toMatchObject({ name: 'IncorrectState', message: expect.stringContaining(id) });
    await expect(ec2.send(new DeleteSubnetCommand({ SubnetId: PRIVATE_A }))).rejects.toMatchObject({
      name: 'DependencyViolation',
    });
    expect(await countAttachments('transit-gateway-id', TransitGatewayId)).toBe(1);
    expect(await countAttachments('transit-gateway-attachment-id', id)).toBe(1);
    expect(await countAttachments('vpc-id', APPROVED)).toBe(1);
    await ec2.send(
      new DeleteTransitGatewayVpcAttachmentCommand({ TransitGatewayAttachmentId: id }),
    );
    expect(await countAttachments('state', 'deleting')).toBe(1);
    await account.core.clock.advance(60_000);
    expect(await countAttachments('state', 'deleted')).toBe(1);
    await ec2.send(new DeleteTransitGatewayCommand({ TransitGatewayId }));
    await account.core.clock.advance(60_000);
    expect(await countGateways('state', 'deleted')).toBe(1);
    await account.core.clock.advance(3_600_000);
    expect(await countGateways('state', '*')).toBe(0);
    expect(await countAttachments('state', '*')).toBe(0);
  });

  it.each([
    [{ TransitGatewayId: 'tgw-0' }, 'InvalidTransitGatewayID.NotFound'],
    [{ VpcId: 'vpc-0' }, 'InvalidVpcID.NotFound'],
    [{ VpcId: DEDICATED }, 'InvalidParameter'],
    [{ SubnetIds: [FORBIDDEN_A] }, 'InvalidParameter'],
    [{ SubnetIds: [PRIVATE_A, LAB] }, 'DuplicateSubnetsInSameZone'],
  ])('is not attached with %j', async (input, name) => {
    const TransitGatewayId = await createTransit();
    await account.core.clock.advance(120_000);

    await expect(
      ec2.send(
        new CreateTransitGatewayVpcAttachmentCommand({
          TransitGatewayId,
          VpcId: APPROVED,
          SubnetIds: [PRIVATE_A],
          ...input,
        }),
      ),
    ).rejects.toMatchObject({ name });
  });

  it('is not found by an unknown id', async () => {
    await expect(
      ec2.send(new DeleteTransitGatewayCommand({ TransitGatewayId: 'tgw-0' })),
    ).rejects.toThrow('Transit Gateway tgw-0 was deleted or does not exist.');
    await expect(
      ec2.send(
        new DeleteTransitGatewayVpcAttachmentCommand({
          TransitGatewayAttachmentId: 'tgw-attach-0',
        }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidTransitGatewayAttachmentID.NotFound' });
  });
});
