import {
  DescribeAvailabilityZonesCommand,
  DescribePrefixListsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
  GetSecurityGroupsForVpcCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StartedAccount, startAccount } from '../start-account.ts';

const APPROVED = 'vpc-0a1b2c3d4e5f60001';

let account: StartedAccount;
let ec2: EC2Client;

beforeAll(async () => {
  account = await startAccount();
  ec2 = new EC2Client(account.settings());
});

afterAll(async () => {
  ec2.destroy();
  await account.stop();
});

describe('DescribeVpcs', () => {
  it('lists the approved VPC first', async () => {
    const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));

    expect(Vpcs[0]).toMatchObject({
      VpcId: APPROVED,
      CidrBlock: '172.31.0.0/16',
      InstanceTenancy: 'default',
      State: 'available',
      IsDefault: false,
      OwnerId: '123456789012',
      Tags: [{ Key: 'Name', Value: 'approved' }],
    });
    expect(Vpcs.map(({ InstanceTenancy }) => InstanceTenancy)).toEqual([
      'default',
      'default',
      'dedicated',
    ]);
  });

  it.each([
    ['vpc-id', APPROVED, 1],
    ['cidr', '172.31.*', 1],
    ['cidr-block-association.cidr-block', '10.99.0.0/16', 1],
    ['owner-id', '123456789012', 3],
    ['state', 'available', 3],
    ['is-default', 'true', 0],
  ])('filters by %s %s', async (Name, value, count) => {
    const answer = await ec2.send(
      new DescribeVpcsCommand({ Filters: [{ Name, Values: [value] }] }),
    );

    expect(answer.Vpcs ?? []).toHaveLength(count);
  });

  it('is refused to a user whom no policy allows it', async () => {
    const stranger = new EC2Client(account.settings(account.user('stranger')));

    await expect(stranger.send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      $metadata: { httpStatusCode: 403 },
      message: expect.stringContaining('is not authorized to perform: ec2:DescribeVpcs') as string,
    });
  });
});

describe('DescribeSubnets', () => {
  it.each([
    ['vpc-id', [APPROVED], 4],
    ['subnet-id', ['subnet-071f712345678e7c8'], 1],
    ['availability-zone', ['us-east-1b'], 2],
    ['availability-zone-id', ['use1-az2'], 2],
    ['tag:Name', ['private-?'], 2],
    ['tag:Name', ['private-\\?'], 0],
    ['tag-key', ['Name'], 7],
    ['tag-key', ['N.*'], 0],
    ['cidr-block', ['172.31.*'], 4],
    ['map-public-ip-on-launch', ['true'], 1],
    ['state', ['available'], 7],
    ['owner-id', ['123456789012'], 7],
    ['default-for-az', ['true'], 0],
    ['subnet-arn', ['*subnet/subnet-071f712345678e7c8'], 1],
    ['vpc-id', [], 0],
  ])('filters by %s %j', async (Name, Values, count) => {
    const answer = await ec2.send(new DescribeSubnetsCommand({ Filters: [{ Name, Values }] }));

    expect(answer.Subnets ?? []).toHaveLength(count);
  });

  it('answers what ids and filters both select', async () => {
    const answer = await ec2.send(
      new DescribeSubnetsCommand({
        SubnetIds: ['subnet-071f712345678e7c8', 'subnet-07fd123456788a036'],
        Filters: [{ Name: 'availability-zone', Values: ['us-east-1a', 'us-east-1c'] }],
      }),
    );

    expect(answer.Subnets).toMatchObject([
      {
        SubnetId: 'subnet-071f712345678e7c8',
        VpcId: APPROVED,
        AvailabilityZone: 'us-east-1a',
        AvailableIpAddressCount: 251,
        MapPublicIpOnLaunch: false,
      },
    ]);
  });

  it('walks all pages', async () => {
    const first = await ec2.send(new DescribeSubnetsCommand({ MaxResults: 5 }));
    const { NextToken } = first;
    const second = await ec2.send(new DescribeSubnetsCommand({ MaxResults: 5, NextToken }));

    expect(first.Subnets).toHaveLength(5);
    expect(second.Subnets).toHaveLength(2);
    expect(second.NextToken).toBeUndefined();
  });

  it.each([
    [
      'an unknown id',
      { SubnetIds: ['subnet-0', 'subnet-071f712345678e7c8'] },
      'InvalidSubnetID.NotFound',
      "The subnet ID 'subnet-0' does not exist",
    ],
    [
      'two unknown ids',
      { SubnetIds: ['subnet-0', 'subnet-1'] },
      'InvalidSubnetID.NotFound',
      "The subnet IDs 'subnet-0, subnet-1' do not exist",
    ],
    [
      'an unknown filter',
      { Filters: [{ Name: 'constructor', Values: ['x'] }] },
      'InvalidParameterValue',
      "The filter 'constructor' is invalid",
    ],
    [
      'a page that is too small',
      { MaxResults: 4 },
      'InvalidParameterValue',
      'Value ( 4 ) for parameter maxResults is invalid. Expecting a value greater than or equal to 5.',
    ],
    [
      'a page that is too large',
      { MaxResults: 1001 },
      'InvalidParameterValue',
      'Value ( 1001 ) for parameter maxResults is invalid. Expecting a value less than or equal to 1000.',
    ],
    [
      'a page of ids',
      { MaxResults: 5, SubnetIds: ['subnet-0'] },
      'InvalidParameterCombination',
      'The parameter maxResults cannot be used together with a list of ids',
    ],
    [
      'more than 200 filter values',
      { Filters: [{ Name: 'subnet-id', Values: Array.from({ length: 201 }, String) }] },
      'FilterLimitExceeded',
      'The maximum number of filter values specified on a single call is 200',
    ],
    [
      'a dry run',
      { DryRun: true },
      'DryRunOperation',
      'Request would have succeeded, but DryRun flag is set.',
    ],
    ['a token from nowhere', { NextToken: 'x' }, 'InvalidNextToken', "The token 'x' is invalid"],
  ])('refuses %s', async (_case, input, name, message) => {
    await expect(ec2.send(new DescribeSubnetsCommand(input))).rejects.toMatchObject({
      name,
      message,
    });
  });
});

