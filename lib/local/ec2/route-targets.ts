import type { NetworkKind } from './ec2-faults.ts';
import { prefixListOf } from './endpoint-services.ts';
import type { Route, RoutedNetwork, Vpc } from './network.ts';

/** How far a route's target can be used from a VPC. */
export type Reach = 'usable' | 'down' | 'elsewhere' | 'missing';

/** How requests and answers name a target, with what is said where it does not exist. */
export const TARGET_MEMBERS = {
  GatewayId: 'gateway',
  NatGatewayId: 'natTarget',
  NetworkInterfaceId: 'networkInterface',
  VpcPeeringConnectionId: 'peering',
  EgressOnlyInternetGatewayId: 'egressOnlyGateway',
  TransitGatewayId: 'transitGateway',
  InstanceId: 'instance',
} as const satisfies Readonly<Record<string, NetworkKind>>;

/** A member of requests and answers that names a target. */
export type TargetMember = keyof typeof TARGET_MEMBERS;

/** One kind of target, told by the prefix of its id. */
export interface TargetKind {
  readonly prefix: string;
  readonly member: TargetMember;
  readonly words: string;
  /** No request makes such a route: the account makes it, or a test plants it. */
  readonly isPlanted?: true;
  readonly reach: (network: RoutedNetwork, vpcId: string, id: string) => Reach;
}

/** The kinds of targets that a route may have, besides `local`. */
export const TARGET_KINDS: readonly TargetKind[] = [
  {
    member: 'GatewayId',
    prefix: 'igw-',
    words: 'network gateway',
    reach: ({ internetGateways }, vpcId, id) => toReach(vpcId, internetGateways.get(id)),
  },
  {
    member: 'GatewayId',
    prefix: 'vpce-',
    words: 'network gateway',
    isPlanted: true,
    reach: ({ endpoints }, vpcId, id) => toReach(vpcId, endpoints.get(id)),
  },
  {
    member: 'NatGatewayId',
    prefix: 'nat-',
    words: 'NAT gateway',
    reach: ({ natGateways }, vpcId, id) => {
      const gateway = natGateways.get(id);
      const isLeaving = gateway?.state === 'deleting' || gateway?.state === 'failed';
      if (gateway?.state === 'deleted') return 'missing';
      return isLeaving ? 'down' : toReach(vpcId, gateway);
    },
  },
  {
    member: 'EgressOnlyInternetGatewayId',
    prefix: 'eigw-',
    words: 'egress only internet gateway',
    reach: ({ egressOnlyGateways }, vpcId, id) => toReach(vpcId, egressOnlyGateways.get(id)),
  },
  {
    member: 'VpcPeeringConnectionId',
    prefix: 'pcx-',
    words: 'vpc peering connection',
    reach: ({ peerings }, vpcId, id) => {
      const peering = peerings.get(id);
      if (peering === undefined || peering.state === 'deleted') return 'missing';
      const { requester, accepter, state } = peering;
      if (requester.vpcId !== vpcId && accepter.vpcId !== vpcId) return 'elsewhere';
      return state === 'active' ? 'usable' : 'down';
    },
  },
  {
    member: 'TransitGatewayId',
    prefix: 'tgw-',
    words: 'transit gateway',
    reach: ({ transitAttachments }, vpcId, id) => {
      const isAttached = [...transitAttachments.values()].some(
        (one) => one.transitGatewayId === id && one.vpcId === vpcId && one.state === 'available',
      );
      return isAttached ? 'usable' : 'missing';
    },
  },
  // The account has no instances, and no interfaces that anybody may route to.
  {
    member: 'InstanceId',
    prefix: 'i-',
    words: 'instance',
    isPlanted: true,
    reach: () => 'usable',
  },
  {
    member: 'NetworkInterfaceId',
    prefix: 'eni-',
    words: 'interface',
    isPlanted: true,
    reach: () => 'usable',
  },
];

/** The kind of a target, by its id; undefined for `local`. */
export function targetKindOf(target: string): TargetKind | undefined {
  return TARGET_KINDS.find(({ prefix }) => target.startsWith(prefix));
}

/** Tells whether traffic of a route gets anywhere. */
export function isActive(network: RoutedNetwork, vpcId: string, target: string): boolean {
  const kind = targetKindOf(target);
  return kind === undefined || kind.reach(network, vpcId, target) === 'usable';
}

/** The routes that a table of a VPC has from the start. */
export function toLocalRoutes({ cidrBlock, ipv6CidrBlock }: Vpc): readonly Route[] {
  return [cidrBlock, ...(ipv6CidrBlock === undefined ? [] : [ipv6CidrBlock])].map(
    (destination) => ({
      destination,
      target: 'local',
      origin: 'CreateRouteTable',
    }),
  );
}

/** The route that leads to a gateway endpoint. */
export function toEndpointRoute(endpointId: string, serviceName: string): Route {
  return {
    destination: prefixListOf(serviceName),
    target: endpointId,
    origin: 'CreateRoute',
  };
}

function toReach(vpcId: string, found: { readonly vpcId?: string } | undefined): Reach {
  if (found === undefined) return 'missing';
  return found.vpcId === vpcId ? 'usable' : 'elsewhere';
}
