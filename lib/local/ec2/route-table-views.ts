import type { RouteTable as RouteTableView, Route as RouteView } from '@aws-sdk/client-ec2';
import { type FilterTable, tagsOf } from './filters.ts';
import type { Route, RoutedNetwork, RouteTable } from './network.ts';
import { isActive, targetKindOf } from './route-targets.ts';
import { type Place, toTags } from './views.ts';

/** A route table as EC2 describes it. */
export function toRouteTableView(
  { accountId }: Place,
  network: RoutedNetwork,
  table: RouteTable,
): RouteTableView {
  return {
    RouteTableId: table.routeTableId,
    VpcId: table.vpcId,
    OwnerId: accountId,
    PropagatingVgws: [],
    Associations: table.associations.map(({ associationId, subnetId }) => ({
      RouteTableAssociationId: associationId,
      RouteTableId: table.routeTableId,
      Main: subnetId === undefined,
      ...(subnetId === undefined ? {} : { SubnetId: subnetId }),
      AssociationState: { State: 'associated' },
    })),
    Routes: table.routes.map((route) => toRouteView(network, table, route)),
    Tags: toTags(tagsOf(table)),
  };
}

/** The filters of DescribeRouteTables. */
export function routeTableFilters(
  { accountId }: Place,
  network: RoutedNetwork,
): FilterTable<RouteTable> {
  const ofRoutes =
    (name: keyof RouteView) =>
    (table: RouteTable): readonly string[] =>
      table.routes.flatMap((route) => toRouteView(network, table, route)[name] ?? []);
  return {
    'route-table-id': ({ routeTableId }) => [routeTableId],
    'vpc-id': ({ vpcId }) => [vpcId],
    'owner-id': () => [accountId],
    'association.main': ({ associations }) =>
      associations.map(({ subnetId }) => String(subnetId === undefined)),
    'association.subnet-id': ({ associations }) =>
      associations.flatMap(({ subnetId }) => subnetId ?? []),
    'association.gateway-id': () => [],
    'association.route-table-id': ({ routeTableId, associations }) =>
      associations.map(() => routeTableId),
    'association.route-table-association-id': ({ associations }) =>
      associations.map(({ associationId }) => associationId),
    'route.destination-cidr-block': ofRoutes('DestinationCidrBlock'),
    'route.destination-ipv6-cidr-block': ofRoutes('DestinationIpv6CidrBlock'),
    'route.destination-prefix-list-id': ofRoutes('DestinationPrefixListId'),
    'route.egress-only-internet-gateway-id': ofRoutes('EgressOnlyInternetGatewayId'),
    'route.gateway-id': ofRoutes('GatewayId'),
    'route.instance-id': ofRoutes('InstanceId'),
    'route.nat-gateway-id': ofRoutes('NatGatewayId'),
    'route.transit-gateway-id': ofRoutes('TransitGatewayId'),
    'route.vpc-peering-connection-id': ofRoutes('VpcPeeringConnectionId'),
    'route.origin': ofRoutes('Origin'),
    'route.state': ofRoutes('State'),
  };
}

function toRouteView(
  network: RoutedNetwork,
  { vpcId }: RouteTable,
  { destination, target, origin }: Route,
): RouteView {
  return {
    [destinationMember(destination)]: destination,
    [targetKindOf(target)?.member ?? 'GatewayId']: target,
    Origin: origin,
    State: isActive(network, vpcId, target) ? 'active' : 'blackhole',
  };
}

function destinationMember(destination: string): keyof RouteView {
  if (destination.startsWith('pl-')) return 'DestinationPrefixListId';
  return destination.includes(':') ? 'DestinationIpv6CidrBlock' : 'DestinationCidrBlock';
}