describe('DescribeSecurityGroups', () => {
  it('answers groups of one VPC by name', async () => {
    const answer = await ec2.send(
      new DescribeSecurityGroupsCommand({
        Filters: [
          { Name: 'vpc-id', Values: [APPROVED] },
          { Name: 'group-name', Values: ['functions'] },
        ],
      }),
    );

    expect(answer.SecurityGroups).toMatchObject([
      { GroupId: 'sg-085912345678492fb', VpcId: APPROVED, Description: 'Lambda functions' },
    ]);
  });

  it.each([
    [{ GroupIds: ['sg-0'] }, 'InvalidGroup.NotFound', "The security group 'sg-0' does not exist"],
    [
      { GroupIds: ['functions'] },
      'InvalidGroupId.Malformed',
      'Invalid id: "functions" (expecting "sg-...")',
    ],
    [
      { GroupNames: ['functions'] },
      'InvalidGroup.NotFound',
      "The security group 'functions' does not exist in default VPC",
    ],
  ])('refuses %j', async (input, name, message) => {
    await expect(ec2.send(new DescribeSecurityGroupsCommand(input))).rejects.toMatchObject({
      name,
      message,
    });
  });
});

describe('filters of DescribeSecurityGroups', () => {
  it.each([
    ['group-id', 'sg-085912345678492fb', 1],
    ['description', 'default VPC*', 3],
    ['owner-id', '123456789012', 5],
  ])('filter by %s %s', async (Name, value, count) => {
    const answer = await ec2.send(
      new DescribeSecurityGroupsCommand({ Filters: [{ Name, Values: [value] }] }),
    );

    expect(answer.SecurityGroups).toHaveLength(count);
  });
});

describe('DescribeRouteTables', () => {
  it('answers the main table and the ones of the private and the public subnets', async () => {
    const answer = await ec2.send(
      new DescribeRouteTablesCommand({ Filters: [{ Name: 'vpc-id', Values: [APPROVED] }] }),
    );

    expect(answer.RouteTables).toMatchObject([
      {
        Associations: [{ Main: true }],
        Routes: [{ DestinationCidrBlock: '172.31.0.0/16', GatewayId: 'local', State: 'active' }],
      },
      {
        Associations: [
          { Main: false, SubnetId: 'subnet-071f712345678e7c8' },
          { Main: false, SubnetId: 'subnet-07fd123456788a036' },
        ],
        Routes: [
          { GatewayId: 'local', Origin: 'CreateRouteTable' },
          {
            DestinationCidrBlock: '0.0.0.0/0',
            NatGatewayId: 'nat-0a1b2c3d4e5f6c001',
            Origin: 'CreateRoute',
            State: 'active',
          },
          { DestinationPrefixListId: 'pl-63a5400a', GatewayId: 'vpce-0a1b2c3d4e5f6c005' },
          { DestinationPrefixListId: 'pl-02cd2c6b', GatewayId: 'vpce-0a1b2c3d4e5f6c006' },
        ],
      },
      { Routes: [{ GatewayId: 'local' }, { GatewayId: 'igw-0a1b2c3d4e5f6c002' }] },
    ]);
  });

  it.each([
    ['association.main', 'true', 3],
    ['association.main', 'false', 2],
    ['association.subnet-id', 'subnet-071f712345678e7c8', 1],
    ['association.route-table-id', 'rtb-0a1b2c3d4e5f6e001', 1],
    ['association.route-table-association-id', 'rtbassoc-*', 5],
    ['route-table-id', 'rtb-0a1b2c3d4e5f6e001', 1],
    ['route.destination-cidr-block', '0.0.0.0/0', 2],
    ['route.gateway-id', 'igw-*', 1],
    ['route.nat-gateway-id', 'nat-*', 1],
    ['route.state', 'active', 5],
    ['route.state', 'blackhole', 0],
    ['route.origin', 'CreateRoute', 2],
    ['route.destination-prefix-list-id', 'pl-*', 1],
    ['route.transit-gateway-id', '*', 0],
    ['association.gateway-id', '*', 0],
    ['vpc-id', 'vpc-0f0e0d0c0b0a00002', 1],
    ['tag:Name', 'private', 1],
    ['owner-id', '123456789012', 5],
  ])('filters by %s %s', async (Name, value, count) => {
    const answer = await ec2.send(
      new DescribeRouteTablesCommand({ Filters: [{ Name, Values: [value] }] }),
    );

    expect(answer.RouteTables ?? []).toHaveLength(count);
  });

  it('gives pages of at most a hundred', async () => {
    await expect(ec2.send(new DescribeRouteTablesCommand({ MaxResults: 101 }))).rejects.toThrow(
      'Value ( 101 ) for parameter maxResults is invalid. Expecting a value less than or equal to 100.',
    );
    await expect(
      ec2.send(new DescribeRouteTablesCommand({ MaxResults: 100 })),
    ).resolves.toHaveProperty('RouteTables.length', 5);
  });

  it('refuses an unknown id', async () => {
    const asked = ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: ['rtb-0'] }));

    await expect(asked).rejects.toMatchObject({
      name: 'InvalidRouteTableID.NotFound',
      message: "The routeTable ID 'rtb-0' does not exist",
    });
  });
});

