import type { FilterTable } from './filters.ts';
import type { RouteTable, SecurityGroup, Subnet, Vpc } from './network.ts';
import { associationId, ec2Arn, type Place, toZoneId } from './views.ts';

/** The filters of DescribeVpcs. */
export function vpcFilters({ accountId }: Place): FilterTable<Vpc> {
  return {
    'vpc-id': ({ vpcId }) => [vpcId],
    cidr: ({ cidrBlock }) => [cidrBlock],
    'cidr-block-association.cidr-block': ({ cidrBlock }) => [cidrBlock],
    'owner-id': () => [accountId],
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
    'owner-id': () => [place.accountId],
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

/** The filters of DescribeRouteTables. */
export function routeTableFilters({ accountId }: Place): FilterTable<RouteTable> {
  return {
    'route-table-id': ({ routeTableId }) => [routeTableId],
    'vpc-id': ({ vpcId }) => [vpcId],
    'owner-id': () => [accountId],
    'association.main': ({ isMain, subnetIds }) => [
      ...(isMain ? ['true'] : []),
      ...subnetIds.map(() => 'false'),
    ],
    'association.subnet-id': ({ subnetIds }) => subnetIds,
    'association.route-table-id': ({ routeTableId }) => [routeTableId],
    'association.route-table-association-id': ({ routeTableId, isMain, subnetIds }) => [
      ...(isMain ? [associationId(routeTableId)] : []),
      ...subnetIds.map(associationId),
    ],
    'route.destination-cidr-block': ({ routes }) =>
      routes.map(({ destinationCidrBlock }) => destinationCidrBlock),
    'route.gateway-id': ({ routes }) => routes.flatMap(({ gatewayId }) => gatewayId ?? []),
    'route.nat-gateway-id': ({ routes }) =>
      routes.flatMap(({ natGatewayId }) => natGatewayId ?? []),
    'route.state': ({ routes }) => routes.map(() => 'active'),
  };
}
