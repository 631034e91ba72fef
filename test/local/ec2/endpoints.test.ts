import {
  CreateVpcEndpointCommand,
  type CreateVpcEndpointCommandInput,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVpcEndpointsCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
  ModifyVpcEndpointCommand,
  type ModifyVpcEndpointCommandInput,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StartedAccount, startAccount } from '../start-account.ts';

const APPROVED = 'vpc-0a1b2c3d4e5f60001';
const FORBIDDEN = 'vpc-0f0e0d0c0b0a00002';
const MAIN = 'rtb-0a1b2c3d4e5f6e001';
const PRIVATE = 'rtb-0a1b2c3d4e5f6e002';
const PUBLIC = 'rtb-0a1b2c3d4e5f6e003';
const FORBIDDEN_MAIN = 'rtb-0f0e0d0c0b0a0e001';
const PRIVATE_A = 'subnet-071f712345678e7c8';
const PRIVATE_B = 'subnet-07fd123456788a036';
const LAB = 'subnet-0a1b2c3d4e5f6b001';
const FORBIDDEN_A = 'subnet-0f0e0d0c0b0a0f001';
const FUNCTIONS = 'sg-085912345678492fb';
const DEFAULT = 'sg-0a1b2c3d4e5f6d001';
const S3 = 'vpce-0a1b2c3d4e5f6c005';
const S3_SERVICE = 'com.amazonaws.us-east-1.s3';
const STS_SERVICE = 'com.amazonaws.us-east-1.sts';

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

async function create(input: CreateVpcEndpointCommandInput): Promise<string> {
  const { VpcEndpoint } = await ec2.send(new CreateVpcEndpointCommand(input));
  return VpcEndpoint?.VpcEndpointId ?? '';
}

async function read(id: string) {
  const { VpcEndpoints } = await ec2.send(
    new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }),
  );
  return VpcEndpoints?.[0];
}

async function targetsOf(routeTableId: string) {
  const { RouteTables } = await ec2.send(
    new DescribeRouteTablesCommand({ RouteTableIds: [routeTableId] }),
  );
  return RouteTables?.[0]?.Routes?.map(({ GatewayId }) => GatewayId);
}

async function freeAddressesOf(id: string) {
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [id] }));
  return Subnets?.[0]?.AvailableIpAddressCount;
}

const sts: CreateVpcEndpointCommandInput = {
  VpcEndpointType: 'Interface',
  VpcId: APPROVED,
  ServiceName: STS_SERVICE,
  SubnetIds: [PRIVATE_A, PRIVATE_B],
};

