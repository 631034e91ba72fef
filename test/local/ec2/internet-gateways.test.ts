import {
  AllocateAddressCommand,
  AttachInternetGatewayCommand,
  CreateEgressOnlyInternetGatewayCommand,
  CreateInternetGatewayCommand,
  DeleteEgressOnlyInternetGatewayCommand,
  DeleteInternetGatewayCommand,
  DeleteNatGatewayCommand,
  DeleteVpcCommand,
  DescribeAddressesCommand,
  DescribeEgressOnlyInternetGatewaysCommand,
  DescribeInternetGatewaysCommand,
  DescribeRouteTablesCommand,
  DetachInternetGatewayCommand,
  EC2Client,
  ReleaseAddressCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StartedAccount, startAccount } from '../start-account.ts';

const APPROVED = 'vpc-0a1b2c3d4e5f60001';
const FORBIDDEN = 'vpc-0f0e0d0c0b0a00002';
const INTERNET = 'igw-0a1b2c3d4e5f6c002';
const NAT = 'nat-0a1b2c3d4e5f6c001';
const ADDRESS = 'eipalloc-0a1b2c3d4e5f6c003';
const PUBLIC_TABLE = 'rtb-0a1b2c3d4e5f6e003';

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

async function createGateway(): Promise<string> {
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  return InternetGateway?.InternetGatewayId ?? '';
}

describe('DescribeInternetGateways', () => {
  it('says what the gateway of the approved VPC is attached to', async () => {
    const { InternetGateways } = await ec2.send(
      new DescribeInternetGatewaysCommand({
        Filters: [{ Name: 'attachment.vpc-id', Values: [APPROVED] }],
      }),
    );

    expect(InternetGateways).toMatchObject([
      {
        InternetGatewayId: INTERNET,
        OwnerId: '123456789012',
        Attachments: [{ State: 'available', VpcId: APPROVED }],
      },
    ]);
  });

  it.each([
    ['attachment.state', 'available', 1],
    ['attachment.vpc-id', FORBIDDEN, 0],
    ['internet-gateway-id', 'igw-*', 2],
    ['owner-id', '123456789012', 2],
    ['tag:Name', 'internet', 1],
  ])('filters by %s %s', async (Name, value, count) => {
    await createGateway();

    const { InternetGateways = [] } = await ec2.send(
      new DescribeInternetGatewaysCommand({ Filters: [{ Name, Values: [value] }] }),
    );

    expect(InternetGateways).toHaveLength(count);
  });

  it('walks all pages', async () => {
    for (let made = 0; made < 5; made += 1) await createGateway();

    const { NextToken } = await ec2.send(new DescribeInternetGatewaysCommand({ MaxResults: 5 }));
    const last = await ec2.send(new DescribeInternetGatewaysCommand({ MaxResults: 5, NextToken }));

    expect(last.InternetGateways).toHaveLength(1);
    expect(last.NextToken).toBeUndefined();
  });

  it('refuses an unknown id', async () => {
    const asked = ec2.send(new DescribeInternetGatewaysCommand({ InternetGatewayIds: ['igw-0'] }));

    await expect(asked).rejects.toMatchObject({
      name: 'InvalidInternetGatewayID.NotFound',
      message: "The internetGateway ID 'igw-0' does not exist",
    });
  });
});

describe('AttachInternetGateway', () => {
  it('attaches a new gateway, and records it', async () => {
    const InternetGatewayId = await createGateway();

    await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId: FORBIDDEN }));

    expect(account.network.internetGateways.get(InternetGatewayId)?.vpcId).toBe(FORBIDDEN);
    expect(account.records('AttachInternetGateway')).toMatchObject([
      {
        requestParameters: { internetGatewayId: InternetGatewayId, vpcId: FORBIDDEN },
        responseElements: { _return: true },
      },
    ]);
    expect(account.records('CreateInternetGateway')).toMatchObject([
      { responseElements: { internetGateway: { internetGatewayId: InternetGatewayId } } },
    ]);
  });

  it('refuses a second gateway of one VPC', async () => {
    const InternetGatewayId = await createGateway();

    await expect(
      ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId: APPROVED })),
    ).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: `Network ${APPROVED} already has an internet gateway attached`,
    });
  });

  it.each([
    [INTERNET, FORBIDDEN, 'Resource.AlreadyAssociated'],
    [INTERNET, 'vpc-0', 'InvalidVpcID.NotFound'],
    ['igw-0', FORBIDDEN, 'InvalidInternetGatewayID.NotFound'],
  ])('refuses %s to %s', async (InternetGatewayId, VpcId, name) => {
    await expect(
      ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId })),
    ).rejects.toMatchObject({ name });
  });
});

