/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

/** A VPC. */
export interface Vpc {
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly instanceTenancy: 'default' | 'dedicated';
  readonly name: string;
  /** Tags beside `Name`. */
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
  /** Dual-stack subnets have one. */
  readonly ipv6CidrBlock?: string;
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

/** One route; the local route of a VPC has the gateway `local`. */
export interface Route {
  readonly destinationCidrBlock: string;
  readonly gatewayId?: string;
  readonly natGatewayId?: string;
}

/** A route table. */
export interface RouteTable {
  readonly routeTableId: string;
  readonly vpcId: string;
  readonly name: string;
  /** The table of every subnet that is associated with no other. */
  readonly isMain: boolean;
  readonly subnetIds: readonly string[];
  readonly routes: readonly Route[];
  readonly tags?: Tags;
}

/** The network of the account, as the other services of the account see it. */
export interface Network {
  readonly vpcs: Map<string, Vpc>;
  readonly subnets: Map<string, Subnet>;
  readonly securityGroups: Map<string, SecurityGroup>;
}

/** A network with its route tables. */
export interface RoutedNetwork extends Network {
  readonly routeTables: Map<string, RouteTable>;
}
