import type { Attachment } from './attachment.ts';

/** One VPC. */
export interface Vpc {
  readonly vpcId: string;
  readonly isDedicated: boolean;
}

/** One subnet. */
export interface Subnet {
  readonly subnetId: string;
  readonly vpcId: string;
  /** The account that owns it: another one where the VPC is shared with this account. */
  readonly ownerId: string;
  readonly zone: string;
  readonly freeAddresses: number;
  /** It has an IPv4 and an IPv6 block. */
  readonly isDualStack: boolean;
}

/** One security group. */
export interface SecurityGroup {
  readonly groupId: string;
  readonly groupName: string;
  readonly vpcId: string;
}

/** What a route leads to, by the kind of its id. */
export type RouteTargetKind =
  | 'local'
  | 'internet-gateway'
  | 'egress-only-gateway'
  | 'nat-gateway'
  | 'transit-gateway'
  | 'peering'
  | 'instance'
  | 'interface'
  | 'endpoint'
  | 'other';

/** One route of a route table. */
export interface Route {
  /** An IPv4 or IPv6 block, or the id of a prefix list. */
  readonly destination: string;
  readonly kind: RouteTargetKind;
  readonly targetId: string;
  /** AWS: the target is gone, so traffic is dropped. */
  readonly isBlackhole: boolean;
}

/** One route table. */
export interface RouteTable {
  readonly routeTableId: string;
  readonly vpcId: string;
  /** It rules every subnet of its VPC that has no table of its own. */
  readonly isMain: boolean;
  readonly subnetIds: readonly string[];
  readonly routes: readonly Route[];
}

/** One NAT gateway. */
export interface NatGateway {
  readonly natGatewayId: string;
  readonly subnetId: string;
  readonly isPublic: boolean;
  /** An open set; only `available` carries traffic. */
  readonly state: string;
}

/** One VPC endpoint. */
export interface Endpoint {
  readonly endpointId: string;
  readonly vpcId: string;
  /** Such as `com.amazonaws.us-east-1.s3`. */
  readonly serviceName: string;
  /** An open set; `Gateway` and `Interface` are judged. */
  readonly type: string;
  /** In lower case; only `available` carries traffic. */
  readonly state: string;
  /** Of a gateway endpoint: the tables that lead to it. */
  readonly routeTableIds: readonly string[];
}

/** The subnets and security groups of an attachment that a network does not have. */
export function missingFrom(
  { subnets, securityGroups }: NetworkFacts,
  { subnetIds, securityGroupIds }: Attachment,
): readonly string[] {
  return [
    ...subnetIds.filter((id) => !subnets.has(id)),
    ...securityGroupIds.filter((id) => !securityGroups.has(id)),
  ];
}

/** The VPC that subnets are in; undefined where the network does not have the first of them. */
export function vpcOf(
  { subnets }: NetworkFacts,
  [subnetId = '']: Attachment['subnetIds'],
): string | undefined {
  return subnets.get(subnetId)?.vpcId;
}

/** A network as it is read. */
export interface ListedNetwork {
  readonly vpcs: readonly Vpc[];
  readonly subnets: readonly Subnet[];
  readonly securityGroups: readonly SecurityGroup[];
  readonly routeTables: readonly RouteTable[];
  readonly natGateways: readonly NatGateway[];
  /** Ids of the internet gateways that are attached to a VPC. */
  readonly attachedInternetGatewayIds: readonly string[];
  readonly endpoints: readonly Endpoint[];
}

/** A network as the controls look things up in it. */
export interface NetworkFacts {
  readonly vpcs: ReadonlyMap<string, Vpc>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly securityGroups: ReadonlyMap<string, SecurityGroup>;
  /** By subnet: the table that it is associated with. */
  readonly ownRouteTables: ReadonlyMap<string, RouteTable>;
  /** By VPC. */
  readonly mainRouteTables: ReadonlyMap<string, RouteTable>;
  readonly natGateways: ReadonlyMap<string, NatGateway>;
  readonly attachedInternetGatewayIds: ReadonlySet<string>;
  /** By VPC. */
  readonly endpoints: ReadonlyMap<string, readonly Endpoint[]>;
}

/** The network of a function that is in no VPC. */
export const NOWHERE: NetworkFacts = indexNetwork({
  vpcs: [],
  subnets: [],
  securityGroups: [],
  routeTables: [],
  natGateways: [],
  attachedInternetGatewayIds: [],
  endpoints: [],
});

/** Makes a network quick to look things up in. */
export function indexNetwork(listed: ListedNetwork): NetworkFacts {
  const { routeTables, attachedInternetGatewayIds } = listed;
  return {
    vpcs: new Map(listed.vpcs.map((vpc) => [vpc.vpcId, vpc])),
    subnets: new Map(listed.subnets.map((subnet) => [subnet.subnetId, subnet])),
    securityGroups: new Map(listed.securityGroups.map((group) => [group.groupId, group])),
    ownRouteTables: new Map(
      routeTables.flatMap((table) => table.subnetIds.map((subnetId) => [subnetId, table])),
    ),
    mainRouteTables: new Map(
      routeTables.filter(({ isMain }) => isMain).map((table) => [table.vpcId, table]),
    ),
    natGateways: new Map(listed.natGateways.map((gateway) => [gateway.natGatewayId, gateway])),
    attachedInternetGatewayIds: new Set(attachedInternetGatewayIds),
    endpoints: Map.groupBy(listed.endpoints, ({ vpcId }) => vpcId),
  };
}

/**
 * The route table that rules a subnet: its own, or else the main one of its VPC.
 *
 * Undefined where it cannot be seen: the tables of a shared VPC belong to its owner.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
 */
export function effectiveRouteTable(
  { ownRouteTables, mainRouteTables }: NetworkFacts,
  { subnetId, vpcId }: Subnet,
): RouteTable | undefined {
  return ownRouteTables.get(subnetId) ?? mainRouteTables.get(vpcId);
}
