import { isService } from '../ec2/endpoint-services.ts';
import { isIpv6, toAddressRange } from '../ec2/ip-ranges.ts';
import type { RoutedNetwork } from '../ec2/network.ts';
import { isPublicAddress, type Path, reachAddress } from './reach-address.ts';
import { listedAddresses, reachByEndpoint, SERVICE_PORT } from './reach-endpoint.ts';
import { type Attached, type Destination, stoppedByGroups } from './reach-groups.ts';

type Destinations = readonly [Destination, ...Destination[]];

/** One address in each half of the internet: routes may lead there by halves. */
const INTERNET: Destinations = [
  { range: '8.8.8.8/32', port: SERVICE_PORT },
  { range: '198.51.100.1/32', port: SERVICE_PORT },
];

/** The same by IPv6, whose internet is 2000::/3. */
const INTERNET_6: Destinations = [
  { range: '2001:4860:4860::8888/128', port: SERVICE_PORT },
  { range: '3fff::1/128', port: SERVICE_PORT },
];

const MAX_PORT = 65_535;

/** An address, with a port where one is meant: `10.0.0.5`, `10.0.0.5:5432`, `2600::1`, `[2600::1]:443`. */
const WITH_PORT = /^(?:\[(.+)\]|([^:]+)):(\d{1,5})$/;

/** What is asked for, and from where. */
export interface ReachQuestion {
  readonly network: RoutedNetwork;
  readonly region: string;
  /** `internet`, `internet6`, an address, or a service's code such as `s3`. */
  readonly target: string;
}

/** What a detached function reaches: everything that is public by IPv4, and no VPC of a customer. */
export function reachDetached({ target }: Pick<ReachQuestion, 'target'>): Path {
  const to = destinationsOf(target)?.[0];
  if (to === undefined && !isService(target)) return notAsked(target);
  if (to !== undefined && isIpv6(to.range)) {
    return { reaches: false, because: 'a detached function sends no IPv6' };
  }
  if (to !== undefined && !isPublicAddress(to.range)) {
    return { reaches: false, because: 'a detached function reaches no VPC of a customer' };
  }
  return { reaches: true, through: ['the VPC of Lambda'] };
}

/** What a function reaches from one of its subnets: its interface there has a private address only. */
export function reachFrom(from: Attached, question: ReachQuestion): Path {
  const { network, region, target } = question;
  const to = destinationsOf(target);
  if (to !== undefined) return sendToAll(network, from, to);
  if (!isService(target)) return notAsked(target);
  const service = { network, region, service: target };
  return reachByEndpoint(from, service) ?? sendToAll(network, from, publicAddresses(service));
}

/** What a target stands for that is no service. */
function destinationsOf(target: string): Destinations | undefined {
  if (target === 'internet') return INTERNET;
  if (target === 'internet6') return INTERNET_6;
  const to = parseAddress(target);
  return to && [to];
}

/** AWS: groups are asked before routes, where traffic leaves the interface. */
function send(network: RoutedNetwork, from: Attached, asked: Destination): Path {
  const to = withListener(network, from, asked);
  if (isIpv6(to.range) && !from.sendsIpv6) {
    return { reaches: false, because: 'the function was attached without Ipv6AllowedForDualStack' };
  }
  const because = stoppedByGroups(network, from, to);
  if (because !== undefined) return { reaches: false, because };
  const origin = { subnet: from.subnet, hasPublicIp: false, through: [] };
  return reachAddress(network, origin, to.range);
}

function sendToAll(network: RoutedNetwork, from: Attached, [first, ...others]: Destinations): Path {
  return others.reduce(
    (path, to) => (path.reaches ? send(network, from, to) : path),
    send(network, from, first),
  );
}

function publicAddresses(service: Parameters<typeof listedAddresses>[0]): Destinations {
  const [listed] = listedAddresses(service);
  if (listed !== undefined) return [{ ...listed, port: SERVICE_PORT }];
  return INTERNET;
}

/** Of all that may listen in the VPC, the account knows the interfaces of endpoints. */
function withListener(
  { networkInterfaces }: RoutedNetwork,
  { subnet }: Attached,
  to: Destination,
): Destination {
  const there = [...networkInterfaces.values()].find(
    ({ interfaceType, vpcId, privateIp }) =>
      interfaceType === 'vpc_endpoint' && vpcId === subnet.vpcId && to.range === `${privateIp}/32`,
  );
  if (there === undefined) return to;
  const { networkInterfaceId: name, groupIds } = there;
  return { ...to, listener: { name, groupIds } };
}

function parseAddress(text: string): Destination | undefined {
  const [, bracketed, plain, digits] = WITH_PORT.exec(text) ?? [];
  const range = toAddressRange(bracketed ?? plain ?? text);
  if (range === undefined) return undefined;
  if (digits === undefined) return { range };
  const port = Number(digits);
  return port < 1 || port > MAX_PORT ? undefined : { range, port };
}

function notAsked(target: string): Path {
  return {
    reaches: false,
    because: `\`${target}\` is no address, no service and not \`internet\``,
  };
}
