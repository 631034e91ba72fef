import {
  effectiveRouteTable,
  type NatGateway,
  type NetworkFacts,
  type Route,
  type RouteTargetKind,
} from '../network.ts';
import { isGatewayEndpoint } from './gateway-endpoint.ts';
import { findPublicRoutes, type PublicRoutes, routesOf } from './public-routes.ts';

/** Whether something gets to the internet; `unseen` where the far side is not visible. */
export type Reach = 'reached' | 'unseen' | 'unreached';

/** Combines where routes lead: everything has to be reached, and one doubt is enough. */
export function reachOf(
  routes: PublicRoutes,
  hasIpv6: boolean,
  reachBy: (route: Route) => Reach,
): Reach {
  const { ipv4, unseen } = routes;
  if (ipv4.isComplete && ipv4.internet.every((route) => reachBy(route) === 'reached')) {
    return 'reached';
  }
  const all = [...routesOf(routes, hasIpv6), ...unseen];
  const hasDoubt = all.some((route) => reachBy(route) !== 'unreached');
  return hasDoubt ? 'unseen' : 'unreached';
}

/**
 * Tells whether a NAT gateway gets to the internet by the routes of its own subnet, whatever its state.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
 */
export function findNatReach(network: NetworkFacts, gateway: NatGateway): Reach {
  const subnet = network.subnets.get(gateway.subnetId);
  const table = subnet === undefined ? undefined : effectiveRouteTable(network, subnet);
  if (table === undefined) return 'unseen';
  return reachOf(findPublicRoutes(table), false, (route) => {
    if (route.isBlackhole || isGatewayEndpoint(network, table.vpcId, route)) return 'unreached';
    return reachOnward(network, gateway, route);
  });
}

function reachOnward(
  { attachedInternetGatewayIds }: NetworkFacts,
  { natGatewayId, isPublic }: NatGateway,
  { kind, targetId }: Route,
): Reach {
  if (targetId === natGatewayId) return 'unreached';
  if (kind !== 'internet-gateway') return ONWARD[kind];
  return isPublic && attachedInternetGatewayIds.has(targetId) ? 'reached' : 'unreached';
}

const ONWARD: Readonly<Record<Exclude<RouteTargetKind, 'internet-gateway'>, Reach>> = {
  local: 'unreached',
  peering: 'unreached',
  'egress-only-gateway': 'unreached',
  'nat-gateway': 'unseen',
  'transit-gateway': 'unseen',
  instance: 'unseen',
  interface: 'unseen',
  endpoint: 'unseen',
  other: 'unseen',
};
