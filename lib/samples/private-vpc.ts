import { Construct } from 'constructs';
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

const DEFAULT_CIDR = '10.40.0.0/16';

/** What {@link PrivateVpc} can be told. */
export type PrivateVpcProps = SampleVpcProps;

/** A VPC for functions that need no internet: the construct of `samples/vpc-private.yaml`. */
export class PrivateVpc extends Construct {
  readonly vpcId: string;
  readonly privateSubnetIds: readonly string[];
  readonly routeTableId: string;
  readonly functionGroupId: string;

  constructor(scope: Construct, id: string, props: PrivateVpcProps = {}) {
    super(scope, id);
    const { cidr = DEFAULT_CIDR, subnetBits } = props;
    const vpc = createVpc(this, cidr);
    const rangeAt = cutRange(cidr, { count: 2, bits: subnetBits });
    const a = createSubnet(this, 'PrivateSubnetA', {
      vpc,
      name: 'private-a',
      cidrBlock: rangeAt(0),
    });
    const b = createSubnet(this, 'PrivateSubnetB', {
      vpc,
      name: 'private-b',
      cidrBlock: rangeAt(1),
    });
    const table = createTable(this, 'RouteTable', { vpc, name: 'private' });
    associate(this, 'RouteTableOfA', { subnet: a, table });
    associate(this, 'RouteTableOfB', { subnet: b, table });
    const group = createFunctionGroup(this, vpc);
    createGatewayEndpoints(this, vpc, [table]);

    this.vpcId = vpc.ref;
    this.privateSubnetIds = [a.ref, b.ref];
    this.routeTableId = table.ref;
    this.functionGroupId = group.attrGroupId;
    exportAs(this, 'VpcId', { name: 'vpc', value: vpc.ref });
    exportAs(this, 'VpcCidr', { name: 'cidr', value: vpc.attrCidrBlock });
    exportAs(this, 'PrivateSubnetAId', { name: 'subnet-a', value: a.ref });
    exportAs(this, 'PrivateSubnetBId', { name: 'subnet-b', value: b.ref });
    exportAs(this, 'RouteTableId', { name: 'route-table', value: table.ref });
    exportAs(this, 'FunctionGroupId', { name: 'vpc-sg', value: group.attrGroupId });
  }
}
