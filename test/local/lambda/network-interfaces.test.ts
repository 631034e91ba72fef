import {
  DeleteNetworkInterfaceCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DescribeNetworkInterfacesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { DeleteRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { DeleteFunctionCommand } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AttachedAccount,
  DEFAULT_GROUP,
  GROUP,
  HERE,
  PRIVATE_A,
  PRIVATE_B,
  startAttachedAccount,
  VPC,
} from './attached-account.ts';

const BOTH = { SubnetIds: [PRIVATE_A, PRIVATE_B], SecurityGroupIds: [GROUP] };
const REMOVAL_S = 20 * 60;

let account: AttachedAccount;

beforeEach(async () => {
  account = await startAttachedAccount();
});

afterEach(async () => {
  await account.stop();
});

async function remove(FunctionName: string, Qualifier?: string): Promise<void> {
  await account.lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier }));
}

async function deleteInterface(NetworkInterfaceId: string | undefined): Promise<void> {
  await account.ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
}

async function deleteRole(): Promise<void> {
  account.limitRole();
  const iam = new IAMClient(account.settings());
  await iam.send(new DeleteRoleCommand({ RoleName: 'lambda-role' }));
  iam.destroy();
}

describe('the network interfaces of an attached function', () => {
  it('are described as AWS does it, once they are made', async () => {
    await account.create('orders');
    const before = await account.interfaces();
    await account.seconds(75);

    const [made, ...others] = await account.interfaces();

    expect(before).toEqual([]);
    expect(others).toEqual([]);
    expect(made).toMatchObject({
      NetworkInterfaceId: expect.stringMatching(/^eni-0[0-9a-f]{16}$/),
      InterfaceType: 'lambda',
      Description: expect.stringMatching(/^AWS Lambda VPC ENI-orders-[0-9a-f-]{36}$/),
      OwnerId: '123456789012',
      RequesterId: expect.stringMatching(/^AROA[A-Z0-9]{17}:123456789012$/),
      RequesterManaged: false,
      SourceDestCheck: true,
      SubnetId: PRIVATE_A,
      VpcId: VPC,
      AvailabilityZone: 'us-east-1a',
      Groups: [{ GroupId: GROUP, GroupName: 'functions' }],
      Status: 'in-use',
      Attachment: { InstanceOwnerId: 'amazon-aws', Status: 'attached', DeviceIndex: 1 },
      PrivateIpAddress: '172.31.3.4',
      PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: '172.31.3.4' }],
      MacAddress: expect.stringMatching(/^0a(:[0-9a-f]{2}){5}$/),
      TagSet: [],
    });
  });

  it('are shared by equal subnets and sets of groups, in whatever order, by functions and versions', async () => {
    const groups = [GROUP, DEFAULT_GROUP];
    await account.create('one', { VpcConfig: { ...BOTH, SecurityGroupIds: groups } });
    await account.seconds(75);
    await account.create('other', {
      VpcConfig: { ...HERE, SecurityGroupIds: groups.toReversed() },
    });
    await account.publish('one');
    await account.seconds(2);
    const shared = await account.interfaces();
    await account.create('alone');
    await account.seconds(75);

    expect(await account.read('other')).toMatchObject({ State: 'Active' });
    expect(shared.map(({ SubnetId }) => SubnetId)).toEqual([PRIVATE_A, PRIVATE_B]);
    expect(await account.interfaces()).toHaveLength(3);
  });

  it('take one address each, and give it back', async () => {
    await account.create('f', { VpcConfig: BOTH });
    await account.seconds(75);
    const taken = [await account.freeAddresses(PRIVATE_A), await account.freeAddresses(PRIVATE_B)];
    await remove('f');
    await account.seconds(REMOVAL_S);

    expect(taken).toEqual([250, 250]);
    expect(await account.freeAddresses(PRIVATE_A)).toBe(251);
    expect(await account.interfaces()).toEqual([]);
  });

  it.each([
    ['interface-type', 'lambda', 2],
    ['interface-type', 'interface', 0],
    ['subnet-id', PRIVATE_A, 1],
    ['vpc-id', VPC, 2],
    ['vpc-id', 'vpc-0f0e0d0c0b0a00002', 0],
    ['group-id', GROUP, 2],
    ['group-name', 'functions', 2],
    ['availability-zone', 'us-east-1b', 1],
    ['description', 'AWS Lambda VPC ENI-f-*', 2],
    ['status', 'in-use', 2],
    ['status', 'available', 0],
    ['requester-id', 'AROA*:123456789012', 2],
    ['requester-managed', 'true', 0],
    ['requester-managed', 'false', 2],
    ['owner-id', '123456789012', 2],
    ['private-ip-address', '172.31.2.4', 1],
    ['addresses.private-ip-address', '172.31.2.*', 1],
    ['mac-address', '0a:*', 2],
    ['attachment.attachment-id', 'ela-attach-*', 2],
    ['attachment.instance-owner-id', 'amazon-aws', 2],
    ['attachment.status', 'attached', 2],
    ['tag-key', 'owner', 0],
  ])('are found by the filter %s=%s', async (Name, value, count) => {
    await account.create('f', { VpcConfig: BOTH });
    await account.seconds(75);

    expect(await account.interfaces({ Name, Values: [value] })).toHaveLength(count);
  });

  it('are found by id and filter together, and answered in pages', async () => {
    for (const name of ['a', 'b', 'c']) {
      const SecurityGroupIds =
        name === 'c' ? [GROUP, DEFAULT_GROUP] : [name === 'a' ? GROUP : DEFAULT_GROUP];
      await account.create(name, { VpcConfig: { ...BOTH, SecurityGroupIds } });
    }
    await account.seconds(75);
    const [first] = await account.interfaces();
    const describeInterfaces = (input: object) =>
      account.ec2.send(new DescribeNetworkInterfacesCommand(input));

    const id = first?.NetworkInterfaceId ?? '';
    const byId = await describeInterfaces({
      Filters: [{ Name: 'network-interface-id', Values: [id] }],
    });
    const page = await describeInterfaces({ MaxResults: 5 });
    const rest = await describeInterfaces({ MaxResults: 5, NextToken: page.NextToken });

    expect(byId.NetworkInterfaces).toHaveLength(1);
    expect(page.NetworkInterfaces).toHaveLength(5);
    // The NAT gateway of the account has one more.
    expect(rest.NetworkInterfaces).toHaveLength(2);
    expect(rest.NextToken).toBeUndefined();
    await expect(describeInterfaces({ NetworkInterfaceIds: ['eni-1'] })).rejects.toMatchObject({
      name: 'InvalidNetworkInterfaceID.NotFound',
      message: "The networkInterface ID 'eni-1' does not exist",
    });
    await expect(account.interfaces({ Name: 'colour', Values: ['red'] })).rejects.toThrow(
      "The filter 'colour' is invalid",
    );
  });

  it('stay for twenty minutes after their last user, published versions among them', async () => {
    await account.create('f');
    await account.create('g');
    await account.seconds(75);
    await account.publish('g');
    await account.seconds(2);
    await remove('f');
    await account.attach('g', { SubnetIds: [], SecurityGroupIds: [] });
    await account.seconds(REMOVAL_S + 60);
    const held = await account.interfaces();
    await remove('g', '1');
    await account.seconds(REMOVAL_S - 1);
    const late = await account.interfaces();
    await account.seconds(1);

    expect(held).toHaveLength(1);
    expect(late).toHaveLength(1);
    expect(await account.interfaces()).toEqual([]);
  });

  it('are not removed where somebody came back in time', async () => {
    await account.create('f');
    await account.seconds(75);
    const [first] = await account.interfaces();
    await remove('f');
    await account.seconds(REMOVAL_S - 60);
    await account.create('g');
    await account.seconds(2);
    await account.seconds(REMOVAL_S);

    expect(await account.read('g')).toMatchObject({ State: 'Active' });
    expect(await account.interfaces()).toEqual([first]);
  });

  it('follow their function to another VPC, and are gone when it has been idle for 14 days', async () => {
    await account.create('f');
    await account.seconds(75);
    await account.attach('f', {
      SubnetIds: ['subnet-0f0e0d0c0b0a0f001'],
      SecurityGroupIds: ['sg-0f0e0d0c0b0a0f0a1'],
    });
    await account.seconds(75);
    const moving = await account.interfaces();
    await account.seconds(REMOVAL_S);
    const moved = await account.interfaces();
    await account.seconds(14 * 86_400);

    expect(moving).toHaveLength(2);
    expect(moved.map(({ SubnetId }) => SubnetId)).toEqual(['subnet-0f0e0d0c0b0a0f001']);
    expect(await account.interfaces()).toEqual([]);
  });

  it('keep their subnet and security group from being deleted', async () => {
    const command = new DeleteSubnetCommand({ SubnetId: PRIVATE_A });
    await account.create('f');
    await account.seconds(75);

    await expect(account.ec2.send(command)).rejects.toMatchObject({
      name: 'DependencyViolation',
      message: `The subnet '${PRIVATE_A}' has dependencies and cannot be deleted.`,
    });
    await expect(
      account.ec2.send(new DeleteSecurityGroupCommand({ GroupId: GROUP })),
    ).rejects.toMatchObject({
      name: 'DependencyViolation',
      message: `resource ${GROUP} has a dependent object`,
    });
    await remove('f');
    await account.seconds(REMOVAL_S);
    await account.ec2.send(command);
    await account.ec2.send(new DeleteSecurityGroupCommand({ GroupId: GROUP }));
  });

  it('stay where the role that made them is gone, until somebody deletes them by hand', async () => {
    await account.create('f');
    await account.seconds(75);
    await remove('f');
    await deleteRole();
    await account.seconds(REMOVAL_S);
    const [left] = await account.interfaces({ Name: 'status', Values: ['available'] });

    await deleteInterface(left?.NetworkInterfaceId);

    expect(left).not.toHaveProperty('Attachment');
    expect(await account.interfaces()).toEqual([]);
    expect(await account.freeAddresses(PRIVATE_A)).toBe(251);
    expect(account.records('DeleteNetworkInterface')).toMatchObject([
      { requestParameters: { networkInterfaceId: left?.NetworkInterfaceId } },
    ]);
  });

  it('stay where that role may not delete them, and are used again by who comes later', async () => {
    await account.create('f');
    await account.seconds(75);
    await remove('f');
    account.limitRole('ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces');
    await account.seconds(REMOVAL_S);
    const [left] = await account.interfaces();
    account.limitRole('ec2:*');
    await account.create('g');
    await account.seconds(2);
    const [used] = await account.interfaces();
    await remove('g');
    await account.seconds(REMOVAL_S);

    expect(left).toMatchObject({ Status: 'available' });
    expect(used).toMatchObject({ Status: 'in-use', NetworkInterfaceId: left?.NetworkInterfaceId });
    expect(await account.interfaces()).toEqual([]);
  });

  it('cannot be deleted by hand while they are used, nor by who may not', async () => {
    await account.create('f');
    await account.seconds(75);
    const [held] = await account.interfaces();
    const id = held?.NetworkInterfaceId ?? '';
    const user = new EC2Client(
      account.settings(
        account.user('invoker', { Effect: 'Allow', Action: 'lambda:Invoke*', Resource: '*' }),
      ),
    );

    await expect(deleteInterface(id)).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: `Network interface '${id}' is currently in use.`,
    });
    await expect(deleteInterface('eni-1')).rejects.toMatchObject({
      name: 'InvalidNetworkInterfaceID.NotFound',
    });
    await expect(
      user.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id })),
    ).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
    await expect(user.send(new DescribeNetworkInterfacesCommand({}))).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
    });
    user.destroy();
  });

  it('are made anew where somebody deleted them behind the back of Lambda', async () => {
    await account.create('f');
    await account.seconds(75);
    account.network.networkInterfaces.clear();
    await account.create('g');
    await account.seconds(74);
    const before = await account.read('g');
    await account.seconds(1);

    expect(before).toMatchObject({ State: 'Pending' });
    expect(await account.interfaces()).toHaveLength(1);
  });
});
