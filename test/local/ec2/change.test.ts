import {
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StartedAccount, startAccount } from '../start-account.ts';

const APPROVED = 'vpc-0a1b2c3d4e5f60001';

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

describe('CreateVpc', () => {
  it('makes a VPC with its default group and its main route table, and records it', async () => {
    const { Vpc } = await ec2.send(
      new CreateVpcCommand({
        CidrBlock: '10.1.2.3/16',
        InstanceTenancy: 'dedicated',
        TagSpecifications: [
          {
            ResourceType: 'vpc',
            Tags: [
              { Key: 'Name', Value: 'mine' },
              { Key: 'team', Value: 'net' },
            ],
          },
        ],
      }),
    );

    const Filters = [{ Name: 'vpc-id', Values: [Vpc?.VpcId ?? ''] }];
    const groups = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
    const tables = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
    expect(Vpc).toMatchObject({
      CidrBlock: '10.1.0.0/16',
      InstanceTenancy: 'dedicated',
      Tags: [
        { Key: 'Name', Value: 'mine' },
        { Key: 'team', Value: 'net' },
      ],
    });
    expect(groups.SecurityGroups).toMatchObject([{ GroupName: 'default' }]);
    expect(tables.RouteTables).toMatchObject([{ Associations: [{ Main: true }] }]);
    expect(account.records('CreateVpc')).toMatchObject([
      {
        eventSource: 'ec2.amazonaws.com',
        requestParameters: {
          cidrBlock: '10.1.2.3/16',
          tagSpecificationSet: { items: [{ resourceType: 'vpc' }] },
        },
        responseElements: {
          vpc: { vpcId: Vpc?.VpcId, tagSet: { items: [{ key: 'Name', value: 'mine' }, {}] } },
        },
      },
    ]);
  });

  it.each(['10.0.0.0/8', '10.0.0.0/29', '10.0.0.0', '300.0.0.0/16', '10.0.0.0/99'])(
    'refuses the address range %s',
    async (CidrBlock) => {
      await expect(ec2.send(new CreateVpcCommand({ CidrBlock }))).rejects.toMatchObject({
        name: 'InvalidVpc.Range',
        message: `The CIDR '${CidrBlock}' is invalid.`,
      });
    },
  );

  it('refuses a VPC without an address range', async () => {
    await expect(ec2.send(new CreateVpcCommand({}))).rejects.toMatchObject({
      name: 'MissingParameter',
      message: 'The request must contain the parameter cidrBlock',
    });
  });

  it('changes nothing on a dry run', async () => {
    const asked = ec2.send(new CreateVpcCommand({ CidrBlock: '10.1.0.0/16', DryRun: true }));

    await expect(asked).rejects.toMatchObject({
      name: 'DryRunOperation',
      $metadata: { httpStatusCode: 412 },
    });
    expect(account.network.vpcs.size).toBe(3);
  });
});

describe('DeleteVpc', () => {
  it('removes an empty VPC with its default group and main route table', async () => {
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.1.0.0/16' }));

    await ec2.send(new DeleteVpcCommand({ VpcId: Vpc?.VpcId }));

    expect(account.network.vpcs.size).toBe(3);
    expect(account.network.securityGroups.size).toBe(5);
    expect(account.network.routeTables.size).toBe(5);
    expect(account.records('DeleteVpc')).toHaveLength(1);
  });

  it('refuses a VPC that is in use', async () => {
    await expect(ec2.send(new DeleteVpcCommand({ VpcId: APPROVED }))).rejects.toMatchObject({
      name: 'DependencyViolation',
      message: `The vpc '${APPROVED}' has dependencies and cannot be deleted.`,
    });
  });
});

