import { prefixListOf, prefixListsOf } from '../ec2/endpoint-services.ts';
import type { Endpoint, RoutedNetwork } from '../ec2/network.ts';
import { type Path, routesOf } from './reach-address.ts';
import { type Attached, type Destination, stoppedByGroups } from './reach-groups.ts';

/** The port of every service of AWS. */
export const SERVICE_PORT = 443;

/** Where a service is looked for. */
export interface ServiceQuestion {
  readonly network: RoutedNetwork;
  readonly region: string;
  /** Such as `s3`. */
  readonly service: string;
}

/** How a service is reached by an endpoint of the VPC; undefined where no endpoint is the way. */
export function reachByEndpoint(from: Attached, question: ServiceQuestion): Path | undefined {
  const { network } = question;
  const endpoint = findEndpoint(from, question);
  if (endpoint === undefined) return undefined;
  const destinations =
    endpoint.type === 'Interface'
      ? listenersOf(network, endpoint)
      : listedAddresses(question).map(({ range, ...listed }) => ({
          ...listed,
          range,
          port: SERVICE_PORT,
        }));
  for (const to of destinations) {
    const because = stoppedByGroups(network, from, to);
    if (because !== undefined) return { reaches: false, because };
  }
  return { reaches: true, through: [endpoint.endpointId] };
}

/** The addresses of a service that AWS keeps in a prefix list; none of any other service. */
export function listedAddresses({
  region,
  service,
}: Pick<ServiceQuestion, 'region' | 'service'>): readonly Destination[] {
  const list = prefixListsOf(region).find(
    ({ PrefixListName }) => PrefixListName === toServiceName(region, service),
  );
  if (list === undefined) return [];
  return list.Cidrs.map((range) => ({ range, prefixListId: list.PrefixListId }));
}

/** An endpoint that the subnet's table leads to, or that answers under the service's own name. */
function findEndpoint(
  { subnet }: Attached,
  { network, region, service }: ServiceQuestion,
): Endpoint | undefined {
  const serviceName = toServiceName(region, service);
  const routed = new Set(
    routesOf(network, subnet)
      .filter(({ destination }) => destination === prefixListOf(serviceName))
      .map(({ target }) => target),
  );
  return [...network.endpoints.values()].find(
    ({ endpointId, vpcId, serviceName: offered, state, hasPrivateDns, interfaces }) =>
      vpcId === subnet.vpcId &&
      offered === serviceName &&
      state === 'available' &&
      (routed.has(endpointId) || (hasPrivateDns && Object.keys(interfaces).length > 0)),
  );
}

/** Every interface of an endpoint: the service's name stands for all of them. */
function listenersOf(
  { networkInterfaces }: RoutedNetwork,
  { endpointId: name, interfaces, groupIds }: Endpoint,
): readonly Destination[] {
  return Object.values(interfaces)
    .flatMap((id) => networkInterfaces.get(id) ?? [])
    .map(({ privateIp }) => ({
      range: `${privateIp}/32`,
      port: SERVICE_PORT,
      listener: { name, groupIds },
    }));
}

function toServiceName(region: string, service: string): string {
  return `com.amazonaws.${region}.${service}`;
}
