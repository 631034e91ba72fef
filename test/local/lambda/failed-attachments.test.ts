import {
  CreateSubnetCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
} from '@aws-sdk/client-ec2';
import {
  DeleteFunctionCommand,
  InvokeCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { INTERFACES_PER_VPC } from '../../../lib/local/service-quotas/quotas.ts';
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

const ELSEWHERE = { SubnetIds: [PRIVATE_B], SecurityGroupIds: [GROUP] };
const DAYS = 86_400;

let account: AttachedAccount;

beforeEach(async () => {
  account = await startAttachedAccount();
});

afterEach(async () => {
  await account.stop();
});

/** What happens to the network, or the role, while Lambda works on an attachment to the subnet. */
const MISHAPS: readonly (readonly [string, string, (subnetId: string) => unknown])[] = [
  [
    'InsufficientRolePermissions',
    "The function's execution role doesn't have permission to perform this operation.",
    () => account.limitRole('ec2:DescribeNetworkInterfaces'),
  ],
  [
    'InvalidSubnet',
    'The subnet ID provided in the Lambda function VPC configuration is not valid.',
    (SubnetId) => account.ec2.send(new DeleteSubnetCommand({ SubnetId })),
  ],
  [
    'InvalidSecurityGroup',
    'The security group ID provided in the Lambda function VPC configuration is not valid.',
    () => account.ec2.send(new DeleteSecurityGroupCommand({ GroupId: GROUP })),
  ],
  [
    'EniLimitExceeded',
    "Lambda couldn't create an elastic network interface in the VPC, specified as part of Lambda function configuration, because the limit for network interfaces has been reached.",
    () => account.quotas.set('lambda', INTERFACES_PER_VPC, 0),
  ],
  [
    'SubnetOutOfIPAddresses',
    "Lambda couldn't set up VPC access for the Lambda function because one or more configured subnets has no available IP addresses.",
    (subnetId) => fill(subnetId),
  ],
];

function fill(subnetId: string): void {
  const subnet = account.network.subnets.get(subnetId);
  if (subnet === undefined) throw new Error(`no subnet ${subnetId}`);
  account.network.subnets.set(subnetId, { ...subnet, availableIpAddressCount: 0 });
}

const failed = (state: string) => ({
  name: 'ResourceConflictException',
  message: `The operation cannot be performed at this time. The function is currently in the following state: ${state}`,
  $metadata: { httpStatusCode: 409 },
});

describe('a function whose attachment fails while it is created', () => {
  it.each(MISHAPS)('is failed for ever, because of %s', async (code, reason, mishap) => {
    await account.create('f');
    await mishap(PRIVATE_A);
    await account.seconds(75);

    expect(await account.read('f')).toMatchObject({
      State: 'Failed',
      StateReason: reason,
      StateReasonCode: code,
      LastUpdateStatus: 'Failed',
      LastUpdateStatusReasonCode: code,
    });
    expect(await account.interfaces()).toEqual([]);
  });

  it('refuses invocations and changes, and can be deleted and created again', async () => {
    const FunctionName = 'f';
    await account.create('f');
    account.limitRole('logs:*');
    await account.seconds(75);
    account.limitRole('ec2:*');
    const refused = failed('Failed');

    await expect(account.lambda.send(new InvokeCommand({ FunctionName }))).rejects.toMatchObject(
      refused,
    );
    await expect(account.attach('f', HERE)).rejects.toMatchObject(refused);
    await expect(
      account.lambda.send(
        new UpdateFunctionCodeCommand({ FunctionName, ZipFile: Buffer.from('zip') }),
      ),
    ).rejects.toMatchObject(refused);
    await expect(
      account.lambda.send(new PublishVersionCommand({ FunctionName })),
    ).rejects.toMatchObject(refused);
    await account.lambda.send(new DeleteFunctionCommand({ FunctionName }));
    await account.create('f');
    await account.seconds(75);
    expect(await account.read('f')).toMatchObject({ State: 'Active' });
  });

  it('makes no interface where the quota or a subnet has no room for all of them', async () => {
    account.quotas.set('lambda', INTERFACES_PER_VPC, 2);
    await account.create('f');
    await account.seconds(75);
    await account.create('g', {
      VpcConfig: { SubnetIds: [PRIVATE_A, PRIVATE_B], SecurityGroupIds: [DEFAULT_GROUP] },
    });
    await account.create('h', { VpcConfig: { ...HERE, SubnetIds: [PRIVATE_A, PRIVATE_B] } });
    await account.create('shared');
    await account.create('elsewhere', {
      VpcConfig: {
        SubnetIds: ['subnet-0f0e0d0c0b0a0f001'],
        SecurityGroupIds: ['sg-0f0e0d0c0b0a0f0a1'],
      },
    });
    await account.seconds(75);

    expect(await account.read('g')).toMatchObject({ StateReasonCode: 'EniLimitExceeded' });
    for (const name of ['h', 'shared', 'elsewhere']) {
      expect(await account.read(name)).toMatchObject({ State: 'Active' });
    }
    expect(await account.interfaces({ Name: 'vpc-id', Values: [VPC] })).toHaveLength(2);
  });

  it('fails in a small subnet once its addresses are taken', async () => {
    const { Subnet } = await account.ec2.send(
      new CreateSubnetCommand({ VpcId: VPC, CidrBlock: '172.31.200.0/28' }),
    );
    const SubnetIds = [Subnet?.SubnetId ?? ''];
    const groups = Array.from({ length: 12 }, (_none, index) => `sg-0000000000000000${index}`);
    for (const groupId of groups) {
      account.network.securityGroups.set(groupId, {
        groupId,
        groupName: groupId,
        description: '',
        vpcId: VPC,
      });
      await account.create(groupId, { VpcConfig: { SubnetIds, SecurityGroupIds: [groupId] } });
    }
    await account.seconds(75);

    const held = await account.interfaces({ Name: 'subnet-id', Values: SubnetIds });
    expect(held).toHaveLength(11);
    expect(await account.freeAddresses(SubnetIds[0] ?? '')).toBe(0);
    expect(await account.read(groups[11] ?? '')).toMatchObject({
      StateReasonCode: 'SubnetOutOfIPAddresses',
    });
  });

  it('does not stand in the way of another function with a better role', async () => {
    await account.create('f');
    account.limitRole('logs:*');
    await account.seconds(60);
    account.limitRole('ec2:*');
    await account.create('g');
    account.limitRole('logs:*');
    await account.seconds(15);
    account.limitRole('ec2:*');
    await account.create('h');
    await account.seconds(74);
    const before = await account.read('h');
    await account.seconds(1);

    expect(await account.read('f')).toMatchObject({ State: 'Failed' });
    expect(await account.read('g')).toMatchObject({ State: 'Failed' });
    expect(before).toMatchObject({ State: 'Pending' });
    expect(await account.read('h')).toMatchObject({ State: 'Active' });
  });
});

describe('a function whose attachment fails while it is changed', () => {
  beforeEach(async () => {
    await account.create('f');
    await account.seconds(75);
  });

  it.each(MISHAPS)('runs on where it was, because of %s', async (code, reason, mishap) => {
    await account.attach('f', { SubnetIds: [], SecurityGroupIds: [] });
    await account.seconds(20 * 60 + 1);
    const before = await account.read('f');
    await account.attach('f', ELSEWHERE);
    await mishap(PRIVATE_B);
    await account.seconds(75);

    const after = await account.read('f');
    expect(after).toMatchObject({
      State: 'Active',
      LastUpdateStatus: 'Failed',
      LastUpdateStatusReason: reason,
      LastUpdateStatusReasonCode: code,
      VpcConfig: ELSEWHERE,
    });
    expect(after['RevisionId']).not.toBe(before['RevisionId']);
    expect((await account.invoke('f'))['servedBy']).toMatchObject({ vpcId: null });
  });

  it('keeps the interfaces that it runs on, and reclaims them when it is idle', async () => {
    await account.attach('f', ELSEWHERE);
    fill(PRIVATE_B);
    await account.seconds(75 + 20 * 60);
    const held = await account.interfaces();
    await account.seconds(14 * DAYS);
    const idle = await account.read('f');
    await expect(account.invoke('f')).rejects.toMatchObject({ name: 'ResourceNotReadyException' });
    await account.seconds(75);

    expect(held.map(({ SubnetId }) => SubnetId)).toEqual([PRIVATE_A]);
    expect(idle).toMatchObject({ State: 'Inactive', LastUpdateStatus: 'Failed' });
    expect(await account.read('f')).toMatchObject({ State: 'Active', VpcConfig: ELSEWHERE });
    expect((await account.invoke('f'))['servedBy']).toMatchObject({ subnetIds: [PRIVATE_A] });
  });

  it('tries again what failed with its next change, whatever that names', async () => {
    await account.attach('f', ELSEWHERE);
    account.limitRole('logs:*');
    await account.seconds(75);
    const FunctionName = 'f';
    const change = () =>
      account.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 9 }));
    await change();
    await account.seconds(75);
    const again = await account.read('f');
    account.limitRole('ec2:*');
    await change();
    await account.seconds(75);

    expect(again).toMatchObject({ LastUpdateStatus: 'Failed' });
    expect(await account.read('f')).toMatchObject({ LastUpdateStatus: 'Successful', Timeout: 9 });
    expect((await account.invoke('f'))['servedBy']).toMatchObject({ subnetIds: [PRIVATE_B] });
  });

  it('stays invocable after its role lost every right, and can be changed beside its network', async () => {
    account.limitRole();
    const FunctionName = 'f';

    await expect(account.attach('f', ELSEWHERE)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message:
        'The provided execution role does not have permissions to call CreateNetworkInterface on EC2',
    });
    await account.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 9 }));
    await account.seconds(1);
    await account.publish('f');
    await account.seconds(2);

    expect(await account.read('f', '1')).toMatchObject({ State: 'Active' });
    expect((await account.invoke('f'))['servedBy']).toMatchObject({ subnetIds: [PRIVATE_A] });
  });

  it('names the version and the attachment that serve while a change is in progress', async () => {
    await account.publish('f');
    await account.seconds(2);
    await account.attach('f', ELSEWHERE);

    const latest = await account.invoke('f');
    const published = await account.invoke('f', { Qualifier: '1' });
    await account.seconds(75);
    const afterwards = await account.invoke('f');

    expect(latest['servedBy']).toMatchObject({ version: '$LATEST', subnetIds: [PRIVATE_A] });
    expect(published['servedBy']).toMatchObject({ version: '1', subnetIds: [PRIVATE_A] });
    expect(afterwards['servedBy']).toMatchObject({ version: '$LATEST', subnetIds: [PRIVATE_B] });
  });
});

