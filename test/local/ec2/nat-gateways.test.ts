import {
  AllocateAddressCommand,
  CreateNatGatewayCommand,
  type CreateNatGatewayCommandInput,
  CreateRouteCommand,
  DeleteNatGatewayCommand,
  DeleteSubnetCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  EC2Client,
  ReleaseAddressCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shareSubnet } from '../../../lib/local/ec2/shared-subnet.ts';
import { START_MS, type StartedAccount, startAccount } from '../start-account.ts';

const APPROVED = 'vpc-0a1b2c3d4e5f60001';
const FORBIDDEN_A = 'subnet-0f0e0d0c0b0a0f001';
const PUBLIC = 'subnet-0a1b2c3d4e5f6a001';
const PRIVATE_A = 'subnet-071f712345678e7c8';
const PRIVATE_TABLE = 'rtb-0a1b2c3d4e5f6e002';
const NAT = 'nat-0a1b2c3d4e5f6c001';
const ADDRESS = 'eipalloc-0a1b2c3d4e5f6c003';

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

async function allocate(): Promise<string> {
  const { AllocationId } = await ec2.send(new AllocateAddressCommand({}));
  return AllocationId ?? '';
}

async function create(input: CreateNatGatewayCommandInput): Promise<string> {
  const { NatGateway } = await ec2.send(new CreateNatGatewayCommand(input));
  return NatGateway?.NatGatewayId ?? '';
}

async function read(id: string) {
  const { NatGateways } = await ec2.send(new DescribeNatGatewaysCommand({ NatGatewayIds: [id] }));
  return NatGateways?.[0];
}

async function freeAddressesOf(id: string): Promise<number | undefined> {
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [id] }));
  return Subnets?.[0]?.AvailableIpAddressCount;
}

