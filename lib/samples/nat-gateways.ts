import {
  CfnEIP,
  CfnInternetGateway,
  CfnNatGateway,
  CfnRoute,
  type CfnRouteTable,
  type CfnVPC,
  CfnVPCGatewayAttachment,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { associate, createSubnet, createTable } from './vpc-parts.ts';

/** The public side of a VPC, on which NAT gateways can be put. */
export interface PublicSide {
  readonly vpc: CfnVPC;
  readonly attachment: CfnVPCGatewayAttachment;
  readonly table: CfnRouteTable;
  readonly internetRoute: CfnRoute;
}

/** A NAT gateway and the public subnet that it is in. */
export interface ZoneNat {
  readonly natGatewayId: string;
  readonly publicSubnetId: string;
}

/** Creates what leads out of a VPC: an internet gateway and a route table that leads to it. */
export function createPublicSide(scope: Construct, vpc: CfnVPC): PublicSide {
  const gateway = new CfnInternetGateway(scope, 'InternetGateway');
  const attachment = new CfnVPCGatewayAttachment(scope, 'GatewayAttachment', {
    vpcId: vpc.ref,
    internetGatewayId: gateway.ref,
  });
  const table = createTable(scope, 'PublicRouteTable', { vpc, name: 'public' });
  const internetRoute = new CfnRoute(scope, 'InternetRoute', {
    routeTableId: table.ref,
    destinationCidrBlock: '0.0.0.0/0',
    gatewayId: gateway.ref,
  });
  internetRoute.addResourceDependency(attachment);
  return { vpc, attachment, table, internetRoute };
}

/** Creates a public subnet with a NAT gateway, which waits until the subnet leads to the internet. */
export function createZoneNat(
  scope: Construct,
  side: PublicSide,
  { zone, cidrBlock }: { readonly zone: 'A' | 'B'; readonly cidrBlock: string },
): ZoneNat {
  const { vpc, attachment, table, internetRoute } = side;
  const name = `public-${zone.toLowerCase()}`;
  const subnet = createSubnet(scope, `PublicSubnet${zone}`, { vpc, name, cidrBlock });
  const association = associate(scope, `RouteTableOfPublic${zone}`, { subnet, table });
  const address = new CfnEIP(scope, `NatAddress${zone}`, { domain: 'vpc' });
  address.addResourceDependency(attachment);
  const nat = new CfnNatGateway(scope, `NatGateway${zone}`, {
    subnetId: subnet.ref,
    allocationId: address.attrAllocationId,
  });
  nat.addResourceDependency(internetRoute);
  nat.addResourceDependency(association);
  return { natGatewayId: nat.ref, publicSubnetId: subnet.ref };
}
