import {
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  EC2Client,
  ModifyVpcAttributeCommand,
  type VpcAttributeName,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StartedAccount, startAccount } from '../start-account.ts';

const VPC = 'vpc-0a1b2c3d4e5f60001';
const SUBNET = 'subnet-071f712345678e7c8';

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

async function tagsOfVpc() {
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [VPC] }));
  return Object.fromEntries((Vpcs[0]?.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
}

describe('CreateTags and DeleteTags', () => {
  it('add, change and take tags of several things, their name among them', async () => {
    const Tags = [
      { Key: 'Name', Value: 'renamed' },
      { Key: 'team', Value: 'ops' },
      { Key: 'stage', Value: 'demo' },
    ];
    await ec2.send(new CreateTagsCommand({ Resources: [VPC, SUBNET], Tags }));
    expect(await tagsOfVpc()).toEqual({ Name: 'renamed', team: 'ops', stage: 'demo' });
    expect(account.network.subnets.get(SUBNET)).toMatchObject({
      name: 'renamed',
      tags: { team: 'ops', stage: 'demo' },
    });

    await ec2.send(
      new DeleteTagsCommand({
        Resources: [VPC],
        Tags: [{ Key: 'team' }, { Key: 'stage', Value: 'other' }],
      }),
    );
    expect(await tagsOfVpc()).toEqual({ Name: 'renamed', stage: 'demo' });

    await ec2.send(new DeleteTagsCommand({ Resources: [VPC] }));
    expect(await tagsOfVpc()).toEqual({});
  });

  it('keep the name of a security group among its tags', async () => {
    const { GroupId = '' } = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: 'tagged', Description: 'x', VpcId: VPC }),
    );
    const Tags = [{ Key: 'Name', Value: 'functions' }];

    await ec2.send(new CreateTagsCommand({ Resources: [GroupId], Tags }));

    const { SecurityGroups = [] } = await ec2.send(
      new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }),
    );
    expect(SecurityGroups[0]).toMatchObject({ GroupName: 'tagged', Tags });
  });

  it.each([
    [['vpc-00000000000000000'], 'a', 'InvalidID', "The ID 'vpc-00000000000000000' is not valid"],
    [[VPC, 'x-1'], 'a', 'InvalidID', "The ID 'x-1' is not valid"],
    [[VPC], 'aws:x', 'InvalidParameterValue', "Tag keys starting with 'aws:' are reserved"],
  ])('refuse %j with the key %s', async (Resources, Key, name, message) => {
    const command = new CreateTagsCommand({ Resources, Tags: [{ Key, Value: '1' }] });

    await expect(ec2.send(command)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
    expect(await tagsOfVpc()).toEqual({});
  });

  it('refuse more than fifty tags', async () => {
    const Tags = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '1' }));

    await expect(ec2.send(new CreateTagsCommand({ Resources: [VPC], Tags }))).rejects.toMatchObject(
      { name: 'TagLimitExceeded' },
    );
  });

  it('need the right on each resource, and are recorded', async () => {
    const resource = `arn:aws:ec2:us-east-1:123456789012:subnet/${SUBNET}`;
    const user = account.user('tagger', {
      Effect: 'Allow',
      Action: 'ec2:CreateTags',
      Resource: resource,
    });
    const client = new EC2Client(account.settings(user));
    const Tags = [{ Key: 'a', Value: 'b' }];

    await client.send(new CreateTagsCommand({ Resources: [SUBNET], Tags }));

    await expect(
      client.send(new CreateTagsCommand({ Resources: [SUBNET, VPC], Tags })),
    ).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
    expect(account.records('CreateTags').at(-2)).toMatchObject({
      requestParameters: expect.anything(),
      responseElements: { _return: true },
    });
    client.destroy();
  });
});

describe('ModifyVpcAttribute', () => {
  const read = async (Attribute: VpcAttributeName) =>
    ec2.send(new DescribeVpcAttributeCommand({ VpcId: VPC, Attribute }));

  it('changes one attribute, of which DescribeVpcAttribute tells', async () => {
    expect(await read('enableDnsSupport')).toMatchObject({ EnableDnsSupport: { Value: true } });
    expect(await read('enableDnsHostnames')).toMatchObject({
      EnableDnsHostnames: { Value: false },
    });

    const [VpcId, EnableDnsHostnames] = [VPC, { Value: true }];
    await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames }));
    await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsSupport: { Value: false } }));

    expect(await read('enableDnsSupport')).toMatchObject({ EnableDnsSupport: { Value: false } });
    expect(await read('enableDnsHostnames')).toMatchObject({ EnableDnsHostnames });
    const EnableNetworkAddressUsageMetrics = { Value: true };
    await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableNetworkAddressUsageMetrics }));
    expect(await read('enableNetworkAddressUsageMetrics')).toMatchObject({
      EnableNetworkAddressUsageMetrics,
    });
    expect(account.records('ModifyVpcAttribute')).toHaveLength(3);
  });

  it.each([
    [{}, 'MissingParameter'],
    [
      { EnableDnsSupport: { Value: true }, EnableDnsHostnames: { Value: true } },
      'InvalidParameterCombination',
    ],
  ])('refuses %j', async (attributes, name) => {
    const command = new ModifyVpcAttributeCommand({ VpcId: VPC, ...attributes });

    await expect(ec2.send(command)).rejects.toMatchObject({ name });
  });

  it('is refused of an attribute or a VPC that nobody knows', async () => {
    const Attribute = 'enableWishes' as never;
    await expect(
      ec2.send(new DescribeVpcAttributeCommand({ VpcId: VPC, Attribute })),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    const VpcId = 'vpc-00000000000000000';
    await expect(
      ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute })),
    ).rejects.toMatchObject({ name: 'InvalidVpcID.NotFound' });
  });
});
