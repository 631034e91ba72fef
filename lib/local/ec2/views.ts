import type {
  SecurityGroup as SecurityGroupView,
  Subnet as SubnetView,
  Tag,
  Vpc as VpcView,
} from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import { tagsOf } from './filters.ts';
import { toSubnetIpv6Views, toVpcIpv6Views } from './ipv6-blocks.ts';
import type { SecurityGroup, Subnet, Tags, Vpc } from './network.ts';

/** Where the network is. */
export type Place = Pick<AccountCore, 'accountId' | 'region'>;

/** The set of DHCP options that AWS makes in every region. */
export const DHCP_OPTIONS_ID = 'dopt-0a1b2c3d4e5f6f001';

/** Nobody blocks public access in this account. */
const BLOCK_PUBLIC_ACCESS_STATES = { InternetGatewayBlockMode: 'off' } as const;

/** The ARN of something in EC2. */
export function ec2Arn({ region, accountId }: Place, kind: string, id: string): string {
  return `arn:aws:ec2:${region}:${accountId}:${kind}/${id}`;
}

/** A VPC as EC2 describes it. */
export function toVpcView({ accountId, region }: Place, vpc: Vpc): VpcView {
  return {
    VpcId: vpc.vpcId,
    OwnerId: vpc.ownerId ?? accountId,
    CidrBlock: vpc.cidrBlock,
    CidrBlockAssociationSet: [
      {
        AssociationId: toCidrAssociation(vpc),
        CidrBlock: vpc.cidrBlock,
        CidrBlockState: { State: 'associated' },
      },
    ],
    Ipv6CidrBlockAssociationSet: toVpcIpv6Views(region, vpc),
    DhcpOptionsId: DHCP_OPTIONS_ID,
    InstanceTenancy: vpc.instanceTenancy,
    IsDefault: false,
    BlockPublicAccessStates: BLOCK_PUBLIC_ACCESS_STATES,
    State: 'available',
    Tags: toTags(tagsOf(vpc)),
  };
}

/** The identifier of the association of a VPC with its IPv4 block. */
export function toCidrAssociation({ vpcId }: Vpc): string {
  return vpcId.replace('vpc-', 'vpc-cidr-assoc-');
}

/** A subnet as EC2 describes it. */
export function toSubnetView(place: Place, subnet: Subnet): SubnetView {
  const { ownerId = place.accountId } = subnet;
  return {
    SubnetId: subnet.subnetId,
    SubnetArn: ec2Arn({ ...place, accountId: ownerId }, 'subnet', subnet.subnetId),
    OwnerId: ownerId,
    VpcId: subnet.vpcId,
    CidrBlock: subnet.cidrBlock,
    AvailabilityZone: subnet.availabilityZone,
    AvailabilityZoneId: toZoneId(subnet.availabilityZone),
    AvailableIpAddressCount: subnet.availableIpAddressCount,
    MapPublicIpOnLaunch: subnet.mapPublicIpOnLaunch,
    MapCustomerOwnedIpOnLaunch: false,
    AssignIpv6AddressOnCreation: subnet.assignIpv6AddressOnCreation ?? false,
    EnableDns64: subnet.enableDns64 ?? false,
    DefaultForAz: false,
    Ipv6Native: false,
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: 'ip-name',
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
    BlockPublicAccessStates: BLOCK_PUBLIC_ACCESS_STATES,
    State: 'available',
    Ipv6CidrBlockAssociationSet: toSubnetIpv6Views(subnet),
    Tags: toTags(tagsOf(subnet)),
  };
}

/** A security group as EC2 describes it, its rules left out. */
export function toGroupView(place: Place, group: SecurityGroup): SecurityGroupView {
  return {
    GroupId: group.groupId,
    GroupName: group.groupName,
    Description: group.description,
    VpcId: group.vpcId,
    OwnerId: place.accountId,
    SecurityGroupArn: ec2Arn(place, 'security-group', group.groupId),
    Tags: toTags(tagsOf({ tags: group.tags ?? {} })),
  };
}

/** `us-east-1a` is the zone `use1-az1` in this account. */
export function toZoneId(zone: string): string {
  const [area = '', ...parts] = zone.slice(0, -1).split('-');
  const short = parts.map((part) => part.charAt(0)).join('');
  return `${area}${short}-az${zone.charCodeAt(zone.length - 1) - 96}`;
}

/** Tags in EC2's spelling. */
export function toTags(tags: Tags): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