describe('CreateNatGateway', () => {
  it('makes a public gateway that is available after a while, and records it in wrapped form', async () => {
    const AllocationId = await allocate();

    const { NatGateway } = await ec2.send(
      new CreateNatGatewayCommand({ SubnetId: PUBLIC, AllocationId, ClientToken: 'once' }),
    );
    const id = NatGateway?.NatGatewayId ?? '';
    await account.core.clock.advance(90_000);

    expect(NatGateway).toMatchObject({ State: 'pending', VpcId: APPROVED, SubnetId: PUBLIC });
    expect(await read(id)).toMatchObject({
      State: 'available',
      ConnectivityType: 'public',
      CreateTime: new Date(START_MS),
      NatGatewayAddresses: [{ AllocationId, PublicIp: '203.0.113.2', PrivateIp: '172.31.0.5' }],
    });
    expect(await freeAddressesOf(PUBLIC)).toBe(249);
    expect(account.records('CreateNatGateway')).toMatchObject([
      {
        requestParameters: {
          CreateNatGatewayRequest: { SubnetId: PUBLIC, AllocationId, ClientToken: 'once' },
        },
        responseElements: {
          CreateNatGatewayResponse: {
            natGateway: {
              natGatewayId: id,
              state: 'pending',
              createTime: '2026-11-22T10:00:00.000Z',
              natGatewayAddressSet: { item: { allocationId: AllocationId } },
            },
          },
        },
      },
    ]);
  });

  it('makes a private gateway without address, also where no internet gateway is', async () => {
    const id = await create({ SubnetId: FORBIDDEN_A, ConnectivityType: 'private' });
    await account.core.clock.advance(90_000);

    const gateway = await read(id);
    expect(gateway).toMatchObject({ State: 'available', ConnectivityType: 'private' });
    expect(gateway?.NatGatewayAddresses?.[0]).not.toHaveProperty('PublicIp');
  });

  it.each([
    [
      'its VPC has no internet gateway',
      async () => ({ SubnetId: FORBIDDEN_A, AllocationId: await allocate() }),
      'Gateway.NotAttached',
      'Network vpc-0f0e0d0c0b0a00002 has no Internet gateway attached',
    ],
    [
      'its address does not exist',
      async () => ({ SubnetId: PUBLIC, AllocationId: 'eipalloc-0' }),
      'InvalidAllocationID.NotFound',
      'Elastic IP address eipalloc-0 could not be associated with this NAT gateway',
    ],
    [
      'its address is in use',
      async () => ({ SubnetId: PUBLIC, AllocationId: ADDRESS }),
      'Resource.AlreadyAssociated',
      `Elastic IP address ${ADDRESS} is already associated`,
    ],
    [
      'its subnet is full',
      async () => {
        const subnet = account.network.subnets.get(PUBLIC);
        if (subnet !== undefined) {
          account.network.subnets.set(PUBLIC, { ...subnet, availableIpAddressCount: 0 });
        }
        return { SubnetId: PUBLIC, AllocationId: await allocate() };
      },
      'InsufficientFreeAddressesInSubnet',
      'Subnet has insufficient free addresses to create this NAT gateway',
    ],
  ])('fails later when %s, and is forgotten after an hour', async (_case, input, code, text) => {
    const id = await create(await input());
    const before = await read(id);
    await account.core.clock.advance(90_000);
    const after = await read(id);
    await account.core.clock.advance(3_600_000);

    expect(before).toMatchObject({ State: 'pending' });
    expect(before).not.toHaveProperty('FailureCode');
    expect(after).toMatchObject({ State: 'failed', FailureCode: code, FailureMessage: text });
    await expect(read(id)).rejects.toMatchObject({ name: 'NatGatewayNotFound' });
  });

  it.each<[CreateNatGatewayCommandInput, string]>([
    [{ AllocationId: ADDRESS }, 'MissingParameter'],
    [{ SubnetId: PUBLIC }, 'MissingParameter'],
    [{ SubnetId: 'subnet-0', AllocationId: ADDRESS }, 'InvalidSubnetID.NotFound'],
    [
      { SubnetId: PUBLIC, AllocationId: ADDRESS, ConnectivityType: 'private' },
      'InvalidParameterCombination',
    ],
    [{ VpcId: APPROVED, AvailabilityMode: 'regional' }, 'UnsupportedOperation'],
  ])('refuses %j', async (input, name) => {
    await expect(ec2.send(new CreateNatGatewayCommand(input))).rejects.toMatchObject({ name });
  });

  it('needs the permission on the address as well', async () => {
    const allowed = {
      Effect: 'Allow',
      Action: 'ec2:CreateNatGateway',
      Resource: [
        'arn:aws:ec2:us-east-1:123456789012:natgateway/*',
        'arn:aws:ec2:us-east-1:123456789012:subnet/*',
      ],
    };
    const user = new EC2Client(account.settings(account.user('ann', allowed)));

    await expect(
      user.send(new CreateNatGatewayCommand({ SubnetId: PUBLIC, AllocationId: ADDRESS })),
    ).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      message: expect.stringContaining(`elastic-ip/${ADDRESS}`) as string,
    });
  });

  it('is refused in a subnet that another account shares', async () => {
    const { subnet } = shareSubnet(account.network, '210987654321');

    await expect(
      ec2.send(
        new CreateNatGatewayCommand({ SubnetId: subnet.subnetId, ConnectivityType: 'private' }),
      ),
    ).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
  });
});

