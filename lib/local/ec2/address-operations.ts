import {
  type Address as AddressView,
  AllocateAddress$,
  type AllocateAddressRequest,
  type AllocateAddressResult,
  DescribeAddresses$,
  type DescribeAddressesRequest,
  type DescribeAddressesResult,
  ReleaseAddress$,
  type ReleaseAddressRequest,
} from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { checkDryRun, defineChange, newId, readTags } from './define-change.ts';
import { ec2Fault, findById, missingParameter, notFound } from './ec2-faults.ts';
import { type FilterTable, matchesFilters, tagsOf } from './filters.ts';
import type { Address, NatGateway, RoutedNetwork } from './network.ts';
import { ec2Arn, toTags } from './views.ts';

/** The operations on Elastic IP addresses. */
export function addressOperations(core: AccountCore, network: RoutedNetwork): readonly Operation[] {
  const { addresses } = network;
  return [
    operation<DescribeAddressesRequest, DescribeAddressesResult>(DescribeAddresses$, {
      needs: () => [{ action: 'ec2:DescribeAddresses', resource: '*' }],
      handle: (input) => {
        checkDryRun(input);
        return { Addresses: selectAddresses(core, network, input) };
      },
    }),
    defineChange<AllocateAddressRequest, AllocateAddressResult>(AllocateAddress$, {
      needs: () => [{ action: 'ec2:AllocateAddress', resource: ec2Arn(core, 'elastic-ip', '*') }],
      handle: ({ TagSpecifications }) => {
        const allocationId = newId('eipalloc');
        const publicIp = nextPublicIp(network);
        addresses.set(allocationId, { allocationId, publicIp, ...readTags(TagSpecifications) });
        return {
          AllocationId: allocationId,
          PublicIp: publicIp,
          Domain: 'vpc',
          PublicIpv4Pool: 'amazon',
          NetworkBorderGroup: core.region,
        };
      },
    }),
    defineChange<ReleaseAddressRequest, void>(ReleaseAddress$, {
      needs: ({ AllocationId = '*' }) => [
        { action: 'ec2:ReleaseAddress', resource: ec2Arn(core, 'elastic-ip', AllocationId) },
      ],
      handle: ({ AllocationId }) => {
        if (AllocationId === undefined) throw missingParameter('allocationId');
        const { publicIp, natGatewayId } = findById(addresses, 'allocation', AllocationId);
        if (natGatewayId !== undefined) {
          throw ec2Fault('InvalidIPAddress.InUse', `Address ${publicIp} is in use.`);
        }
        addresses.delete(AllocationId);
      },
    }),
  ];
}

function selectAddresses(
  core: AccountCore,
  { addresses, natGateways }: RoutedNetwork,
  { AllocationIds = [], PublicIps = [], Filters = [] }: DescribeAddressesRequest,
): AddressView[] {
  const held = [...addresses.values()];
  const unknown = AllocationIds.filter((id) => !addresses.has(id));
  if (unknown.length > 0) throw notFound('allocation', unknown);
  const stranger = PublicIps.find((ip) => !held.some(({ publicIp }) => publicIp === ip));
  if (stranger !== undefined) {
    throw ec2Fault('InvalidAddress.NotFound', `Address '${stranger}' not found.`);
  }
  const isAsked = ({ allocationId, publicIp }: Address) =>
    (AllocationIds.length === 0 || AllocationIds.includes(allocationId)) &&
    (PublicIps.length === 0 || PublicIps.includes(publicIp));
  return held
    .filter(isAsked)
    .filter(matchesFilters(addressFilters(core, natGateways), Filters))
    .map((address) => ({
      AllocationId: address.allocationId,
      PublicIp: address.publicIp,
      Domain: 'vpc',
      PublicIpv4Pool: 'amazon',
      NetworkBorderGroup: core.region,
      ...toUse(core.accountId, address, natGateways.get(address.natGatewayId ?? '')),
      Tags: toTags(tagsOf(address)),
    }));
}

function toUse(ownerId: string, { allocationId }: Address, gateway?: NatGateway): AddressView {
  if (gateway === undefined) return {};
  return {
    AssociationId: toAddressAssociation(allocationId),
    NetworkInterfaceId: gateway.networkInterfaceId,
    NetworkInterfaceOwnerId: ownerId,
    PrivateIpAddress: gateway.privateIp,
    SubnetId: gateway.subnetId,
  };
}

/** The identifier of the association of an address with what uses it. */
export function toAddressAssociation(allocationId: string): string {
  return allocationId.replace('eipalloc-', 'eipassoc-');
}

function addressFilters(
  { accountId, region }: AccountCore,
  natGateways: RoutedNetwork['natGateways'],
): FilterTable<Address> {
  const ofUse =
    (name: Exclude<keyof AddressView, 'Tags'>) =>
    (address: Address): readonly string[] =>
      [toUse(accountId, address, natGateways.get(address.natGatewayId ?? ''))[name] ?? []]
        .flat()
        .map(String);
  return {
    'allocation-id': ({ allocationId }) => [allocationId],
    'public-ip': ({ publicIp }) => [publicIp],
    'network-border-group': () => [region],
    'association-id': ofUse('AssociationId'),
    'instance-id': ofUse('InstanceId'),
    'network-interface-id': ofUse('NetworkInterfaceId'),
    'network-interface-owner-id': ofUse('NetworkInterfaceOwnerId'),
    'private-ip-address': ofUse('PrivateIpAddress'),
  };
}

/** From the ranges that are kept for documentation: they lead nowhere. */
function nextPublicIp({ addresses }: RoutedNetwork): string {
  const taken = new Set([...addresses.values()].map(({ publicIp }) => publicIp));
  const ranges = ['203.0.113', '198.51.100', '192.0.2'];
  const all = ranges.flatMap((range) =>
    Array.from({ length: 254 }, (_, index) => `${range}.${index + 1}`),
  );
  const free = all.find((ip) => !taken.has(ip));
  if (free !== undefined) return free;
  const message = 'The maximum number of addresses has been reached.';
  throw ec2Fault('AddressLimitExceeded', message);
}