describe('an idle function that is invoked', () => {
  beforeEach(async () => {
    await account.create('f');
    await account.seconds(75 + 14 * DAYS);
    await expect(account.invoke('f')).rejects.toMatchObject({ name: 'ResourceNotReadyException' });
  });

  it.each(MISHAPS)('is idle again and says why: %s', async (code, reason, mishap) => {
    const restoring = await account.read('f');
    await mishap(PRIVATE_A);
    await account.seconds(75);
    const after = await account.read('f');

    expect(restoring).toMatchObject({ State: 'Pending', StateReasonCode: 'Restoring' });
    expect(after).toMatchObject({
      State: 'Inactive',
      StateReason: reason,
      StateReasonCode: code,
    });
  });

  it('is active, on a new interface, once that is made', async () => {
    await account.seconds(75);

    expect(await account.read('f')).toMatchObject({ State: 'Active' });
    expect(await account.interfaces()).toHaveLength(1);
    expect((await account.invoke('f'))['servedBy']).toMatchObject({ subnetIds: [PRIVATE_A] });
  });

  it('can be tried again after its trouble is over', async () => {
    account.limitRole('logs:*');
    await account.seconds(75);
    account.limitRole('ec2:*');
    await expect(account.invoke('f')).rejects.toMatchObject({ name: 'ResourceNotReadyException' });
    await account.seconds(75);

    expect(await account.read('f')).toMatchObject({ State: 'Active' });
  });
});
