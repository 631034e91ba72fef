import type { NetworkInterfaceAssociation } from '@aws-sdk/client-ec2';
import type { FilterTable } from './filters.ts';
import type { RoutedNetwork } from './network.ts';
import type { NetworkInterface } from './network-interface-records.ts';
import {
  INSTANCE_OWNER,
  isManaged,
  privateNameOf,
  toAssociation,
} from './network-interface-views.ts';
import { type Place, toZoneId } from './views.ts';

/** The filters of DescribeNetworkInterfaces. */
export function interfaceFilters(
  place: Place,
  network: RoutedNetwork,
): FilterTable<NetworkInterface> {
  const zoneOf = ({ subnetId }: NetworkInterface) =>
    network.subnets.get(subnetId)?.availabilityZone ?? '';
  const nameOf = (groupId: string) => network.securityGroups.get(groupId)?.groupName ?? '';
  return {
    ...ADDRESS_FILTERS,
    ...ATTACHMENT_FILTERS,
    ...associationFilters(place, network),
    'network-interface-id': ({ networkInterfaceId }) => [networkInterfaceId],
    'interface-type': ({ interfaceType }) => [interfaceType],
    'subnet-id': ({ subnetId }) => [subnetId],
    'vpc-id': ({ vpcId }) => [vpcId],
    'availability-zone': (held) => [zoneOf(held)],
    'availability-zone-id': (held) => [toZoneId(zoneOf(held))],
    'group-id': ({ groupIds }) => groupIds,
    'group-name': ({ groupIds }) => groupIds.map(nameOf),
    description: ({ description }) => [description],
    status: ({ status }) => [status],
    'requester-id': ({ requesterId }) => [requesterId],
    'requester-managed': (held) => [String(isManaged(held))],
    'operator.managed': () => ['false'],
    'operator.principal': () => [],
    'owner-id': () => [place.accountId],
    'private-dns-name': (held) => listOf(privateNameOf(place.region, network, held)),
    'source-dest-check': ({ interfaceType }) => [String(interfaceType !== 'nat_gateway')],
  };
}

const ADDRESS_FILTERS: FilterTable<NetworkInterface> = {
  'addresses.primary': () => ['true'],
  'addresses.private-ip-address': ({ privateIp }) => [privateIp],
  'private-ip-address': ({ privateIp }) => [privateIp],
  'ipv6-addresses.ipv6-address': () => [],
  'mac-address': ({ macAddress }) => [macAddress],
};

const ATTACHMENT_FILTERS: FilterTable<NetworkInterface> = {
  'attachment.attach-time': (held) => whenInUse(held, new Date(held.createdMs).toISOString()),
  'attachment.attachment-id': (held) => whenInUse(held, held.attachmentId),
  'attachment.delete-on-termination': (held) => whenInUse(held, 'false'),
  'attachment.device-index': (held) => whenInUse(held, '1'),
  'attachment.instance-id': () => [],
  'attachment.instance-owner-id': (held) => whenInUse(held, INSTANCE_OWNER),
  'attachment.status': (held) => whenInUse(held, 'attached'),
};

function associationFilters(place: Place, network: RoutedNetwork): FilterTable<NetworkInterface> {
  const read =
    (name: keyof NetworkInterfaceAssociation) =>
    (held: NetworkInterface): readonly string[] =>
      listOf(toAssociation(place, network, held).Association?.[name]);
  return {
    'association.allocation-id': read('AllocationId'),
    'association.association-id': read('AssociationId'),
    'association.ip-owner-id': read('IpOwnerId'),
    'association.public-dns-name': read('PublicDnsName'),
    'association.public-ip': read('PublicIp'),
    'addresses.association.owner-id': read('IpOwnerId'),
    'addresses.association.public-ip': read('PublicIp'),
  };
}

function whenInUse({ status }: NetworkInterface, value: string): readonly string[] {
  return status === 'in-use' ? [value] : [];
}

function listOf(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}