describe('CreateSubnet', () => {
  it('makes a subnet in the zone that is asked for', async () => {
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({
        VpcId: APPROVED,
        CidrBlock: '172.31.16.0/20',
        AvailabilityZoneId: 'use1-az2',
      }),
    );

    const found = await ec2.send(
      new DescribeSubnetsCommand({ SubnetIds: [Subnet?.SubnetId ?? ''] }),
    );
    expect(found.Subnets).toMatchObject([
      {
        AvailabilityZone: 'us-east-1b',
        AvailableIpAddressCount: 4091,
        OwnerId: '123456789012',
      },
    ]);
    expect(account.records('CreateSubnet')).toMatchObject([
      { responseElements: { subnet: { subnetId: Subnet?.SubnetId, vpcId: APPROVED } } },
    ]);
  });

  it.each([
    [{ VpcId: 'vpc-0', CidrBlock: '172.31.16.0/20' }, 'InvalidVpcID.NotFound'],
    [{ VpcId: APPROVED, CidrBlock: '172.31.3.128/25' }, 'InvalidSubnet.Conflict'],
    [{ VpcId: APPROVED, CidrBlock: '10.0.0.0/24' }, 'InvalidSubnet.Range'],
    [{ VpcId: APPROVED, CidrBlock: '172.31.16.0/29' }, 'InvalidSubnet.Range'],
    [{ VpcId: APPROVED, CidrBlock: 'everything' }, 'InvalidParameterValue'],
    [{ VpcId: APPROVED }, 'MissingParameter'],
    [
      { VpcId: APPROVED, CidrBlock: '172.31.16.0/20', AvailabilityZone: 'us-east-1z' },
      'InvalidParameterValue',
    ],
    [{ VpcId: undefined, CidrBlock: '172.31.16.0/20' }, 'MissingParameter'],
  ])('refuses %j', async (input, name) => {
    await expect(ec2.send(new CreateSubnetCommand(input))).rejects.toMatchObject({ name });
  });

  it('needs the permission on the VPC as well', async () => {
    const allowed = {
      Effect: 'Allow',
      Action: 'ec2:CreateSubnet',
      Resource: 'arn:aws:ec2:us-east-1:123456789012:subnet/*',
    };
    const user = new EC2Client(account.settings(account.user('ann', allowed)));

    const asked = user.send(
      new CreateSubnetCommand({ VpcId: APPROVED, CidrBlock: '172.31.16.0/20' }),
    );

    await expect(asked).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      message: expect.stringContaining(`vpc/${APPROVED}`) as string,
    });
    expect(account.records('CreateSubnet')).toMatchObject([
      {
        errorCode: 'Client.UnauthorizedOperation',
        requestParameters: { vpcId: APPROVED },
        responseElements: null,
      },
    ]);
  });
});

describe('DeleteSubnet', () => {
  it('removes a subnet and its association', async () => {
    await ec2.send(new DeleteSubnetCommand({ SubnetId: 'subnet-071f712345678e7c8' }));

    const tables = await ec2.send(
      new DescribeRouteTablesCommand({ RouteTableIds: ['rtb-0a1b2c3d4e5f6e002'] }),
    );
    expect(tables.RouteTables?.[0]?.Associations).toHaveLength(1);
    await expect(
      ec2.send(new DeleteSubnetCommand({ SubnetId: 'subnet-071f712345678e7c8' })),
    ).rejects.toMatchObject({ name: 'InvalidSubnetID.NotFound' });
  });
});

describe('CreateSecurityGroup', () => {
  it('makes a group and removes it again', async () => {
    const { GroupId } = await ec2.send(
      new CreateSecurityGroupCommand({
        GroupName: 'mine',
        Description: 'of mine',
        VpcId: APPROVED,
        TagSpecifications: [
          { ResourceType: 'security-group', Tags: [{ Key: 'Name', Value: 'the group' }] },
        ],
      }),
    );

    const found = await ec2.send(
      new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'tag:Name', Values: ['the group'] }] }),
    );
    const removed = await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
    expect(found.SecurityGroups).toMatchObject([{ GroupId, GroupName: 'mine' }]);
    expect(removed).toMatchObject({ Return: true, GroupId });
    expect(account.records('DeleteSecurityGroup')).toHaveLength(1);
  });

  it.each([
    [
      { GroupName: 'functions', VpcId: APPROVED },
      'InvalidGroup.Duplicate',
      `The security group 'functions' already exists for VPC '${APPROVED}'`,
    ],
    [
      { GroupName: 'default', VpcId: APPROVED },
      'InvalidParameterValue',
      'Cannot use reserved security group name: default',
    ],
    [{ GroupName: 'mine' }, 'VPCIdNotSpecified', 'No default VPC for this user'],
    [
      { GroupName: 'mine', VpcId: 'vpc-0' },
      'InvalidVpcID.NotFound',
      "The vpc ID 'vpc-0' does not exist",
    ],
  ])('refuses %j', async (input, name, message) => {
    const asked = ec2.send(new CreateSecurityGroupCommand({ ...input, Description: 'x' }));

    await expect(asked).rejects.toMatchObject({ name, message });
  });
});

describe('DeleteSecurityGroup', () => {
  it.each([
    [{}, 'MissingParameter'],
    [{ GroupId: 'sg-0' }, 'InvalidGroup.NotFound'],
    [{ GroupId: 'sg-0a1b2c3d4e5f6d001' }, 'CannotDelete'],
  ])('refuses %j', async (input, name) => {
    await expect(ec2.send(new DeleteSecurityGroupCommand(input))).rejects.toMatchObject({ name });
  });
});
