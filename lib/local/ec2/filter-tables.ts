import type { FilterTable } from './filters.ts';
import type { SecurityGroup, Subnet, Vpc } from './network.ts';
import { ec2Arn, type Place, toZoneId } from './views.ts';

/** The filters of DescribeVpcs. */
export function vpcFilters({ accountId }: Place): FilterTable<Vpc> {
  return {
    'vpc-id': ({ vpcId }) => [vpcId],
    cidr: ({ cidrBlock }) => [cidrBlock],
    'cidr-block-association.cidr-block': ({ cidrBlock }) => [cidrBlock],
    'ipv6-cidr-block-association.ipv6-cidr-block': ({ ipv6CidrBlock }) => listOf(ipv6CidrBlock),
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
    'map-public-ip-on-launch': ({ mapPublicIpOnLaunch }) => [String(mapPublicIpOnLaunch)],
    'ipv6-cidr-block-association.ipv6-cidr-block': ({ ipv6CidrBlock }) => listOf(ipv6CidrBlock),
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

function listOf<Item>(item: Item | undefined): readonly Item[] {
  return item === undefined ? [] : [item];
}
