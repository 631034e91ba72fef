import {
  CreateNatGatewayCommand,
  CreateTagsCommand,
  CreateVpcEndpointCommand,
  DeleteNatGatewayCommand,
  DeleteNetworkInterfaceCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVpcEndpointsCommand,
  DescribeNetworkInterfacesCommand,
  EC2Client,
  ModifyVpcEndpointCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StartedAccount, startAccount } from '../start-account.ts';

const APPROVED = 'vpc-0a1b2c3d4e5f60001';
const PRIVATE_A = 'subnet-071f712345678e7c8';
const PRIVATE_B = 'subnet-07fd123456788a036';
const LAB = 'subnet-0a1b2c3d4e5f6b001';
const FUNCTIONS = 'sg-085912345678492fb';
const DEFAULT = 'sg-0a1b2c3d4e5f6d001';
const NAT = 'nat-0a1b2c3d4e5f6c001';
const NAT_INTERFACE = 'eni-0a1b2c3d4e5f6c004';

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

async function find(Name: string, value: string) {
  const Filters = [{ Name, Values: [value] }];
  const found = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
  return found.NetworkInterfaces ?? [];
}

async function createEndpoint(...SubnetIds: string[]) {
  const { VpcEndpoint = {} } = await ec2.send(
    new CreateVpcEndpointCommand({
      VpcId: APPROVED,
      VpcEndpointType: 'Interface',
      ServiceName: 'com.amazonaws.us-east-1.sts',
      SecurityGroupIds: [FUNCTIONS],
      SubnetIds,
    }),
  );
  return VpcEndpoint;
}

const free = (subnetId: string) => account.network.subnets.get(subnetId)?.availableIpAddressCount;

describe('the network interface of a NAT gateway', () => {
  it('has the public address of the gateway, and no group', async () => {
    const [held, ...others] = await find('interface-type', 'nat_gateway');

    expect(others).toEqual([]);
    expect(held).toMatchObject({
      NetworkInterfaceId: NAT_INTERFACE,
      InterfaceType: 'nat_gateway',
      Description: `Interface for NAT Gateway ${NAT}`,
      RequesterManaged: true,
      SourceDestCheck: false,
      Groups: [],
      Status: 'in-use',
      PrivateIpAddress: '172.31.0.4',
      Association: { PublicIp: '203.0.113.1', AllocationId: 'eipalloc-0a1b2c3d4e5f6c003' },
      Attachment: { InstanceOwnerId: 'amazon-aws', Status: 'attached' },
    });
  });

  it('comes with the gateway, holds its subnet, and goes once the gateway is deleted', async () => {
    const { NatGateway } = await ec2.send(
      new CreateNatGatewayCommand({ SubnetId: LAB, ConnectivityType: 'private' }),
    );
    const NatGatewayId = NatGateway?.NatGatewayId ?? '';
    const [made] = await find('subnet-id', LAB);
    const before = free(LAB);
    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
    const deletion = ec2.send(new DeleteSubnetCommand({ SubnetId: LAB }));

    await expect(deletion).rejects.toMatchObject({ name: 'DependencyViolation' });
    await account.core.clock.advance(60_000);
    expect(made).toMatchObject({
      NetworkInterfaceId: NatGateway?.NatGatewayAddresses?.[0]?.NetworkInterfaceId,
      Description: `Interface for NAT Gateway ${NatGatewayId}`,
      PrivateIpAddress: '172.31.9.4',
    });
    expect(made).not.toHaveProperty('Association');
    expect([before, free(LAB)]).toEqual([250, 251]);
    expect(await find('subnet-id', LAB)).toEqual([]);
    await ec2.send(new DeleteSubnetCommand({ SubnetId: LAB }));
  });

  it('is not made where the gateway will fail', async () => {
    const AllocationId = 'eipalloc-0';
    await ec2.send(new CreateNatGatewayCommand({ SubnetId: LAB, AllocationId }));

    expect(await find('subnet-id', LAB)).toEqual([]);
    expect(free(LAB)).toBe(251);
  });

  it('can be tagged, and not be deleted', async () => {
    const Tags = [{ Key: 'owner', Value: 'net' }];
    await ec2.send(new CreateTagsCommand({ Resources: [NAT_INTERFACE], Tags }));

    await expect(
      ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: NAT_INTERFACE })),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    expect(await find('tag:owner', 'net')).toMatchObject([{ TagSet: Tags }]);
  });
});

