import type {
  GroupIdentifier,
  NetworkInterfaceAttachment,
  NetworkInterface as NetworkInterfaceView,
} from '@aws-sdk/client-ec2';
import { type FilterTable, tagsOf } from './filters.ts';
import type { RoutedNetwork } from './network.ts';
import type { NetworkInterface } from './network-interface-records.ts';
import { type Place, toTags, toZoneId } from './views.ts';

/** Lambda's side of an interface belongs to an account of AWS. */
const INSTANCE_OWNER = 'amazon-aws';

/** A network interface as EC2 describes it. */
export function toInterfaceView(
  { accountId }: Place,
  network: RoutedNetwork,
  held: NetworkInterface,
): NetworkInterfaceView {
  const zone = network.subnets.get(held.subnetId)?.availabilityZone ?? '';
  return {
    NetworkInterfaceId: held.networkInterfaceId,
    InterfaceType: held.interfaceType,
    Description: held.description,
    OwnerId: accountId,
    RequesterId: held.requesterId,
    RequesterManaged: true,
    SubnetId: held.subnetId,
    VpcId: held.vpcId,
    AvailabilityZone: zone,
    AvailabilityZoneId: toZoneId(zone),
    Groups: held.groupIds.map((groupId) => toGroup(network, groupId)),
    Status: held.status,
    ...(held.status === 'in-use' ? { Attachment: toAttachment(held) } : {}),
    PrivateIpAddress: held.privateIp,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: held.privateIp }],
    Ipv6Addresses: [],
    MacAddress: held.macAddress,
    SourceDestCheck: true,
    TagSet: toTags(tagsOf({ tags: held.tags ?? {} })),
  };
}

/** The filters of DescribeNetworkInterfaces. */
export function interfaceFilters(
  { accountId }: Place,
  network: RoutedNetwork,
): FilterTable<NetworkInterface> {
  const zoneOf = ({ subnetId }: NetworkInterface) =>
    network.subnets.get(subnetId)?.availabilityZone ?? '';
  const nameOf = (groupId: string) => toGroup(network, groupId).GroupName ?? '';
  return {
    'network-interface-id': ({ networkInterfaceId }) => [networkInterfaceId],
    'interface-type': ({ interfaceType }) => [interfaceType],
    'subnet-id': ({ subnetId }) => [subnetId],
    'vpc-id': ({ vpcId }) => [vpcId],
    'availability-zone': (held) => [zoneOf(held)],
    'group-id': ({ groupIds }) => groupIds,
    'group-name': ({ groupIds }) => groupIds.map(nameOf),
    description: ({ description }) => [description],
    status: ({ status }) => [status],
    'requester-id': ({ requesterId }) => [requesterId],
    'requester-managed': () => ['true'],
    'owner-id': () => [accountId],
    'private-ip-address': ({ privateIp }) => [privateIp],
    'addresses.private-ip-address': ({ privateIp }) => [privateIp],
    'mac-address': ({ macAddress }) => [macAddress],
    'attachment.attachment-id': (held) => whenInUse(held, held.attachmentId),
    'attachment.instance-owner-id': (held) => whenInUse(held, INSTANCE_OWNER),
    'attachment.status': (held) => whenInUse(held, 'attached'),
  };
}

function whenInUse({ status }: NetworkInterface, value: string): readonly string[] {
  return status === 'in-use' ? [value] : [];
}

function toGroup({ securityGroups }: RoutedNetwork, groupId: string): GroupIdentifier {
  return { GroupId: groupId, GroupName: securityGroups.get(groupId)?.groupName ?? '' };
}

function toAttachment({ attachmentId, createdMs }: NetworkInterface): NetworkInterfaceAttachment {
  return {
    AttachmentId: attachmentId,
    AttachTime: new Date(createdMs),
    DeleteOnTermination: false,
    DeviceIndex: 1,
    InstanceOwnerId: INSTANCE_OWNER,
    Status: 'attached',
  };
}