describe('DescribePrefixLists', () => {
  it('names the addresses of the services with gateway endpoints', async () => {
    const { PrefixLists } = await ec2.send(
      new DescribePrefixListsCommand({
        Filters: [{ Name: 'prefix-list-name', Values: ['com.amazonaws.us-east-1.s3'] }],
      }),
    );

    expect(PrefixLists).toMatchObject([{ PrefixListId: 'pl-63a5400a' }]);
  });
});

describe('DescribeAvailabilityZones', () => {
  it.each([
    [{}, ['us-east-1a', 'us-east-1b', 'us-east-1c']],
    [{ ZoneNames: ['us-east-1b'] }, ['us-east-1b']],
    [{ ZoneIds: ['use1-az3'] }, ['us-east-1c']],
    [{ Filters: [{ Name: 'zone-name', Values: ['*a'] }] }, ['us-east-1a']],
    [{ Filters: [{ Name: 'zone-id', Values: ['use1-az1'] }] }, ['us-east-1a']],
    [{ Filters: [{ Name: 'zone-type', Values: ['local-zone'] }] }, []],
    [{ Filters: [{ Name: 'region-name', Values: ['eu-west-1'] }] }, []],
    [{ Filters: [{ Name: 'state', Values: ['impaired'] }] }, []],
  ])('answers %j', async (input, names) => {
    const answer = await ec2.send(new DescribeAvailabilityZonesCommand(input));

    expect((answer.AvailabilityZones ?? []).map(({ ZoneName }) => ZoneName)).toEqual(names);
  });

  it('refuses a zone of another region', async () => {
    const asked = ec2.send(new DescribeAvailabilityZonesCommand({ ZoneNames: ['eu-west-1a'] }));

    await expect(asked).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: 'Invalid availability zone: [eu-west-1a]',
    });
  });
});

describe('GetSecurityGroupsForVpc', () => {
  it('walks all pages', async () => {
    for (const name of ['a', 'b', 'c', 'd']) {
      const groupId = `sg-${name}`;
      account.network.securityGroups.set(groupId, {
        groupId,
        groupName: name,
        description: 'more',
        vpcId: APPROVED,
      });
    }
    const input = { VpcId: APPROVED, MaxResults: 5 };

    const first = await ec2.send(new GetSecurityGroupsForVpcCommand(input));
    const second = await ec2.send(
      new GetSecurityGroupsForVpcCommand({ ...input, NextToken: first.NextToken }),
    );

    expect(second.SecurityGroupForVpcs).toMatchObject([{ GroupName: 'd' }]);
    expect(second.NextToken).toBeUndefined();
    for (const name of ['a', 'b', 'c', 'd']) account.network.securityGroups.delete(`sg-${name}`);
  });

  it('answers the groups of the VPC', async () => {
    const answer = await ec2.send(
      new GetSecurityGroupsForVpcCommand({
        VpcId: APPROVED,
        Filters: [{ Name: 'primary-vpc-id', Values: [APPROVED] }],
      }),
    );

    expect(answer.SecurityGroupForVpcs).toMatchObject([
      { GroupId: 'sg-085912345678492fb', PrimaryVpcId: APPROVED },
      { GroupId: 'sg-0a1b2c3d4e5f6d001', GroupName: 'default' },
    ]);
  });

  it('refuses a VPC that does not exist', async () => {
    const asked = ec2.send(new GetSecurityGroupsForVpcCommand({ VpcId: 'vpc-0' }));

    await expect(asked).rejects.toMatchObject({
      name: 'InvalidVpcID.NotFound',
      message: "The vpc ID 'vpc-0' does not exist",
    });
  });
});
