import { parseCidr } from '../ec2/cidr.ts';
import { prefixListOf } from '../ec2/endpoint-services.ts';
import type { RoutedNetwork, Subnet } from '../ec2/network.ts';
import { isPublicAddress, type Path, reachAddress, routesOf } from './reach-address.ts';

/** One address in each half of the internet: routes may lead there by halves. */
const INTERNET = [0x0808_0808, 0xc633_6401] as const;

const SERVICE = /^[a-z][a-z0-9.-]*$/;

/** What is asked for, and from where. */
export interface ReachQuestion {
  readonly network: RoutedNetwork;
  readonly region: string;
  /** `internet`, an IPv4 address, or a service's code such as `s3`. */
  readonly target: string;
}

/** What a detached function reaches: everything that is public, and no VPC of a customer. */
export function reachDetached({ target }: Pick<ReachQuestion, 'target'>): Path {
  const address = parseAddress(target);
  if (address === undefined && !SERVICE.test(target)) return notAsked(target);
  if (address !== undefined && !isPublicAddress(address)) {
    return { reaches: false, because: 'a detached function reaches no VPC of a customer' };
  }
  return { reaches: true, through: ['the VPC of Lambda'] };
}

/** What a function reaches from one of its subnets: its interface there has a private address only. */
export function reachFrom(subnet: Subnet, question: ReachQuestion): Path {
  const { network, target } = question;
  const origin = { subnet, hasPublicIp: false, through: [] };
  const address = parseAddress(target);
  if (address !== undefined) return reachAddress(network, origin, address);
  if (!SERVICE.test(target)) return notAsked(target);
  const endpoint = target === 'internet' ? undefined : findEndpoint(subnet, question);
  if (endpoint !== undefined) return { reaches: true, through: [endpoint] };
  const [one, other] = INTERNET;
  const path = reachAddress(network, origin, one);
  return path.reaches ? reachAddress(network, origin, other) : path;
}

/** An endpoint of the VPC that answers under the service's own name, or that the subnet's table leads to. */
function findEndpoint(
  subnet: Subnet,
  { network, region, target }: ReachQuestion,
): string | undefined {
  const serviceName = `com.amazonaws.${region}.${target}`;
  const routed = new Set(
    routesOf(network, subnet)
      .filter(({ destination }) => destination === prefixListOf(serviceName))
      .map((route) => route.target),
  );
  return [...network.endpoints.values()].find(
    ({ endpointId, vpcId, serviceName: offered, state, hasPrivateDns, interfaces }) =>
      vpcId === subnet.vpcId &&
      offered === serviceName &&
      state === 'available' &&
      (routed.has(endpointId) || (hasPrivateDns && Object.keys(interfaces).length > 0)),
  )?.endpointId;
}

function parseAddress(text: string): number | undefined {
  return parseCidr(`${text}/32`)?.first;
}

function notAsked(target: string): Path {
  return { reaches: false, because: `${target} is no IPv4 address, no service and not internet` };
}
