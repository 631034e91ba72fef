import { randomBytes } from 'node:crypto';
import { newId } from './define-change.ts';
import { findById } from './ec2-faults.ts';
import type { RoutedNetwork, Tags } from './network.ts';
import { nextPrivateIp, takeAddresses } from './subnet-addresses.ts';

/** A network interface that a service keeps in one of the account's subnets. */
export interface NetworkInterface {
  readonly networkInterfaceId: string;
  readonly attachmentId: string;
  readonly interfaceType: 'lambda' | 'nat_gateway' | 'vpc_endpoint';
  readonly subnetId: string;
  readonly vpcId: string;
  readonly groupIds: readonly string[];
  readonly description: string;
  /** Who asked for it: a session as role id and name, or an account of AWS's own. */
  readonly requesterId: string;
  /** `available` once its service has left it and could not delete it. */
  readonly status: 'in-use' | 'available';
  readonly privateIp: string;
  readonly macAddress: string;
  readonly createdMs: number;
  readonly tags?: Tags;
}

/** What a new network interface is for. */
export type InterfaceRequest = Pick<
  NetworkInterface,
  'interfaceType' | 'subnetId' | 'groupIds' | 'description' | 'requesterId' | 'createdMs'
>;

/** Makes a network interface; it takes the next free address of its subnet. */
export function addInterface(network: RoutedNetwork, request: InterfaceRequest): NetworkInterface {
  const { subnetId } = request;
  const { vpcId } = findById(network.subnets, 'subnet', subnetId);
  const added = newInterface({
    ...request,
    networkInterfaceId: newId('eni'),
    vpcId,
    privateIp: nextPrivateIp(network, subnetId),
  });
  takeAddresses(network, subnetId, 1);
  network.networkInterfaces.set(added.networkInterfaceId, added);
  return added;
}

/** A network interface in use, as it is from the start. */
export function newInterface(
  given: InterfaceRequest & Pick<NetworkInterface, 'networkInterfaceId' | 'vpcId' | 'privateIp'>,
): NetworkInterface {
  return {
    ...given,
    attachmentId: newId('ela-attach'),
    status: 'in-use',
    macAddress: newMacAddress(),
  };
}

/** Removes a network interface, where it is still there, and gives its address back. */
export function removeInterface(network: RoutedNetwork, id: string): void {
  const held = network.networkInterfaces.get(id);
  if (held === undefined) return;
  network.networkInterfaces.delete(id);
  takeAddresses(network, held.subnetId, -1);
}

/** The second digit says that nobody sells cards with this address. */
function newMacAddress(): string {
  const bytes = [...randomBytes(5)].map((byte) => byte.toString(16).padStart(2, '0'));
  return ['0a', ...bytes].join(':');
}
