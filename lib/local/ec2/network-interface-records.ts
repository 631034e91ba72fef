import { randomBytes, randomUUID } from 'node:crypto';
import { newId } from './define-change.ts';
import { findById } from './ec2-faults.ts';
import type { RoutedNetwork, Tags } from './network.ts';
import { nextPrivateIp, takeAddresses } from './subnet-addresses.ts';

/** A network interface that a service keeps in one of the account's subnets. */
export interface NetworkInterface {
  readonly networkInterfaceId: string;
  readonly attachmentId: string;
  readonly interfaceType: 'lambda';
  readonly subnetId: string;
  readonly vpcId: string;
  readonly groupIds: readonly string[];
  readonly description: string;
  /** The session that asked for it: a role's id and the session's name. */
  readonly requesterId: string;
  /** `available` once its service has left it and could not delete it. */
  readonly status: 'in-use' | 'available';
  readonly privateIp: string;
  readonly macAddress: string;
  readonly createdMs: number;
  readonly tags?: Tags;
}

/** What a new network interface is for. */
export interface InterfaceRequest {
  readonly subnetId: string;
  readonly groupIds: readonly string[];
  readonly functionName: string;
  readonly requesterId: string;
  readonly nowMs: number;
}

/** Makes a network interface of Lambda's; it takes the next free address of its subnet. */
export function addInterface(network: RoutedNetwork, request: InterfaceRequest): NetworkInterface {
  const { subnetId, groupIds, functionName, requesterId, nowMs } = request;
  const { vpcId } = findById(network.subnets, 'subnet', subnetId);
  const added: NetworkInterface = {
    networkInterfaceId: newId('eni'),
    attachmentId: newId('ela-attach'),
    interfaceType: 'lambda',
    subnetId,
    vpcId,
    groupIds,
    description: `AWS Lambda VPC ENI-${functionName}-${randomUUID()}`,
    requesterId,
    status: 'in-use',
    privateIp: nextPrivateIp(network, subnetId),
    macAddress: newMacAddress(),
    createdMs: nowMs,
  };
  takeAddresses(network, subnetId, 1);
  network.networkInterfaces.set(added.networkInterfaceId, added);
  return added;
}

/** Removes a network interface, and gives its address back. */
export function removeInterface(
  network: RoutedNetwork,
  { networkInterfaceId, subnetId }: NetworkInterface,
): void {
  if (network.networkInterfaces.delete(networkInterfaceId)) takeAddresses(network, subnetId, -1);
}

/** The second digit says that nobody sells cards with this address. */
function newMacAddress(): string {
  const bytes = [...randomBytes(5)].map((byte) => byte.toString(16).padStart(2, '0'));
  return ['0a', ...bytes].join(':');
}
