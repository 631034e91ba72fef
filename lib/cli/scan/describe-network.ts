import { findPublicRoutes } from '../../../functions/core/egress/public-routes.ts';
import {
  effectiveRouteTable,
  type NetworkFacts,
  type Route,
  type Subnet,
} from '../../../functions/core/network.ts';
import type {
  ReportedFunction,
  ReportedNetwork,
  ReportedSubnet,
  SubnetEgress,
} from '../report/report.ts';

/** Draws the networks that functions are attached to; none where the network was not read. */
export function describeNetworks(
  functions: readonly ReportedFunction[],
  { network, account }: { readonly network: NetworkFacts | undefined; readonly account: string },
): readonly ReportedNetwork[] {
  if (network === undefined) return [];
  const vpcIds = new Set(functions.flatMap(({ attachment }) => attachment?.vpcId ?? []));
  const used = new Set(functions.flatMap(({ attachment }) => attachment?.subnetIds ?? []));
  return [...vpcIds].toSorted().map((vpcId) => describeNetwork(vpcId, used, { network, account }));
}

interface Seen {
  readonly network: NetworkFacts;
  readonly account: string;
}

function describeNetwork(
  vpcId: string,
  used: ReadonlySet<string>,
  { network, account }: Seen,
): ReportedNetwork {
  const { subnets, vpcs, endpoints } = network;
  const natGateways = [...network.natGateways.values()].filter(
    ({ subnetId }) => subnets.get(subnetId)?.vpcId === vpcId,
  );
  const shown = new Set([...used, ...natGateways.map(({ subnetId }) => subnetId)]);
  return {
    vpcId,
    isDedicated: vpcs.get(vpcId)?.isDedicated === true,
    subnets: [...subnets.values()]
      .filter((subnet) => subnet.vpcId === vpcId && shown.has(subnet.subnetId))
      .toSorted((left, right) => (left.subnetId < right.subnetId ? -1 : 1))
      .map((subnet) => describeSubnet(subnet, { network, account })),
    natGateways,
    endpoints: (endpoints.get(vpcId) ?? []).map(({ endpointId, serviceName, type, state }) => {
      return { endpointId, serviceName, type, state };
    }),
  };
}

function describeSubnet(subnet: Subnet, { network, account }: Seen): ReportedSubnet {
  const { subnetId, zone, freeAddresses, isDualStack } = subnet;
  const table = effectiveRouteTable(network, subnet);
  const routes = table === undefined ? [] : findPublicRoutes(table).ipv4.internet;
  const leading = routes.filter(({ isBlackhole }) => !isBlackhole);
  return {
    subnetId,
    zone,
    freeAddresses,
    isDualStack,
    isShared: subnet.ownerId !== account,
    // AWS: the tables of a VPC that another account shares are its owner's to see.
    egress: table === undefined ? 'unknown' : egressOf(leading),
    targets: [...new Set(leading.map(({ targetId }) => targetId))],
  };
}

/** What tells most of a subnet goes first: an internet gateway makes it a public one. */
function egressOf(routes: readonly Route[]): SubnetEgress {
  const kinds = new Set(routes.map(({ kind }) => kind));
  if (kinds.has('internet-gateway')) return 'internet-gateway';
  if (kinds.has('nat-gateway')) return 'nat';
  return kinds.size === 0 ? 'none' : 'other';
}