describe('DeleteNatGateway', () => {
  it('makes its routes black holes, gives its address back and shows it for an hour', async () => {
    const { NatGatewayId } = await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: NAT }));
    const { RouteTables } = await ec2.send(
      new DescribeRouteTablesCommand({ RouteTableIds: [PRIVATE_TABLE] }),
    );
    const deleting = await read(NAT);
    await account.core.clock.advance(60_000);
    const deleted = await read(NAT);
    await ec2.send(new ReleaseAddressCommand({ AllocationId: ADDRESS }));
    await account.core.clock.advance(3_600_000);

    expect(NatGatewayId).toBe(NAT);
    expect(RouteTables?.[0]?.Routes).toContainEqual({
      DestinationCidrBlock: '0.0.0.0/0',
      NatGatewayId: NAT,
      Origin: 'CreateRoute',
      State: 'blackhole',
    });
    expect(deleting).toMatchObject({ State: 'deleting' });
    expect(deleted).toMatchObject({ State: 'deleted', DeleteTime: new Date(START_MS + 60_000) });
    expect(await freeAddressesOf(PUBLIC)).toBe(251);
    await expect(read(NAT)).rejects.toMatchObject({
      name: 'NatGatewayNotFound',
      message: `The Nat Gateway ${NAT} was not found`,
    });
    expect(account.records('DeleteNatGateway')).toMatchObject([
      {
        requestParameters: { DeleteNatGatewayRequest: { NatGatewayId: NAT } },
        responseElements: { DeleteNatGatewayResponse: { natGatewayId: NAT } },
      },
    ]);
  });

  it('stops one that is pending from becoming available', async () => {
    const id = await create({ SubnetId: PUBLIC, AllocationId: await allocate() });
    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: id }));
    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: id }));

    await account.core.clock.advance(100_000);

    expect(await read(id)).toMatchObject({ State: 'deleted' });
    await expect(
      ec2.send(
        new CreateRouteCommand({
          RouteTableId: PRIVATE_TABLE,
          DestinationCidrBlock: '10.0.0.0/8',
          NatGatewayId: id,
        }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidNatGatewayID.NotFound' });
  });

  it('gives nothing back of one that could not be made', async () => {
    const id = await create({ SubnetId: PUBLIC, AllocationId: ADDRESS });
    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: id }));

    await account.core.clock.advance(60_000);

    expect(await freeAddressesOf(PUBLIC)).toBe(250);
    expect(account.network.addresses.get(ADDRESS)?.natGatewayId).toBe(NAT);
  });

  it('refuses an unknown id', async () => {
    await expect(
      ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: 'nat-0' })),
    ).rejects.toMatchObject({ name: 'NatGatewayNotFound' });
  });
});

describe('DescribeNatGateways', () => {
  it.each([
    ['nat-gateway-id', NAT, 1],
    ['state', 'available', 1],
    ['state', 'pending', 5],
    ['subnet-id', PUBLIC, 1],
    ['subnet-id', PRIVATE_A, 5],
    ['vpc-id', APPROVED, 6],
    ['tag:Name', 'nat', 1],
  ])('filters by %s %s', async (Name, value, count) => {
    for (let made = 0; made < 5; made += 1) {
      await create({ SubnetId: PRIVATE_A, ConnectivityType: 'private' });
    }

    const { NatGateways } = await ec2.send(
      new DescribeNatGatewaysCommand({ Filter: [{ Name, Values: [value] }] }),
    );

    expect(NatGateways).toHaveLength(count);
  });

  it('walks all pages', async () => {
    for (let made = 0; made < 5; made += 1) {
      await create({ SubnetId: PRIVATE_A, ConnectivityType: 'private' });
    }

    const { NextToken } = await ec2.send(new DescribeNatGatewaysCommand({ MaxResults: 5 }));
    const last = await ec2.send(new DescribeNatGatewaysCommand({ MaxResults: 5, NextToken }));

    expect(last.NatGateways).toHaveLength(1);
  });

  it('refuses a filter that it does not know', async () => {
    await expect(
      ec2.send(new DescribeNatGatewaysCommand({ Filter: [{ Name: 'zone', Values: ['a'] }] })),
    ).rejects.toThrow("The filter 'zone' is invalid");
  });
});

describe('DeleteSubnet', () => {
  it('is refused while a NAT gateway is in it', async () => {
    await expect(ec2.send(new DeleteSubnetCommand({ SubnetId: PUBLIC }))).rejects.toMatchObject({
      name: 'DependencyViolation',
      message: `The subnet '${PUBLIC}' has dependencies and cannot be deleted.`,
    });
  });
});
