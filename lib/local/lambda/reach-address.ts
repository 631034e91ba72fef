import { holdsRange, isIpv6, prefixLengthOf, rangesOf } from '../ec2/ip-ranges.ts';
import type { Route, RoutedNetwork, Subnet } from '../ec2/network.ts';
import { isActive } from '../ec2/route-targets.ts';

/** How traffic gets somewhere, or why it does not. */
export type Path =
  | { readonly reaches: true; readonly through: readonly string[] }
  | { readonly reaches: false; readonly because: string };

/** Where traffic starts. */
export interface Origin {
  readonly subnet: Subnet;
  /** Functions have none, in public subnets neither; public NAT gateways do. */
  readonly hasPublicIp: boolean;
  /** What the traffic went through already. */
  readonly through: readonly string[];
}

/** From NAT gateway to NAT gateway and round again leads nowhere. */
const MAX_HOPS = 4;

/** What the internet does not route: private, shared, loopback, link-local and multicast ranges. */
const NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
  '::/3',
  '4000::/2',
  '8000::/1',
];

/** Whether an address is one of the internet's. */
export function isPublicAddress(address: string): boolean {
  return !NOT_PUBLIC.some((range) => holdsRange(range, address));
}

/** The routes that rule a subnet: those of its own table, else of its VPC's main one. */
export function routesOf({ routeTables }: RoutedNetwork, subnet: Subnet): readonly Route[] {
  const tables = [...routeTables.values()].filter(({ vpcId }) => vpcId === subnet.vpcId);
  const own = tables.find(({ associations }) =>
    associations.some(({ subnetId }) => subnetId === subnet.subnetId),
  );
  const main = tables.find(({ associations }) =>
    associations.some(({ subnetId }) => subnetId === undefined),
  );
  return (own ?? main)?.routes ?? [];
}

/** Follows traffic from a subnet to a range of one address, by the most specific route of every table on its way. */
export function reachAddress(network: RoutedNetwork, from: Origin, address: string): Path {
  const target = routeFor(network, from.subnet, address)?.target;
  if (target === undefined) return nowhere(`no route of ${from.subnet.subnetId} leads there`);
  if (target === 'local') return crossed(from, 'local');
  if (!isActive(network, from.subnet.vpcId, target)) {
    return nowhere(`the route to ${target} is a blackhole`);
  }
  const follow = FOLLOWED[target.slice(0, target.indexOf('-'))];
  return follow?.({ network, from, address, target }) ?? nowhere(`nobody knows behind ${target}`);
}

interface Followed {
  readonly network: RoutedNetwork;
  readonly from: Origin;
  readonly address: string;
  readonly target: string;
}

/** By the prefix of the target's id. */
const FOLLOWED: Readonly<Record<string, (followed: Followed) => Path>> = {
  eigw: throughEgressOnlyGateway,
  igw: throughInternetGateway,
  nat: throughNatGateway,
  pcx: throughPeering,
  tgw: throughTransitGateway,
};

function throughInternetGateway({ from, address, target }: Followed): Path {
  if (!from.hasPublicIp) return nowhere(`${target} needs a public IP address`);
  return isPublicAddress(address) ? crossed(from, target) : nowhere('the address is not public');
}

function throughEgressOnlyGateway({ from, address, target }: Followed): Path {
  return isPublicAddress(address) ? crossed(from, target) : nowhere('the address is not public');
}

/** AWS: a gateway goes on from its own subnet; only a public one has an address for the internet. */
function throughNatGateway({ network, from, address, target }: Followed): Path {
  const gateway = network.natGateways.get(target);
  const subnet = network.subnets.get(gateway?.subnetId ?? '');
  if (gateway?.state !== 'available' || subnet === undefined) {
    return nowhere(`${target} is not available`);
  }
  const through = [...from.through, target];
  if (through.length > MAX_HOPS) return nowhere('it goes round in circles');
  const hasPublicIp = gateway.connectivityType === 'public';
  return reachAddress(network, { subnet, hasPublicIp, through }, address);
}

/** AWS: a peering leads into the other VPC and no further. */
function throughPeering(followed: Followed): Path {
  const { network, from, address, target } = followed;
  const { requester, accepter } = network.peerings.get(target) ?? {};
  const other = requester?.vpcId === from.subnet.vpcId ? accepter : requester;
  const ranges = rangesOf(other ?? {});
  const isThere = ranges.length === 0 || ranges.some((range) => holdsRange(range, address));
  if (other === undefined || !isThere) {
    return nowhere(`${target} leads no further than into the other VPC`);
  }
  return intoVpc(followed, other.vpcId);
}

function throughTransitGateway(followed: Followed): Path {
  const { network, from, address, target } = followed;
  const attached = [...network.transitAttachments.values()].find(
    ({ transitGatewayId, vpcId, state }) =>
      transitGatewayId === target &&
      vpcId !== from.subnet.vpcId &&
      state === 'available' &&
      rangesOf(network.vpcs.get(vpcId) ?? {}).some((range) => holdsRange(range, address)),
  );
  return attached === undefined
    ? nowhere(`no VPC with this address is attached to ${target}`)
    : intoVpc(followed, attached.vpcId);
}

/** Traffic has to find its way back too; of the VPCs of others that is not known, and taken for granted. */
function intoVpc({ network, from, address, target }: Followed, vpcId: string): Path {
  const vpc = network.vpcs.get(vpcId);
  if (vpc === undefined || vpc.ownerId !== undefined) return crossed(from, target);
  const there = [...network.subnets.values()].find(
    (subnet) =>
      subnet.vpcId === vpcId && rangesOf(subnet).some((range) => holdsRange(range, address)),
  );
  if (there === undefined) return nowhere(`no subnet of ${vpcId} has this address`);
  const { cidrBlock, ipv6CidrBlock = '' } = from.subnet;
  const home = isIpv6(address) ? ipv6CidrBlock : cidrBlock;
  return routeFor(network, there, home)?.target === target
    ? crossed(from, target)
    : nowhere(`no route leads back from ${there.subnetId}`);
}

function routeFor(network: RoutedNetwork, subnet: Subnet, address: string): Route | undefined {
  return routesOf(network, subnet)
    .filter(({ destination }) => holdsRange(destination, address))
    .sort((one, other) => prefixLengthOf(other.destination) - prefixLengthOf(one.destination))[0];
}

function crossed(from: Origin, target: string): Path {
  return { reaches: true, through: [...from.through, target] };
}

function nowhere(because: string): Path {
  return { reaches: false, because };
}