describe('CreateVpcEndpoint of type Gateway', () => {
  it('is there at once, leads tables to the service, and is recorded in wrapped form', async () => {
    const id = await create({ VpcId: APPROVED, ServiceName: S3_SERVICE, RouteTableIds: [PUBLIC] });

    expect(await read(id)).toMatchObject({
      VpcEndpointType: 'Gateway',
      State: 'available',
      ServiceName: S3_SERVICE,
      RouteTableIds: [PUBLIC],
      PrivateDnsEnabled: false,
      OwnerId: '123456789012',
    });
    expect(await targetsOf(PUBLIC)).toContain(id);
    expect(account.records('CreateVpcEndpoint')).toMatchObject([
      {
        requestParameters: {
          CreateVpcEndpointRequest: {
            VpcId: APPROVED,
            ServiceName: S3_SERVICE,
            RouteTableId: { tag: 1, content: PUBLIC },
          },
        },
        responseElements: {
          CreateVpcEndpointResponse: {
            vpcEndpoint: { vpcEndpointId: id, routeTableIdSet: { item: PUBLIC }, groupSet: '' },
          },
        },
      },
    ]);
  });

  it.each<[object, string, string]>([
    [{ ServiceName: undefined }, 'MissingParameter', 'parameter serviceName'],
    [{ VpcId: 'vpc-0' }, 'InvalidVpcID.NotFound', 'vpc-0'],
    [
      { ServiceName: 'com.amazonaws.us-east-1.nothing' },
      'InvalidServiceName',
      "The Vpc Endpoint Service 'com.amazonaws.us-east-1.nothing' does not exist",
    ],
    [{ ServiceName: 'com.amazonaws.eu-west-1.s3' }, 'InvalidServiceName', 'eu-west-1'],
    [
      { ServiceName: STS_SERVICE },
      'InvalidParameter',
      'Endpoint type (Gateway) does not match available service types ([Interface]).',
    ],
    [{ RouteTableIds: ['rtb-0'] }, 'InvalidRouteTableId.NotFound', 'rtb-0'],
    [{ RouteTableIds: [FORBIDDEN_MAIN] }, 'InvalidParameter', 'different network'],
    [
      { RouteTableIds: [PRIVATE] },
      'RouteAlreadyExists',
      `route table ${PRIVATE} already has a route with destination-prefix-list-id pl-63a5400a`,
    ],
    [{ SubnetIds: [PRIVATE_A] }, 'InvalidParameter', 'only supported for Interface'],
    [{ PolicyDocument: '{' }, 'InvalidPolicyDocument', 'not valid JSON'],
    [{ VpcEndpointType: 'GatewayLoadBalancer' }, 'UnsupportedOperation', 'not available'],
  ])('refuses %j', async (input, name, text) => {
    const asked = ec2.send(
      new CreateVpcEndpointCommand({ VpcId: APPROVED, ServiceName: S3_SERVICE, ...input }),
    );

    await expect(asked).rejects.toMatchObject({
      name,
      message: expect.stringContaining(text) as string,
    });
  });

  it('needs the permission on its route tables', async () => {
    const allowed = {
      Effect: 'Allow',
      Action: 'ec2:CreateVpcEndpoint',
      Resource: [
        'arn:aws:ec2:us-east-1:123456789012:vpc-endpoint/*',
        'arn:aws:ec2:us-east-1:123456789012:vpc/*',
      ],
    };
    const user = new EC2Client(account.settings(account.user('ann', allowed)));

    await expect(
      user.send(
        new CreateVpcEndpointCommand({
          VpcId: APPROVED,
          ServiceName: S3_SERVICE,
          RouteTableIds: [PUBLIC],
        }),
      ),
    ).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      message: expect.stringContaining(`route-table/${PUBLIC}`) as string,
    });
  });
});

