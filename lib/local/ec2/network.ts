import type { NetworkInterface } from './network-interface-records.ts';
import type { SecurityGroupRule } from './security-group-rules.ts';
import type { TransitAttachment, TransitGateway } from './transit-records.ts';

/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

/** A VPC. */
export interface Vpc {
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly instanceTenancy: 'default' | 'dedicated';
  readonly name: string;
  /** Absent where the VPC is this account's: another account shares it. */
  readonly ownerId?: string;
  /** Provided by Amazon, of prefix length 56. */
  readonly ipv6CidrBlock?: string;
  /** Default: true. */
  readonly hasDnsSupport?: boolean;
  /** Default: false. */
  readonly hasDnsHostnames?: boolean;
  /** Default: false. */
  readonly hasAddressUsageMetrics?: boolean;
  readonly tags?: Tags;
}

/** A subnet. */
export interface Subnet {
  readonly subnetId: string;
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly availabilityZone: string;
  readonly name: string;
  readonly mapPublicIpOnLaunch: boolean;
  readonly availableIpAddressCount: number;
  /** Absent where the subnet is this account's: another account shares it. */
  readonly ownerId?: string;
  /** Dual-stack subnets have one. */
  readonly ipv6CidrBlock?: string;
  readonly assignIpv6AddressOnCreation?: boolean;
  readonly enableDns64?: boolean;
  readonly tags?: Tags;
}

/** A security group. */
export interface SecurityGroup {
  readonly groupId: string;
  readonly groupName: string;
  readonly description: string;
  readonly vpcId: string;
  readonly tags?: Tags;
}

/** One route. */
export interface Route {
  /** An address range in either family, or the id of a prefix list. */
  readonly destination: string;
  /** `local`, or the id of what it leads to. */
  readonly target: string;
  readonly origin: 'CreateRouteTable' | 'CreateRoute';
}

/** What a route table is associated with: a subnet or, as the main one, its VPC. */
export interface RouteTableAssociation {
  readonly associationId: string;
  /** Absent in the main association. */
  readonly subnetId?: string;
}

/** A route table; the main one rules every subnet of its VPC that is associated with no other. */
export interface RouteTable {
  readonly routeTableId: string;
  readonly vpcId: string;
  readonly name: string;
  readonly associations: readonly RouteTableAssociation[];
  readonly routes: readonly Route[];
  readonly tags?: Tags;
}

/** An internet gateway, or one for outgoing IPv6 only. */
export interface InternetGateway {
  readonly gatewayId: string;
  /** Absent where it is attached to no VPC. */
  readonly vpcId?: string;
  readonly name: string;
  readonly tags?: Tags;
}

/** An Elastic IP address. */
export interface Address {
  readonly allocationId: string;
  readonly publicIp: string;
  /** Absent where nothing uses it. */
  readonly natGatewayId?: string;
  readonly name: string;
  readonly tags?: Tags;
}

/** A NAT gateway. */
export interface NatGateway {
  readonly natGatewayId: string;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly connectivityType: 'public' | 'private';
  readonly allocationId?: string;
  readonly state: 'pending' | 'available' | 'deleting' | 'deleted' | 'failed';
  readonly failure?: { readonly code: string; readonly message: string };
  readonly networkInterfaceId: string;
  readonly privateIp: string;
  readonly createdMs: number;
  readonly deletedMs?: number;
  readonly name: string;
  readonly tags?: Tags;
}

/** A VPC endpoint. */
export interface Endpoint {
  readonly endpointId: string;
  readonly vpcId: string;
  readonly type: 'Gateway' | 'Interface';
  /** Such as `com.amazonaws.us-east-1.s3`. */
  readonly serviceName: string;
  readonly state: 'pending' | 'available' | 'deleting';
  readonly policyDocument: string;
  /** Of a gateway endpoint. */
  readonly routeTableIds: readonly string[];
  /** Of an interface endpoint: the ids of its network interfaces, by subnet. */
  readonly interfaces: Readonly<Record<string, string>>;
  readonly groupIds: readonly string[];
  readonly hasPrivateDns: boolean;
  readonly createdMs: number;
  readonly name: string;
  readonly tags?: Tags;
}

/** One end of a peering connection. */
export interface PeeringEnd {
  readonly vpcId: string;
  readonly ownerId: string;
  readonly region: string;
  /** Absent where the VPC is another account's. */
  readonly cidrBlock?: string;
  readonly ipv6CidrBlock?: string;
}

/** A peering connection of two VPCs. */
export interface Peering {
  readonly peeringId: string;
  readonly requester: PeeringEnd;
  readonly accepter: PeeringEnd;
  readonly state: 'pending-acceptance' | 'active' | 'failed' | 'deleted';
  readonly message: string;
  readonly expiresMs: number;
  readonly name: string;
  readonly tags?: Tags;
}

/** The network of the account, as the other services of the account see it. */
export interface Network {
  readonly vpcs: Map<string, Vpc>;
  readonly subnets: Map<string, Subnet>;
  readonly securityGroups: Map<string, SecurityGroup>;
  readonly networkInterfaces: Map<string, NetworkInterface>;
}

/** A network with all that leads out of it. */
export interface RoutedNetwork extends Network {
  readonly securityGroupRules: Map<string, SecurityGroupRule>;
  readonly routeTables: Map<string, RouteTable>;
  readonly internetGateways: Map<string, InternetGateway>;
  readonly egressOnlyGateways: Map<string, InternetGateway>;
  readonly addresses: Map<string, Address>;
  readonly natGateways: Map<string, NatGateway>;
  readonly endpoints: Map<string, Endpoint>;
  readonly peerings: Map<string, Peering>;
  readonly transitGateways: Map<string, TransitGateway>;
  readonly transitAttachments: Map<string, TransitAttachment>;
}