describe('the network interfaces of an interface endpoint', () => {
  it('are there in each subnet with the groups of the endpoint', async () => {
    const endpoint = await createEndpoint(PRIVATE_A, PRIVATE_B);

    const made = await find('interface-type', 'vpc_endpoint');

    expect(made).toMatchObject([
      {
        Description: `VPC Endpoint Interface ${endpoint.VpcEndpointId}`,
        SubnetId: PRIVATE_A,
        PrivateIpAddress: '172.31.3.4',
        RequesterManaged: true,
        SourceDestCheck: true,
        Groups: [{ GroupId: FUNCTIONS, GroupName: 'functions' }],
        Status: 'in-use',
      },
      { SubnetId: PRIVATE_B, PrivateIpAddress: '172.31.2.4' },
    ]);
    expect(made.map(({ NetworkInterfaceId }) => NetworkInterfaceId)).toEqual(
      endpoint.NetworkInterfaceIds,
    );
    expect(free(PRIVATE_A)).toBe(250);
  });

  it('hold groups and subnets until the endpoint is gone', async () => {
    const { VpcEndpointId = '' } = await createEndpoint(LAB);
    const inUse = { name: 'DependencyViolation' };
    await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpointId] }));
    const group = ec2.send(new DeleteSecurityGroupCommand({ GroupId: FUNCTIONS }));
    await expect(group).rejects.toMatchObject(inUse);
    const subnet = ec2.send(new DeleteSubnetCommand({ SubnetId: LAB }));
    await expect(subnet).rejects.toMatchObject(inUse);
    await account.core.clock.advance(60_000);

    expect(await find('interface-type', 'vpc_endpoint')).toEqual([]);
    await ec2.send(new DeleteSubnetCommand({ SubnetId: LAB }));
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId: FUNCTIONS }));
  });

  it('follow changes of its subnets and groups', async () => {
    const { VpcEndpointId } = await createEndpoint(PRIVATE_A, PRIVATE_B);
    const [kept] = await find('subnet-id', PRIVATE_A);
    const modify = (input: object) =>
      ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId, ...input }));

    await modify({ RemoveSubnetIds: [PRIVATE_B], AddSecurityGroupIds: [DEFAULT] });
    await modify({ AddSubnetIds: [PRIVATE_B] });

    const now = await find('interface-type', 'vpc_endpoint');
    expect(now).toMatchObject([
      {
        NetworkInterfaceId: kept?.NetworkInterfaceId,
        Groups: [{ GroupId: FUNCTIONS }, { GroupId: DEFAULT }],
      },
      { SubnetId: PRIVATE_B, Groups: [{ GroupId: FUNCTIONS }, { GroupId: DEFAULT }] },
    ]);
    expect([free(PRIVATE_A), free(PRIVATE_B)]).toEqual([250, 250]);
  });

  it('cannot be made in a full subnet', async () => {
    const subnet = account.network.subnets.get(PRIVATE_B);
    if (subnet === undefined) throw new Error('no subnet');
    account.network.subnets.set(PRIVATE_B, { ...subnet, availableIpAddressCount: 0 });

    await expect(createEndpoint(PRIVATE_A, PRIVATE_B)).rejects.toMatchObject({
      name: 'InsufficientFreeAddressesInSubnet',
    });
    expect(account.network.networkInterfaces.size).toBe(1);
  });
});