describe('CreateVpcEndpoint of type Interface', () => {
  it('is available after a while, with an interface in each subnet', async () => {
    const id = await create({ ...sts, SecurityGroupIds: [FUNCTIONS] });
    const pending = await read(id);
    await account.core.clock.advance(60_000);

    expect(pending).toMatchObject({ State: 'pending' });
    expect(await read(id)).toMatchObject({
      State: 'available',
      SubnetIds: [PRIVATE_A, PRIVATE_B],
      NetworkInterfaceIds: [/^eni-/, /^eni-/].map((form) => expect.stringMatching(form) as string),
      Groups: [{ GroupId: FUNCTIONS, GroupName: 'functions' }],
      PrivateDnsEnabled: true,
      DnsEntries: [
        { DnsName: `${id}.sts.us-east-1.vpce.amazonaws.com` },
        { DnsName: `${id}-us-east-1a.sts.us-east-1.vpce.amazonaws.com` },
        { DnsName: `${id}-us-east-1b.sts.us-east-1.vpce.amazonaws.com` },
        { DnsName: 'sts.us-east-1.amazonaws.com' },
      ],
    });
    expect(await freeAddressesOf(PRIVATE_A)).toBe(250);
    expect(account.records('CreateVpcEndpoint')).toMatchObject([
      {
        requestParameters: {
          CreateVpcEndpointRequest: {
            SubnetId: [
              { tag: 1, content: PRIVATE_A },
              { tag: 2, content: PRIVATE_B },
            ],
          },
        },
      },
    ]);
  });

  it('has the default group of its VPC where none is given', async () => {
    const id = await create({ ...sts, PrivateDnsEnabled: false });

    expect(await read(id)).toMatchObject({
      Groups: [{ GroupId: DEFAULT, GroupName: 'default' }],
      PrivateDnsEnabled: false,
    });
  });

  it('keeps its subnets and groups from being deleted', async () => {
    await create({ ...sts, SecurityGroupIds: [FUNCTIONS] });

    await expect(ec2.send(new DeleteSubnetCommand({ SubnetId: PRIVATE_A }))).rejects.toMatchObject({
      name: 'DependencyViolation',
    });
    await expect(
      ec2.send(new DeleteSecurityGroupCommand({ GroupId: FUNCTIONS })),
    ).rejects.toMatchObject({ message: `resource ${FUNCTIONS} has a dependent object` });
  });

  it.each<[object, string, string]>([
    [{ SubnetIds: ['subnet-0'] }, 'InvalidSubnetID.NotFound', 'subnet-0'],
    [{ SubnetIds: [FORBIDDEN_A] }, 'InvalidParameter', 'different network'],
    [
      { SubnetIds: [PRIVATE_A, LAB] },
      'DuplicateSubnetsInSameZone',
      `Found another VPC endpoint subnet in the availability zone of ${LAB}.`,
    ],
    [{ SecurityGroupIds: ['sg-0'] }, 'InvalidGroup.NotFound', 'sg-0'],
    [{ SecurityGroupIds: ['sg-0f0e0d0c0b0a0f0a1'] }, 'InvalidParameter', 'different network'],
    [{ RouteTableIds: [PUBLIC] }, 'InvalidParameter', 'only supported for Gateway'],
  ])('refuses %j', async (input, name, text) => {
    await expect(
      ec2.send(new CreateVpcEndpointCommand({ ...sts, ...input })),
    ).rejects.toMatchObject({ name, message: expect.stringContaining(text) as string });
  });

  it('refuses a second private name of one service', async () => {
    await create(sts);

    await expect(ec2.send(new CreateVpcEndpointCommand(sts))).rejects.toMatchObject({
      name: 'InvalidParameter',
      message: `private-dns-enabled cannot be set because there is already a conflicting DNS domain for sts.us-east-1.amazonaws.com in the VPC ${APPROVED}`,
    });
  });
});

describe('ModifyVpcEndpoint', () => {
  it('moves a gateway endpoint between route tables', async () => {
    const { Return } = await ec2.send(
      new ModifyVpcEndpointCommand({
        VpcEndpointId: S3,
        AddRouteTableIds: [MAIN],
        RemoveRouteTableIds: [PRIVATE],
        PolicyDocument: '{"Statement":[]}',
      }),
    );

    expect(Return).toBe(true);
    expect(await read(S3)).toMatchObject({
      RouteTableIds: [MAIN],
      PolicyDocument: '{"Statement":[]}',
    });
    expect(await targetsOf(MAIN)).toContain(S3);
    expect(await targetsOf(PRIVATE)).not.toContain(S3);
    expect(account.records('ModifyVpcEndpoint')).toMatchObject([
      {
        requestParameters: {
          ModifyVpcEndpointRequest: {
            VpcEndpointId: S3,
            AddRouteTableId: { tag: 1, content: MAIN },
            RemoveRouteTableId: { tag: 1, content: PRIVATE },
          },
        },
        responseElements: { ModifyVpcEndpointResponse: { return: true } },
      },
    ]);
  });

  it('moves an interface endpoint between subnets and groups', async () => {
    const id = await create(sts);

    await ec2.send(
      new ModifyVpcEndpointCommand({
        VpcEndpointId: id,
        AddSubnetIds: [LAB],
        RemoveSubnetIds: [PRIVATE_A, FORBIDDEN_A],
        AddSecurityGroupIds: [FUNCTIONS],
        RemoveSecurityGroupIds: [DEFAULT],
        PrivateDnsEnabled: false,
        ResetPolicy: true,
      }),
    );
    await ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId: id, PrivateDnsEnabled: true }));

    expect(await read(id)).toMatchObject({
      SubnetIds: [PRIVATE_B, LAB],
      Groups: [{ GroupId: FUNCTIONS }],
      PrivateDnsEnabled: true,
    });
    expect(await freeAddressesOf(PRIVATE_A)).toBe(251);
    expect(await freeAddressesOf(LAB)).toBe(250);
  });

  it.each<[ModifyVpcEndpointCommandInput, string]>([
    [{ VpcEndpointId: 'vpce-0' }, 'InvalidVpcEndpointId.NotFound'],
    [{ VpcEndpointId: S3, AddSubnetIds: [PRIVATE_A] }, 'InvalidParameter'],
    [{ VpcEndpointId: S3, AddRouteTableIds: [PRIVATE] }, 'RouteAlreadyExists'],
  ])('refuses %j', async (input, name) => {
    await expect(ec2.send(new ModifyVpcEndpointCommand(input))).rejects.toMatchObject({ name });
  });

  it('refuses route tables of an interface endpoint', async () => {
    const VpcEndpointId = await create(sts);

    await expect(
      ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId, AddRouteTableIds: [MAIN] })),
    ).rejects.toThrow('Route tables are not supported for Interface VPC Endpoints.');
  });
});

