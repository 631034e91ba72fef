import { toNatInterface } from './nat-interfaces.ts';
import type { RoutedNetwork, SecurityGroup, Subnet, Vpc } from './network.ts';
import { firstRules, type SecurityGroupRule } from './security-group-rules.ts';
import { seedRouting } from './seed-routing.ts';

const APPROVED = 'vpc-0a1b2c3d4e5f60001';
const FORBIDDEN = 'vpc-0f0e0d0c0b0a00002';
const DEDICATED = 'vpc-0dedd1ca7ed000003';

const VPCS: readonly Vpc[] = [
  { vpcId: APPROVED, cidrBlock: '172.31.0.0/16', instanceTenancy: 'default', name: 'approved' },
  { vpcId: FORBIDDEN, cidrBlock: '10.99.0.0/16', instanceTenancy: 'default', name: 'forbidden' },
  { vpcId: DEDICATED, cidrBlock: '10.77.0.0/16', instanceTenancy: 'dedicated', name: 'dedicated' },
];

/** Id, VPC, address range, zone letter and name. */
const SUBNETS: readonly (readonly [string, string, string, string, string])[] = [
  ['subnet-071f712345678e7c8', APPROVED, '172.31.3.0/24', 'a', 'private-a'],
  ['subnet-07fd123456788a036', APPROVED, '172.31.2.0/24', 'b', 'private-b'],
  ['subnet-0a1b2c3d4e5f6a001', APPROVED, '172.31.0.0/24', 'a', 'public-a'],
  ['subnet-0a1b2c3d4e5f6b001', APPROVED, '172.31.9.0/24', 'a', 'lab'],
  ['subnet-0f0e0d0c0b0a0f001', FORBIDDEN, '10.99.1.0/24', 'a', 'forbidden-a'],
  ['subnet-0f0e0d0c0b0a0f002', FORBIDDEN, '10.99.2.0/24', 'b', 'forbidden-b'],
  ['subnet-0dedd1ca7ed00f001', DEDICATED, '10.77.1.0/24', 'a', 'dedicated-a'],
];

/** Id, VPC, name and description. */
const GROUPS: readonly (readonly [string, string, string, string])[] = [
  ['sg-085912345678492fb', APPROVED, 'functions', 'Lambda functions'],
  ['sg-0a1b2c3d4e5f6d001', APPROVED, 'default', 'default VPC security group'],
  ['sg-0f0e0d0c0b0a0f0a1', FORBIDDEN, 'forbidden', 'Not for functions'],
  ['sg-0f0e0d0c0b0a0f0d1', FORBIDDEN, 'default', 'default VPC security group'],
  ['sg-0dedd1ca7ed00f0a1', DEDICATED, 'default', 'default VPC security group'],
];

/** Makes the network that the account starts with; the approved VPC comes first. */
export function seedNetwork(region = 'us-east-1'): RoutedNetwork {
  const routing = seedRouting(region);
  const gateways = [...routing.natGateways.values()];
  return {
    vpcs: new Map(VPCS.map((vpc) => [vpc.vpcId, vpc])),
    subnets: new Map(SUBNETS.map((row) => [row[0], toSubnet(row, region)])),
    securityGroups: new Map(GROUPS.map((row) => [row[0], toGroup(row)])),
    securityGroupRules: new Map(GROUPS.flatMap(toRules).map((rule) => [rule.ruleId, rule])),
    networkInterfaces: new Map(
      gateways.map((gateway) => [gateway.networkInterfaceId, toNatInterface(gateway)]),
    ),
    ...routing,
  };
}

function toSubnet(
  [subnetId, vpcId, cidrBlock, zone, name]: (typeof SUBNETS)[number],
  region: string,
): Subnet {
  return {
    subnetId,
    vpcId,
    cidrBlock,
    availabilityZone: `${region}${zone}`,
    name,
    mapPublicIpOnLaunch: name === 'public-a',
    // The NAT gateway has one.
    availableIpAddressCount: name === 'public-a' ? 250 : 251,
  };
}

/** The ids of rules follow from those of groups, so that they are the same in every account. */
function toRules(row: (typeof GROUPS)[number]): readonly SecurityGroupRule[] {
  const group = toGroup(row);
  const { groupId } = group;
  return firstRules(group, {}).map((body) => ({
    ...body,
    groupId,
    ruleId: `sgr-0${body.isEgress ? 'e' : '1'}${groupId.slice('sg-00'.length)}`,
  }));
}

function toGroup([groupId, vpcId, groupName, description]: (typeof GROUPS)[number]): SecurityGroup {
  return { groupId, vpcId, groupName, description };
}
