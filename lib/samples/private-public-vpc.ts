import { CfnRoute, type CfnRouteTable, type CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { createPublicSide, createZoneNat } from './nat-gateways.ts';
import {
  associate,
  createFunctionGroup,
  createGatewayEndpoints,
  createSubnet,
  createTable,
  createVpc,
  cutRange,
  exportAs,
  type SampleVpcProps,
} from './vpc-parts.ts';

const DEFAULT_CIDR = '10.41.0.0/16';

/** What {@link PrivatePublicVpc} can be told. */
export interface PrivatePublicVpcProps extends SampleVpcProps {
  /**
   * One NAT gateway is cheaper; with one per zone, a zone that fails takes nothing but itself.
   *
   * @default 'one'
   */
  readonly natGateways?: 'one' | 'per-zone';
}

/** A VPC for functions that need the internet: the construct of `samples/vpc-privatepublic.yaml`. */
export class PrivatePublicVpc extends Construct {
  readonly vpcId: string;
  readonly publicSubnetIds: readonly string[];
  readonly privateSubnetIds: readonly string[];
  readonly functionGroupId: string;

  constructor(scope: Construct, id: string, props: PrivatePublicVpcProps = {}) {
    super(scope, id);
    const { cidr = DEFAULT_CIDR, subnetBits, natGateways = 'one' } = props;
    const vpc = createVpc(this, cidr);
    const rangeAt = cutRange(cidr, { count: 4, bits: subnetBits });
    const side = createPublicSide(this, vpc);
    const natA = createZoneNat(this, side, { zone: 'A', cidrBlock: rangeAt(0) });
    const natB =
      natGateways === 'per-zone'
        ? createZoneNat(this, side, { zone: 'B', cidrBlock: rangeAt(1) })
        : undefined;
    const { natGatewayId } = natA;
    const a = createPrivateZone(this, vpc, { zone: 'A', cidrBlock: rangeAt(2), natGatewayId });
    const b = createPrivateZone(this, vpc, {
      zone: 'B',
      cidrBlock: rangeAt(3),
      natGatewayId: natB?.natGatewayId ?? natGatewayId,
    });
    const group = createFunctionGroup(this, vpc);
    createGatewayEndpoints(this, vpc, [a.table, b.table]);

    this.vpcId = vpc.ref;
    this.publicSubnetIds = [natA, ...(natB === undefined ? [] : [natB])].map(
      ({ publicSubnetId }) => publicSubnetId,
    );
    this.privateSubnetIds = [a.subnetId, b.subnetId];
    this.functionGroupId = group.attrGroupId;
    exportAs(this, 'VpcId', { name: 'vpc', value: vpc.ref });
    exportAs(this, 'VpcCidr', { name: 'cidr', value: vpc.attrCidrBlock });
    exportAs(this, 'PublicSubnetAId', { name: 'public-subnet-a', value: natA.publicSubnetId });
    exportAs(this, 'PrivateSubnetAId', { name: 'private-subnet-a', value: a.subnetId });
    exportAs(this, 'PrivateSubnetBId', { name: 'private-subnet-b', value: b.subnetId });
    exportAs(this, 'FunctionGroupId', { name: 'vpc-sg', value: group.attrGroupId });
  }
}

/** Creates a private subnet with a route table of its own, which leads to a NAT gateway. */
function createPrivateZone(
  scope: Construct,
  vpc: CfnVPC,
  from: { readonly zone: 'A' | 'B'; readonly cidrBlock: string; readonly natGatewayId: string },
): { readonly subnetId: string; readonly table: CfnRouteTable } {
  const { zone, cidrBlock, natGatewayId } = from;
  const name = `private-${zone.toLowerCase()}`;
  const subnet = createSubnet(scope, `PrivateSubnet${zone}`, { vpc, name, cidrBlock });
  const table = createTable(scope, `PrivateRouteTable${zone}`, { vpc, name });
  associate(scope, `RouteTableOfPrivate${zone}`, { subnet, table });
  new CfnRoute(scope, `NatRoute${zone}`, {
    routeTableId: table.ref,
    destinationCidrBlock: '0.0.0.0/0',
    natGatewayId,
  });
  return { subnetId: subnet.ref, table };
}
