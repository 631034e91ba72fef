import { parseCidr, toDotted } from './cidr.ts';
import { ec2Fault, findById } from './ec2-faults.ts';
import type { RoutedNetwork } from './network.ts';

/** AWS keeps the first addresses of every subnet for itself. */
const FIRST_FREE = 4;

/** Counts addresses of a subnet as taken or, below zero, as given back. */
export function takeAddresses({ subnets }: RoutedNetwork, subnetId: string, count: number): void {
  const subnet = subnets.get(subnetId);
  if (subnet === undefined) return;
  const availableIpAddressCount = subnet.availableIpAddressCount - count;
  subnets.set(subnetId, { ...subnet, availableIpAddressCount });
}

/** The next address of a subnet that no network interface has. */
export function nextPrivateIp(network: RoutedNetwork, subnetId: string): string {
  const { subnets, networkInterfaces } = network;
  const { cidrBlock } = findById(subnets, 'subnet', subnetId);
  const taken = new Set(
    [...networkInterfaces.values()]
      .filter((holder) => holder.subnetId === subnetId)
      .map(({ privateIp }) => privateIp),
  );
  let address = (parseCidr(cidrBlock)?.first ?? 0) + FIRST_FREE;
  while (taken.has(toDotted(address))) address += 1;
  return toDotted(address);
}

/** Refuses subnets that have no address left. */
export function checkFree({ subnets }: RoutedNetwork, subnetIds: readonly string[]): void {
  const isFull = subnetIds.some((id) => (subnets.get(id)?.availableIpAddressCount ?? 0) < 1);
  if (!isFull) return;
  const message =
    'The specified subnet does not have enough free addresses to satisfy the request.';
  throw ec2Fault('InsufficientFreeAddressesInSubnet', message);
}
