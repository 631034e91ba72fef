import type {
  GroupIdentifier,
  NetworkInterfaceAttachment,
  NetworkInterface as NetworkInterfaceView,
} from '@aws-sdk/client-ec2';
import { toAddressAssociation } from './address-operations.ts';
import type { RoutedNetwork } from './network.ts';
import type { NetworkInterface } from './network-interface-records.ts';
import { type Place, toTags, toZoneId } from './views.ts';

/** The other side of an interface belongs to an account of AWS. */
export const INSTANCE_OWNER = 'amazon-aws';

/** A network interface as EC2 describes it: its type as on the wire, whatever the SDK's list of types says. */
export function toInterfaceView(place: Place, network: RoutedNetwork, held: NetworkInterface) {
  const zone = network.subnets.get(held.subnetId)?.availabilityZone ?? '';
  const name = privateNameOf(place.region, network, held);
  const privateName = name === undefined ? {} : { PrivateDnsName: name };
  const association = toAssociation(place, network, held);
  return {
    NetworkInterfaceId: held.networkInterfaceId,
    InterfaceType: held.interfaceType,
    Description: held.description,
    OwnerId: place.accountId,
    RequesterId: held.requesterId,
    RequesterManaged: isManaged(held),
    SubnetId: held.subnetId,
    VpcId: held.vpcId,
    AvailabilityZone: zone,
    AvailabilityZoneId: toZoneId(zone),
    Groups: held.groupIds.map((groupId) => toGroup(network, groupId)),
    Status: held.status,
    ...(held.status === 'in-use' ? { Attachment: toAttachment(held) } : {}),
    PrivateIpAddress: held.privateIp,
    ...privateName,
    PrivateIpAddresses: [
      { Primary: true, PrivateIpAddress: held.privateIp, ...privateName, ...association },
    ],
    ...association,
    Ipv6Addresses: [],
    MacAddress: held.macAddress,
    SourceDestCheck: held.interfaceType !== 'nat_gateway',
    Operator: { Managed: false },
    TagSet: toTags(held.tags ?? {}),
  };
}

/** AWS: in a VPC that gives names, an interface has one after its address. */
export function privateNameOf(
  region: string,
  { vpcs }: RoutedNetwork,
  { vpcId, privateIp }: NetworkInterface,
): string | undefined {
  if (vpcs.get(vpcId)?.hasDnsHostnames !== true) return undefined;
  const domain = region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
  return `ip-${privateIp.replaceAll('.', '-')}.${domain}`;
}

/** AWS: Lambda makes its interfaces as the execution role, so they are no service's own. */
export function isManaged({ interfaceType }: NetworkInterface): boolean {
  return interfaceType !== 'lambda';
}

function toPublicName(region: string, publicIp: string): string {
  const domain = region === 'us-east-1' ? 'compute-1' : `${region}.compute`;
  return `ec2-${publicIp.replaceAll('.', '-')}.${domain}.amazonaws.com`;
}

/** The public address of a NAT gateway's interface. */
export function toAssociation(
  { accountId, region }: Place,
  { natGateways, addresses, vpcs }: RoutedNetwork,
  { networkInterfaceId: id, vpcId }: NetworkInterface,
): Pick<NetworkInterfaceView, 'Association'> {
  const gateway = [...natGateways.values()].find((one) => one.networkInterfaceId === id);
  const address = addresses.get(gateway?.allocationId ?? '');
  if (address === undefined) return {};
  const { allocationId, publicIp } = address;
  return {
    Association: {
      AllocationId: allocationId,
      AssociationId: toAddressAssociation(allocationId),
      IpOwnerId: accountId,
      PublicIp: publicIp,
      ...(vpcs.get(vpcId)?.hasDnsHostnames === true
        ? { PublicDnsName: toPublicName(region, publicIp) }
        : {}),
    },
  };
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