describe('DetachInternetGateway', () => {
  const input = { InternetGatewayId: INTERNET, VpcId: APPROVED };

  it('is refused while a NAT gateway of the VPC has a public address', async () => {
    await expect(ec2.send(new DetachInternetGatewayCommand(input))).rejects.toMatchObject({
      name: 'DependencyViolation',
      message: `Network ${APPROVED} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
    });
  });

  it('makes the routes to the gateway black holes', async () => {
    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: NAT }));
    await account.core.clock.advance(60_000);

    await ec2.send(new DetachInternetGatewayCommand(input));

    const { RouteTables } = await ec2.send(
      new DescribeRouteTablesCommand({
        Filters: [
          { Name: 'route-table-id', Values: [PUBLIC_TABLE] },
          { Name: 'route.state', Values: ['blackhole'] },
        ],
      }),
    );
    expect(RouteTables).toMatchObject([{ Routes: [{}, { State: 'blackhole' }] }]);
    expect(account.records('DetachInternetGateway')).toMatchObject([
      { requestParameters: { internetGatewayId: INTERNET, vpcId: APPROVED } },
    ]);
  });

  it.each([
    [INTERNET, FORBIDDEN, 'Gateway.NotAttached'],
    [INTERNET, 'vpc-0', 'InvalidVpcID.NotFound'],
    ['igw-0', APPROVED, 'InvalidInternetGatewayID.NotFound'],
  ])('refuses %s from %s', async (InternetGatewayId, VpcId, name) => {
    await expect(
      ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId })),
    ).rejects.toMatchObject({ name });
  });
});

describe('DeleteInternetGateway', () => {
  it('removes a gateway that is attached to nothing', async () => {
    const InternetGatewayId = await createGateway();

    await ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId }));

    expect(account.network.internetGateways.has(InternetGatewayId)).toBe(false);
  });

  it.each([
    [INTERNET, 'DependencyViolation'],
    ['igw-0', 'InvalidInternetGatewayID.NotFound'],
  ])('refuses %s', async (InternetGatewayId, name) => {
    await expect(
      ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId })),
    ).rejects.toMatchObject({ name });
  });

  it('is refused to a user who may not', async () => {
    const user = new EC2Client(account.settings(account.user('ann')));

    await expect(
      user.send(new DeleteInternetGatewayCommand({ InternetGatewayId: INTERNET })),
    ).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
  });
});

describe('egress-only internet gateways', () => {
  it('are made, described and deleted, and recorded in wrapped form', async () => {
    const { EgressOnlyInternetGateway: made } = await ec2.send(
      new CreateEgressOnlyInternetGatewayCommand({
        VpcId: FORBIDDEN,
        TagSpecifications: [
          { ResourceType: 'egress-only-internet-gateway', Tags: [{ Key: 'Name', Value: 'out' }] },
        ],
      }),
    );
    const EgressOnlyInternetGatewayId = made?.EgressOnlyInternetGatewayId ?? '';

    const { EgressOnlyInternetGateways } = await ec2.send(
      new DescribeEgressOnlyInternetGatewaysCommand({
        Filters: [{ Name: 'tag:Name', Values: ['out'] }],
      }),
    );
    const inUse = ec2.send(new DeleteVpcCommand({ VpcId: FORBIDDEN }));

    expect(EgressOnlyInternetGateways).toMatchObject([
      { EgressOnlyInternetGatewayId, Attachments: [{ State: 'attached', VpcId: FORBIDDEN }] },
    ]);
    await expect(inUse).rejects.toMatchObject({ name: 'DependencyViolation' });
    expect(
      await ec2.send(new DeleteEgressOnlyInternetGatewayCommand({ EgressOnlyInternetGatewayId })),
    ).toMatchObject({ ReturnCode: true });
    expect(account.records('CreateEgressOnlyInternetGateway')).toMatchObject([
      { requestParameters: { CreateEgressOnlyInternetGatewayRequest: { VpcId: FORBIDDEN } } },
    ]);
    expect(account.records('DeleteEgressOnlyInternetGateway')).toMatchObject([
      {
        requestParameters: {
          DeleteEgressOnlyInternetGatewayRequest: { EgressOnlyInternetGatewayId },
        },
      },
    ]);
  });

  it('are refused with an unknown id or VPC', async () => {
    const EgressOnlyInternetGatewayId = 'eigw-0';

    await expect(
      ec2.send(new DeleteEgressOnlyInternetGatewayCommand({ EgressOnlyInternetGatewayId })),
    ).rejects.toMatchObject({ name: 'InvalidGatewayID.NotFound' });
    await expect(
      ec2.send(new CreateEgressOnlyInternetGatewayCommand({ VpcId: 'vpc-0' })),
    ).rejects.toMatchObject({ name: 'InvalidVpcID.NotFound' });
  });
});

describe('Elastic IP addresses', () => {
  it('are allocated, described and released', async () => {
    const { AllocationId, PublicIp, Domain } = await ec2.send(
      new AllocateAddressCommand({ Domain: 'vpc' }),
    );

    const { Addresses } = await ec2.send(
      new DescribeAddressesCommand({ PublicIps: [PublicIp ?? ''] }),
    );
    await ec2.send(new ReleaseAddressCommand({ AllocationId }));

    expect(Domain).toBe('vpc');
    expect(Addresses).toMatchObject([{ AllocationId, PublicIp }]);
    expect(account.network.addresses.size).toBe(1);
    expect(account.records('AllocateAddress')).toMatchObject([
      { requestParameters: { domain: 'vpc' }, responseElements: { allocationId: AllocationId } },
    ]);
    expect(account.records('ReleaseAddress')).toMatchObject([
      { requestParameters: { allocationId: AllocationId } },
    ]);
  });

  it.each([
    ['allocation-id', ADDRESS, 1],
    ['association-id', 'eipassoc-*', 1],
    ['public-ip', '203.0.113.*', 2],
  ])('are filtered by %s %s', async (Name, value, count) => {
    await ec2.send(new AllocateAddressCommand({}));

    const { Addresses } = await ec2.send(
      new DescribeAddressesCommand({ Filters: [{ Name, Values: [value] }] }),
    );

    expect(Addresses).toHaveLength(count);
  });

  it('say which interface uses them', async () => {
    const { Addresses } = await ec2.send(
      new DescribeAddressesCommand({ AllocationIds: [ADDRESS] }),
    );

    expect(Addresses).toMatchObject([
      {
        NetworkInterfaceId: 'eni-0a1b2c3d4e5f6c004',
        NetworkInterfaceOwnerId: '123456789012',
        PrivateIpAddress: '172.31.0.4',
      },
    ]);
  });

  it.each([
    [{ AllocationId: ADDRESS }, 'InvalidIPAddress.InUse'],
    [{ AllocationId: 'eipalloc-0' }, 'InvalidAllocationID.NotFound'],
    [{}, 'MissingParameter'],
  ])('are not released by %j', async (input, name) => {
    await expect(ec2.send(new ReleaseAddressCommand(input))).rejects.toMatchObject({ name });
  });

  it.each([
    [{ AllocationIds: ['eipalloc-0'] }, 'InvalidAllocationID.NotFound'],
    [{ PublicIps: ['192.0.2.1'] }, 'InvalidAddress.NotFound'],
  ])('are not described by %j', async (input, name) => {
    await expect(ec2.send(new DescribeAddressesCommand(input))).rejects.toMatchObject({ name });
  });
});
