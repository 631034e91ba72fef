import type { Attachment } from '../../../functions/core/attachment.ts';
import { reachOf } from '../../../functions/core/egress/nat-reach.ts';
import { findPublicRoutes } from '../../../functions/core/egress/public-routes.ts';
import { findEgress } from '../../../functions/core/egress/route-egress.ts';
import {
  effectiveRouteTable,
  type NetworkFacts,
  type RouteTable,
} from '../../../functions/core/network.ts';
import type { LiveNetwork, LiveRouteTable, LiveSubnet } from './live.ts';

/** Describes where an attachment leads: its subnets, the route tables that rule them, and the endpoints beside. */
export function describeSubnets(
  attachment: Attachment,
  { network, account }: { readonly network: NetworkFacts; readonly account: string },
): Omit<LiveNetwork, 'securityGroups'> {
  const { subnetIds, vpcId = '', ipv6AllowedForDualStack: hasIpv6 } = attachment;
  const tables = subnetIds.flatMap((id) => tableOf(id, network) ?? []);
  return {
    subnets: subnetIds.map((subnetId) => describeSubnet(subnetId, network, account)),
    routeTables: [...new Set(tables)].map((table) => describeTable(table, network, hasIpv6)),
    endpoints: (network.endpoints.get(vpcId) ?? []).map(
      ({ endpointId, serviceName, type, state }) => ({ endpointId, serviceName, type, state }),
    ),
  };
}

function tableOf(subnetId: string, network: NetworkFacts): RouteTable | undefined {
  const subnet = network.subnets.get(subnetId);
  return subnet && effectiveRouteTable(network, subnet);
}

function describeSubnet(subnetId: string, network: NetworkFacts, account: string): LiveSubnet {
  const subnet = network.subnets.get(subnetId);
  if (subnet === undefined) return { subnetId, unseen: 'it was not found' };
  const { zone, freeAddresses, isDualStack, ownerId } = subnet;
  const seen = { subnetId, zone, freeAddresses, isDualStack };
  if (ownerId !== account) {
    return { ...seen, unseen: `it belongs to account ${ownerId}, whose routes are not visible` };
  }
  const table = effectiveRouteTable(network, subnet);
  if (table === undefined) return { ...seen, unseen: 'its route table was not found' };
  return { ...seen, routeTableId: table.routeTableId };
}

function describeTable(table: RouteTable, network: NetworkFacts, hasIpv6: boolean): LiveRouteTable {
  const { routeTableId, isMain, routes } = table;
  const origin = { network, table, hasIpv6 };
  const found = findPublicRoutes(table);
  const families = hasIpv6 ? [found.ipv4, found.ipv6] : [found.ipv4];
  return {
    routeTableId,
    isMain,
    defaultRoutes: families
      .flatMap(({ internet }) => internet)
      .map((route) => ({
        destination: route.destination,
        leadsTo: findEgress(origin, route).target,
      })),
    internet: reachOf(found, hasIpv6, (route) => findEgress(origin, route).reach),
    routes,
  };
}
