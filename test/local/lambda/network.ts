import type { RoutedNetwork, Subnet, Vpc } from '../../../lib/local/ec2/network.ts';

export const APPROVED_VPC = 'vpc-0a1b2c3d4e5f60001';
export const APPROVED_SUBNETS = ['subnet-071f712345678e7c8', 'subnet-07fd123456788a036'] as const;
export const FUNCTIONS_GROUP = 'sg-085912345678492fb';
export const FORBIDDEN_VPC = 'vpc-0f0e0d0c0b0a00002';
export const FORBIDDEN_SUBNET = 'subnet-0f0e0d0c0b0a0f001';
export const FORBIDDEN_GROUP = 'sg-0f0e0d0c0b0a0f0a1';
export const DEDICATED_SUBNET = 'subnet-0dedd1ca7ed00f001';
export const DEDICATED_GROUP = 'sg-0dedd1ca7ed00f0a1';
export const DUAL_STACK_SUBNET = 'subnet-0d0a15ac00000f001';
const DEDICATED_VPC = 'vpc-0dedd1ca7ed000003';

/** A network with an approved, a forbidden and a dedicated VPC; nothing leads out of it. */
export function network(): RoutedNetwork {
  return {
    vpcs: new Map([
      vpc(APPROVED_VPC, 'default'),
      vpc(FORBIDDEN_VPC, 'default'),
      vpc(DEDICATED_VPC, 'dedicated'),
    ]),
    subnets: new Map([
      subnet(APPROVED_SUBNETS[0], APPROVED_VPC),
      subnet(APPROVED_SUBNETS[1], APPROVED_VPC),
      subnet(DUAL_STACK_SUBNET, APPROVED_VPC, '2600:1f18::/64'),
      subnet(FORBIDDEN_SUBNET, FORBIDDEN_VPC),
      subnet(DEDICATED_SUBNET, DEDICATED_VPC),
    ]),
    securityGroups: new Map([
      group(FUNCTIONS_GROUP, APPROVED_VPC),
      group(FORBIDDEN_GROUP, FORBIDDEN_VPC),
      group(DEDICATED_GROUP, DEDICATED_VPC),
    ]),
    networkInterfaces: new Map(),
    securityGroupRules: new Map(),
    routeTables: new Map(),
    internetGateways: new Map(),
    egressOnlyGateways: new Map(),
    addresses: new Map(),
    natGateways: new Map(),
    endpoints: new Map(),
    peerings: new Map(),
    transitGateways: new Map(),
    transitAttachments: new Map(),
  };
}

function vpc(vpcId: string, instanceTenancy: Vpc['instanceTenancy']): [string, Vpc] {
  return [vpcId, { vpcId, instanceTenancy, cidrBlock: '172.31.0.0/16', name: vpcId }];
}

function subnet(subnetId: string, vpcId: string, ipv6CidrBlock?: string): [string, Subnet] {
  const made: Subnet = {
    subnetId,
    vpcId,
    cidrBlock: '172.31.3.0/24',
    availabilityZone: 'us-east-1a',
    name: subnetId,
    mapPublicIpOnLaunch: false,
    availableIpAddressCount: 251,
    ...(ipv6CidrBlock === undefined ? {} : { ipv6CidrBlock }),
  };
  return [subnetId, made];
}

function group(groupId: string, vpcId: string) {
  return [groupId, { groupId, vpcId, groupName: groupId, description: '' }] as const;
}
