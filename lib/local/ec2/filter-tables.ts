import type { FilterTable } from './filters.ts';
import { toSubnetAssociation, toVpcAssociation } from './ipv6-blocks.ts';
import type { SecurityGroup, Subnet, Vpc } from './network.ts';
import { DHCP_OPTIONS_ID, ec2Arn, type Place, toCidrAssociation, toZoneId } from './views.ts';

/** The filters of DescribeVpcs. */
export function vpcFilters({ accountId }: Place): FilterTable<Vpc> {
  return {
    'vpc-id': ({ vpcId }) => [vpcId],
    cidr: ({ cidrBlock }) => [cidrBlock],
    'cidr-block-association.cidr-block': ({ cidrBlock }) => [cidrBlock],
    'cidr-block-association.association-id': (vpc) => [toCidrAssociation(vpc)],
    'cidr-block-association.state': () => ['associated'],
    'dhcp-options-id': () => [DHCP_OPTIONS_ID],
    'ipv6-cidr-block-association.ipv6-cidr-block': ({ ipv6CidrBlock }) => listOf(ipv6CidrBlock),
    'ipv6-cidr-block-association.ipv6-pool': (vpc) => whenDual(vpc, 'Amazon'),
    'ipv6-cidr-block-association.association-id': (vpc) => whenDual(vpc, toVpcAssociation(vpc)),
    'ipv6-cidr-block-association.state': (vpc) => whenDual(vpc, 'associated'),
    'owner-id': ({ ownerId = accountId }) => [ownerId],
    state: () => ['available'],
    'is-default': () => ['false'],
  };
}

/** The filters of DescribeSubnets. */
export function subnetFilters(place: Place): FilterTable<Subnet> {
  return {
    'subnet-id': ({ subnetId }) => [subnetId],
    'subnet-arn': ({ subnetId }) => [ec2Arn(place, 'subnet', subnetId)],
    'vpc-id': ({ vpcId }) => [vpcId],
    'cidr-block': ({ cidrBlock }) => [cidrBlock],
    'availability-zone': ({ availabilityZone }) => [availabilityZone],
    'availability-zone-id': ({ availabilityZone }) => [toZoneId(availabilityZone)],
    'available-ip-address-count': ({ availableIpAddressCount }) => [
      String(availableIpAddressCount),
    ],
    'enable-dns64': ({ enableDns64 = false }) => [String(enableDns64)],
    'ipv6-native': () => ['false'],
    'map-customer-owned-ip-on-launch': () => ['false'],
    'customer-owned-ipv4-pool': () => [],
    'enable-lni-at-device-index': () => [],
    'outpost-arn': () => [],
    'private-dns-name-options-on-launch.hostname-type': () => ['ip-name'],
    'private-dns-name-options-on-launch.enable-resource-name-dns-a-record': () => ['false'],
    'private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record': () => ['false'],
    'map-public-ip-on-launch': ({ mapPublicIpOnLaunch }) => [String(mapPublicIpOnLaunch)],
    'ipv6-cidr-block-association.ipv6-cidr-block': ({ ipv6CidrBlock }) => listOf(ipv6CidrBlock),
    'ipv6-cidr-block-association.association-id': (subnet) =>
      whenDual(subnet, toSubnetAssociation(subnet)),
    'ipv6-cidr-block-association.state': (subnet) => whenDual(subnet, 'associated'),
    'owner-id': ({ ownerId = place.accountId }) => [ownerId],
    'default-for-az': () => ['false'],
    state: () => ['available'],
  };
}

/** The filters of DescribeSecurityGroups. */
export function groupFilters({ accountId }: Place): FilterTable<SecurityGroup> {
  return {
    'group-id': ({ groupId }) => [groupId],
    'group-name': ({ groupName }) => [groupName],
    description: ({ description }) => [description],
    'vpc-id': ({ vpcId }) => [vpcId],
    'owner-id': () => [accountId],
  };
}

/** The filters of GetSecurityGroupsForVpc. */
export function groupForVpcFilters(place: Place): FilterTable<SecurityGroup> {
  const { 'vpc-id': primary = () => [], ...others } = groupFilters(place);
  return { ...others, 'primary-vpc-id': primary };
}

function whenDual({ ipv6CidrBlock }: Vpc | Subnet, value: string): readonly string[] {
  return ipv6CidrBlock === undefined ? [] : [value];
}

function listOf<Item>(item: Item | undefined): readonly Item[] {
  return item === undefined ? [] : [item];
}
