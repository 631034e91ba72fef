import {
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  EC2Client,
  type Route,
  type Subnet,
} from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createReadNetwork } from '../../functions/adapters/ec2.ts';
import { awsError } from '../support/aws-error.ts';

const SUBNET = {
  SubnetId: 'subnet-1',
  VpcId: 'vpc-1',
  OwnerId: '123456789012',
  AvailabilityZone: 'us-east-1a',
  AvailableIpAddressCount: 250,
  CidrBlock: '10.0.0.0/24',
};

const ec2 = mockClient(EC2Client);
const readNetwork = createReadNetwork({ region: 'us-east-1' });

beforeEach(() => {
  ec2.reset();
  ec2.onAnyCommand().resolves({});
});

describe('readNetwork', () => {
  it('asks seven calls by filter, each once, however many VPCs there are', async () => {
    await readNetwork(['vpc-1', 'vpc-2', 'vpc-1']);

    const asked = ec2
      .calls()
      .map(({ args: [command] }) => [command.constructor.name, command.input]);
    const ofVpcs = { Filters: [{ Name: 'vpc-id', Values: ['vpc-1', 'vpc-2'] }], MaxResults: 1000 };
    expect(Object.fromEntries(asked)).toEqual({
      DescribeVpcsCommand: ofVpcs,
      DescribeSubnetsCommand: ofVpcs,
      DescribeSecurityGroupsCommand: ofVpcs,
      DescribeRouteTablesCommand: { ...ofVpcs, MaxResults: 100 },
      DescribeNatGatewaysCommand: { Filter: ofVpcs.Filters, MaxResults: 1000 },
      DescribeVpcEndpointsCommand: ofVpcs,
      DescribeInternetGatewaysCommand: {
        Filters: [{ Name: 'attachment.vpc-id', Values: ['vpc-1', 'vpc-2'] }],
        MaxResults: 1000,
      },
    });
    expect(asked).toHaveLength(7);
  });

  it('asks for everything without a filter, in pages', async () => {
    await readNetwork('every');

    expect(ec2.calls()).toHaveLength(7);
    for (const { args } of ec2.calls()) {
      const { Filters, Filter, MaxResults } = args[0].input as Record<string, unknown>;
      expect([Filters, Filter]).toEqual([undefined, undefined]);
      expect(MaxResults).toBeGreaterThanOrEqual(100);
    }
  });

  it('asks nothing for no VPC', async () => {
    const network = await readNetwork([]);

    expect(ec2.calls()).toEqual([]);
    expect(network.subnets.size).toBe(0);
  });

  it('puts at most two hundred values into a filter, and joins the answers', async () => {
    const vpcIds = Array.from({ length: 201 }, (_, index) => `vpc-${index}`);
    ec2.on(DescribeVpcsCommand).callsFake(({ Filters: [{ Values }] }) => ({
      Vpcs: Values.map((VpcId: string) => ({ VpcId })),
    }));

    const network = await readNetwork(vpcIds);

    expect([...network.vpcs.keys()]).toEqual(vpcIds);
    expect(ec2.calls()).toHaveLength(14);
    const sizes = ec2
      .commandCalls(DescribeVpcsCommand)
      .map(({ args }) => args[0].input.Filters?.[0]?.Values?.length);
    expect(sizes).toEqual([200, 1]);
  });

  it('misses nothing that is on a later page', async () => {
    ec2
      .on(DescribeSubnetsCommand)
      .resolvesOnce({ Subnets: [SUBNET], NextToken: 'more' })
      .resolvesOnce({ Subnets: [{ ...SUBNET, SubnetId: 'subnet-2' }] });

    expect([...(await readNetwork(['vpc-1'])).subnets.keys()]).toEqual(['subnet-1', 'subnet-2']);
  });

  it('translates VPCs and security groups', async () => {
    ec2
      .on(DescribeVpcsCommand)
      .resolves({
        Vpcs: [
          { VpcId: 'vpc-1', InstanceTenancy: 'dedicated' },
          { VpcId: 'vpc-2', InstanceTenancy: 'default' },
        ],
      })
      .on(DescribeSecurityGroupsCommand)
      .resolves({ SecurityGroups: [{ GroupId: 'sg-1', GroupName: 'default', VpcId: 'vpc-1' }] });

    const { vpcs, securityGroups } = await readNetwork('every');

    expect([...vpcs.values()]).toEqual([
      { vpcId: 'vpc-1', isDedicated: true },
      { vpcId: 'vpc-2', isDedicated: false },
    ]);
    expect([...securityGroups.values()]).toEqual([
      { groupId: 'sg-1', groupName: 'default', vpcId: 'vpc-1' },
    ]);
  });

  it.each<{
    readonly what: string;
    readonly parts: Partial<Subnet>;
    readonly isDualStack: boolean;
  }>([
    { what: 'IPv4 alone', parts: {}, isDualStack: false },
    {
      what: 'both',
      parts: { Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlockState: { State: 'associated' } }] },
      isDualStack: true,
    },
    {
      what: 'an IPv6 block that was taken away',
      parts: { Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlockState: { State: 'disassociated' } }] },
      isDualStack: false,
    },
    {
      what: 'IPv6 alone',
      parts: {
        CidrBlock: '',
        Ipv6Native: true,
        Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlockState: { State: 'associated' } }],
      },
      isDualStack: false,
    },
  ])('translates a subnet with $what', async ({ parts, isDualStack }) => {
    ec2.on(DescribeSubnetsCommand).resolves({ Subnets: [{ ...SUBNET, ...parts }] });

    expect((await readNetwork('every')).subnets.get('subnet-1')).toEqual({
      subnetId: 'subnet-1',
      vpcId: 'vpc-1',
      ownerId: '123456789012',
      zone: 'us-east-1a',
      freeAddresses: 250,
      isDualStack,
    });
  });

  it('translates route tables: whom they rule now', async () => {
    ec2.on(DescribeRouteTablesCommand).resolves({
      RouteTables: [
        { RouteTableId: 'rtb-1', VpcId: 'vpc-1', Associations: [{ Main: true }] },
        {
          RouteTableId: 'rtb-2',
          VpcId: 'vpc-1',
          Associations: [
            { SubnetId: 'subnet-1', Main: false, AssociationState: { State: 'associated' } },
            { SubnetId: 'subnet-2', Main: false, AssociationState: { State: 'disassociating' } },
            { GatewayId: 'igw-1', Main: false, AssociationState: { State: 'associated' } },
          ],
        },
        { RouteTableId: 'rtb-3', VpcId: 'vpc-1' },
      ],
    });

    const { mainRouteTables, ownRouteTables } = await readNetwork('every');

    expect([...mainRouteTables].map(([vpcId, table]) => [vpcId, table.routeTableId])).toEqual([
      ['vpc-1', 'rtb-1'],
    ]);
    expect([...ownRouteTables].map(([subnetId, table]) => [subnetId, table.routeTableId])).toEqual([
      ['subnet-1', 'rtb-2'],
    ]);
  });

  it.each<readonly [Route, { readonly kind: string; readonly targetId: string }]>([
    [{ GatewayId: 'local' }, { kind: 'local', targetId: 'local' }],
    [{ GatewayId: 'igw-1' }, { kind: 'internet-gateway', targetId: 'igw-1' }],
    [{ GatewayId: 'vpce-1' }, { kind: 'endpoint', targetId: 'vpce-1' }],
    [{ GatewayId: 'vgw-1' }, { kind: 'other', targetId: 'vgw-1' }],
    [
      { EgressOnlyInternetGatewayId: 'eigw-1' },
      { kind: 'egress-only-gateway', targetId: 'eigw-1' },
    ],
    [{ NatGatewayId: 'nat-1' }, { kind: 'nat-gateway', targetId: 'nat-1' }],
    [{ TransitGatewayId: 'tgw-1' }, { kind: 'transit-gateway', targetId: 'tgw-1' }],
    [{ VpcPeeringConnectionId: 'pcx-1' }, { kind: 'peering', targetId: 'pcx-1' }],
    [
      { InstanceId: 'i-1', NetworkInterfaceId: 'eni-1' },
      { kind: 'instance', targetId: 'i-1' },
    ],
    [{ NetworkInterfaceId: 'eni-1' }, { kind: 'interface', targetId: 'eni-1' }],
    [{ CarrierGatewayId: 'cagw-1' }, { kind: 'other', targetId: '' }],
  ])('translates a route to %j', async (route, target) => {
    expect(await routeOf({ ...route, DestinationCidrBlock: '0.0.0.0/0', State: 'active' })).toEqual(
      {
        destination: '0.0.0.0/0',
        isBlackhole: false,
        ...target,
      },
    );
  });

  it.each<readonly [Route, string]>([
    [{ DestinationCidrBlock: '0.0.0.0/0' }, '0.0.0.0/0'],
    [{ DestinationIpv6CidrBlock: '::/0' }, '::/0'],
    [{ DestinationPrefixListId: 'pl-1' }, 'pl-1'],
    [{}, ''],
  ])('translates the destination of %j', async (route, destination) => {
    expect(await routeOf(route)).toMatchObject({ destination });
  });

  it('tells a blackhole', async () => {
    expect(await routeOf({ NatGatewayId: 'nat-1', State: 'blackhole' })).toMatchObject({
      isBlackhole: true,
    });
  });

  it('translates NAT gateways, also one that names next to nothing', async () => {
    ec2.on(DescribeNatGatewaysCommand).resolves({
      NatGateways: [
        {
          NatGatewayId: 'nat-1',
          SubnetId: 'subnet-1',
          ConnectivityType: 'private',
          State: 'available',
        },
        { NatGatewayId: 'nat-2' },
      ],
    });

    expect([...(await readNetwork('every')).natGateways.values()]).toEqual([
      { natGatewayId: 'nat-1', subnetId: 'subnet-1', isPublic: false, state: 'available' },
      { natGatewayId: 'nat-2', subnetId: '', isPublic: true, state: '' },
    ]);
  });

  it('translates endpoints, also one that names next to nothing', async () => {
    ec2.on(DescribeVpcEndpointsCommand).resolves({
      VpcEndpoints: [
        {
          VpcEndpointId: 'vpce-1',
          VpcId: 'vpc-1',
          ServiceName: 'com.amazonaws.us-east-1.s3',
          VpcEndpointType: 'Gateway',
          State: 'Available',
          RouteTableIds: ['rtb-1'],
        },
        { VpcEndpointId: 'vpce-2', VpcId: 'vpc-1' },
      ],
    });

    expect((await readNetwork('every')).endpoints.get('vpc-1')).toEqual([
      {
        endpointId: 'vpce-1',
        vpcId: 'vpc-1',
        serviceName: 'com.amazonaws.us-east-1.s3',
        type: 'Gateway',
        state: 'available',
        routeTableIds: ['rtb-1'],
      },
      {
        endpointId: 'vpce-2',
        vpcId: 'vpc-1',
        serviceName: '',
        type: '',
        state: '',
        routeTableIds: [],
      },
    ]);
  });

  it('names the internet gateways that are attached', async () => {
    ec2.on(DescribeInternetGatewaysCommand).resolves({
      InternetGateways: [
        // As AWS answers, though the SDK does not list the word.
        {
          InternetGatewayId: 'igw-1',
          Attachments: [{ VpcId: 'vpc-1', State: 'available' as never }],
        },
        { InternetGatewayId: 'igw-2', Attachments: [{ VpcId: 'vpc-1', State: 'attached' }] },
        { InternetGatewayId: 'igw-3', Attachments: [{ VpcId: 'vpc-1', State: 'detaching' }] },
        { InternetGatewayId: 'igw-4' },
      ],
    });

    expect([...(await readNetwork('every')).attachedInternetGatewayIds]).toEqual([
      'igw-1',
      'igw-2',
    ]);
  });

  it.each([
    ['DescribeInternetGateways', () => ec2.on(DescribeInternetGatewaysCommand)],
    ['DescribeNatGateways', () => ec2.on(DescribeNatGatewaysCommand)],
    ['DescribeRouteTables', () => ec2.on(DescribeRouteTablesCommand)],
    ['DescribeSecurityGroups', () => ec2.on(DescribeSecurityGroupsCommand)],
    ['DescribeSubnets', () => ec2.on(DescribeSubnetsCommand)],
    ['DescribeVpcEndpoints', () => ec2.on(DescribeVpcEndpointsCommand)],
    ['DescribeVpcs', () => ec2.on(DescribeVpcsCommand)],
  ] as const)('throws OBSERVATION_FAILED when %s fails', async (_, onCall) => {
    onCall().rejects(awsError('UnauthorizedOperation', 403));

    await expect(readNetwork(['vpc-1'])).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: 'could not read the network: UnauthorizedOperation: because',
    });
  });

  it('proves nothing from an answer that lacks what is judged', async () => {
    const { AvailableIpAddressCount: _, ...subnet } = SUBNET;
    ec2.on(DescribeSubnetsCommand).resolves({ Subnets: [subnet] });

    await expect(readNetwork(['vpc-1'])).rejects.toMatchObject({
      code: 'OBSERVATION_FAILED',
      message: expect.stringContaining('the answer has no AvailableIpAddressCount'),
    });
  });
});

async function routeOf(route: Route) {
  ec2.on(DescribeRouteTablesCommand).resolves({
    RouteTables: [
      { RouteTableId: 'rtb-1', VpcId: 'vpc-1', Associations: [{ Main: true }], Routes: [route] },
    ],
  });
  const { mainRouteTables } = await readNetwork(['vpc-1']);
  return mainRouteTables.get('vpc-1')?.routes[0];
}
