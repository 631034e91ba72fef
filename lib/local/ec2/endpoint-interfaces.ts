import type { AccountCore } from '../account-core.ts';
import { ec2Fault, findById } from './ec2-faults.ts';
import type { Endpoint, RoutedNetwork } from './network.ts';
import { addInterface, removeInterface } from './network-interface-records.ts';
import { checkFree } from './subnet-addresses.ts';

/** AWS: an account of the service's own asks for its interfaces. */
const REQUESTER_ID = '727180483921';

/** Which network interfaces an endpoint gets. */
interface InterfacesOf extends Pick<Endpoint, 'endpointId' | 'groupIds'> {
  readonly subnetIds: readonly string[];
}

/** Refuses subnets that an interface endpoint cannot be in: unknown, of another VPC, or two in one zone. */
export function checkSubnets(
  { subnets }: RoutedNetwork,
  vpcId: string,
  subnetIds: readonly string[],
): void {
  const zones = new Set<string>();
  for (const id of subnetIds) {
    const subnet = findById(subnets, 'subnet', id);
    if (subnet.vpcId !== vpcId) {
      const message = `Subnet ${id} belongs to a different network than ${vpcId}.`;
      throw ec2Fault('InvalidParameter', message);
    }
    if (zones.has(subnet.availabilityZone)) {
      const message = `Found another VPC endpoint subnet in the availability zone of ${id}.`;
      throw ec2Fault('DuplicateSubnetsInSameZone', message);
    }
    zones.add(subnet.availabilityZone);
  }
}

/** The groups of an interface endpoint: those that are asked for, else its VPC's default one. */
export function readGroups(
  { securityGroups }: RoutedNetwork,
  vpcId: string,
  asked: readonly string[] = [],
): readonly string[] {
  for (const id of asked) {
    if (findById(securityGroups, 'group', id).vpcId === vpcId) continue;
    const message = `Security group ${id} belongs to a different network than ${vpcId}.`;
    throw ec2Fault('InvalidParameter', message);
  }
  if (asked.length > 0) return asked;
  return [...securityGroups.values()]
    .filter((group) => group.vpcId === vpcId && group.groupName === 'default')
    .map(({ groupId }) => groupId);
}

/** AWS: one endpoint of a VPC has a service's private name. */
export function checkPrivateDns(
  { endpoints }: RoutedNetwork,
  { vpcId, serviceName }: Pick<Endpoint, 'vpcId' | 'serviceName'>,
): void {
  const isTaken = [...endpoints.values()].some(
    (other) => other.vpcId === vpcId && other.serviceName === serviceName && other.hasPrivateDns,
  );
  if (!isTaken) return;
  const [service = '', region = ''] = serviceName.split('.').reverse();
  const message = `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${service}.${region}.amazonaws.com in the VPC ${vpcId}`;
  throw ec2Fault('InvalidParameter', message);
}

/** Makes a network interface in each subnet, and answers their ids by subnet. */
export function openInterfaces(
  { clock }: AccountCore,
  network: RoutedNetwork,
  { endpointId, groupIds, subnetIds }: InterfacesOf,
): Endpoint['interfaces'] {
  const request = {
    interfaceType: 'vpc_endpoint',
    groupIds,
    description: `VPC Endpoint Interface ${endpointId}`,
    requesterId: REQUESTER_ID,
    createdMs: clock.nowMs(),
  } as const;
  checkFree(network, subnetIds);
  return Object.fromEntries(
    subnetIds.map((subnetId) => {
      const { networkInterfaceId } = addInterface(network, { ...request, subnetId });
      return [subnetId, networkInterfaceId];
    }),
  );
}

/** Removes the network interfaces of an endpoint. */
export function closeInterfaces(network: RoutedNetwork, interfaces: Endpoint['interfaces']): void {
  for (const id of Object.values(interfaces)) removeInterface(network, id);
}

/** Gives the network interfaces of an endpoint other groups. */
export function regroupInterfaces(
  { networkInterfaces }: RoutedNetwork,
  interfaces: Endpoint['interfaces'],
  groupIds: readonly string[],
): void {
  for (const id of Object.values(interfaces)) {
    const held = networkInterfaces.get(id);
    if (held !== undefined) networkInterfaces.set(id, { ...held, groupIds });
  }
}