describe('DeleteVpcEndpoints', () => {
  it('removes a gateway endpoint with its routes, and says which others do not exist', async () => {
    const { Unsuccessful } = await ec2.send(
      new DeleteVpcEndpointsCommand({ VpcEndpointIds: [S3, 'vpce-0'] }),
    );

    expect(Unsuccessful).toEqual([
      {
        ResourceId: 'vpce-0',
        Error: {
          Code: 'InvalidVpcEndpointId.NotFound',
          Message: "The Vpc Endpoint Id 'vpce-0' does not exist",
        },
      },
    ]);
    expect(await targetsOf(PRIVATE)).not.toContain(S3);
    await expect(read(S3)).rejects.toMatchObject({ name: 'InvalidVpcEndpointId.NotFound' });
    expect(account.records('DeleteVpcEndpoints')).toMatchObject([
      {
        requestParameters: {
          DeleteVpcEndpointsRequest: {
            VpcEndpointId: [
              { tag: 1, content: S3 },
              { tag: 2, content: 'vpce-0' },
            ],
          },
        },
      },
    ]);
  });

  it('removes an interface endpoint after a while', async () => {
    const id = await create(sts);
    await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }));
    await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }));
    const deleting = await read(id);

    await account.core.clock.advance(60_000);

    expect(deleting).toMatchObject({ State: 'deleting' });
    expect(account.network.endpoints.has(id)).toBe(false);
    expect(await freeAddressesOf(PRIVATE_A)).toBe(251);
  });
});

describe('DescribeVpcEndpoints', () => {
  it.each([
    ['vpc-endpoint-id', S3, 1],
    ['vpc-endpoint-state', 'available', 2],
    ['vpc-endpoint-state', 'pending', 1],
    ['vpc-endpoint-type', 'Gateway', 2],
    ['vpc-endpoint-type', 'Interface', 1],
    ['vpc-id', APPROVED, 3],
    ['vpc-id', FORBIDDEN, 0],
    ['service-name', S3_SERVICE, 1],
    ['service-region', 'us-east-1', 3],
    ['ip-address-type', 'ipv4', 3],
    ['tag:Name', 'dynamodb', 1],
  ])('filters by %s %s', async (Name, value, count) => {
    await create(sts);

    const { VpcEndpoints = [] } = await ec2.send(
      new DescribeVpcEndpointsCommand({ Filters: [{ Name, Values: [value] }] }),
    );

    expect(VpcEndpoints).toHaveLength(count);
  });

  it('walks all pages', async () => {
    const { NextToken } = await ec2.send(new DescribeVpcEndpointsCommand({ MaxResults: 1 }));
    const last = await ec2.send(new DescribeVpcEndpointsCommand({ MaxResults: 1, NextToken }));

    expect(last.VpcEndpoints).toMatchObject([{ ServiceName: 'com.amazonaws.us-east-1.dynamodb' }]);
    expect(last.NextToken).toBeUndefined();
  });
});
