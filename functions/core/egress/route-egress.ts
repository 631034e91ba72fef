import type { NetworkFacts, Route, RouteTable } from '../network.ts';
import { quote } from '../quote.ts';
import { parseBlock } from './address-block.ts';
import { isGatewayEndpoint } from './gateway-endpoint.ts';
import { findNatReach, type Reach } from './nat-reach.ts';

/** How a wish is fulfilled by one route. */
export type Fulfilment = 'compliant' | 'unknown' | 'violation';

/** Where one route leads a function. */
export interface Egress {
  /** Where it has to be a NAT gateway that works. */
  readonly asNat: Fulfilment;
  /** Where it must not lead out. */
  readonly asNone: Fulfilment;
  readonly reach: Reach;
  /** The target, for people, to follow «sends it to». */
  readonly target: string;
}

/** What sends routes, and whether it sends IPv6 at all. */
export interface Origin {
  readonly network: NetworkFacts;
  readonly table: RouteTable;
  /** AWS: without `Ipv6AllowedForDualStack` a function sends none. */
  readonly hasIpv6: boolean;
}

type Answers = Omit<Egress, 'target'>;

const NOWHERE: Answers = { asNat: 'violation', asNone: 'compliant', reach: 'unreached' };
const UNSEEN: Answers = { asNat: 'unknown', asNone: 'violation', reach: 'unseen' };
const NO_NAT_GATEWAY: Answers = { asNat: 'violation', asNone: 'violation', reach: 'unseen' };
const MAYBE: Answers = { asNat: 'violation', asNone: 'unknown', reach: 'unseen' };

const AS_NAT: Readonly<Record<Reach, Fulfilment>> = {
  reached: 'compliant',
  unseen: 'unknown',
  unreached: 'violation',
};

/** States in which a NAT gateway certainly carries nothing. */
const DEAD_STATES = ['failed', 'deleted'];

/**
 * Finds where one route of a table leads a function.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html
 */
export function findEgress(origin: Origin, route: Route): Egress {
  const { network, table } = origin;
  const id = quote(route.targetId);
  if (route.isBlackhole) return { ...NOWHERE, target: `${id}, which is gone` };
  if (isGatewayEndpoint(network, table.vpcId, route)) {
    return { ...NOWHERE, target: `gateway endpoint ${id}, which leads to one service` };
  }
  switch (route.kind) {
    case 'local':
      return { ...NOWHERE, target: 'the VPC itself' };
    case 'internet-gateway':
      return toInternetGateway(origin, route);
    case 'nat-gateway':
      return toNatGateway(network, route.targetId);
    case 'peering':
      return { ...NOWHERE, target: `peering connection ${id}, no way to the internet` };
    case 'egress-only-gateway':
      return { ...NO_NAT_GATEWAY, target: `egress-only internet gateway ${id}` };
    case 'instance':
      return { ...NO_NAT_GATEWAY, target: `instance ${id}, not a NAT gateway` };
    case 'interface':
      return { ...NO_NAT_GATEWAY, target: `network interface ${id}, not a NAT gateway` };
    case 'transit-gateway':
      return { ...UNSEEN, target: `transit gateway ${id}, whose far side is not visible` };
    case 'endpoint':
    case 'other':
      return { ...UNSEEN, target: `${id}, whose far side is not visible` };
  }
}

/** AWS: functions have no public IPv4 address; every IPv6 address is a public one. */
function toInternetGateway({ network, hasIpv6 }: Origin, route: Route): Egress {
  const gateway = `internet gateway ${quote(route.targetId)}`;
  if (!network.attachedInternetGatewayIds.has(route.targetId)) {
    return { ...NOWHERE, target: `${gateway}, which is not attached` };
  }
  if (hasIpv6 && parseBlock(route.destination)?.family !== 'ipv4') {
    return { ...MAYBE, target: `${gateway}, which may let IPv6 through` };
  }
  return { ...NOWHERE, target: `${gateway}, where functions have no public IP` };
}

function toNatGateway(network: NetworkFacts, natGatewayId: string): Egress {
  const name = `NAT gateway ${quote(natGatewayId)}`;
  const gateway = network.natGateways.get(natGatewayId);
  if (gateway === undefined) return { ...UNSEEN, target: `${name}, which was not found` };
  const { state, isPublic } = gateway;
  if (state !== 'available') {
    const asNone = DEAD_STATES.includes(state) ? 'compliant' : 'violation';
    return { ...NOWHERE, asNone, target: `${name}, which is ${quote(state)}` };
  }
  const reach = findNatReach(network, gateway);
  const asNone = reach === 'unreached' ? 'compliant' : 'violation';
  if (!isPublic) return { asNat: 'violation', asNone, reach, target: `${name}, which is private` };
  return { asNat: AS_NAT[reach], asNone, reach, target: `${name}${ONWARD[reach]}` };
}

const ONWARD: Readonly<Record<Reach, string>> = {
  reached: '',
  unseen: ', whose own way to the internet is not visible',
  unreached: ', whose own subnet has no route to an attached internet gateway',
};
