import { Aws, CfnOutput, type CfnTag, Fn, Stack } from 'aws-cdk-lib';
import {
  CfnRouteTable,
  CfnSecurityGroup,
  CfnSubnet,
  CfnSubnetRouteTableAssociation,
  CfnVPC,
  CfnVPCEndpoint,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

/** What both sample VPCs can be told. */
export interface SampleVpcProps {
  /**
   * The address range, of its own so that the VPC can be peered with others.
   *
   * @default - each sample has one
   */
  readonly cidr?: string;
  /**
   * Address bits of each subnet; 8 makes a /24 with 251 addresses to use.
   *
   * @default 8
   */
  readonly subnetBits?: number;
}

/** Where a subnet is. */
export interface SubnetPlace {
  readonly vpc: CfnVPC;
  /** Such as `private-a`; it is in the first zone where it ends in `a`, else in the second. */
  readonly name: string;
  readonly cidrBlock: string;
}

/** Creates a VPC in which AWS resolves names and gives some. */
export function createVpc(scope: Construct, cidrBlock: string): CfnVPC {
  return new CfnVPC(scope, 'Vpc', {
    cidrBlock,
    enableDnsSupport: true,
    enableDnsHostnames: true,
    tags: [nameTag()],
  });
}

/** Cuts the range of a VPC into ranges of subnets. */
export function cutRange(
  cidr: string,
  { count, bits = 8 }: { readonly count: number; readonly bits?: number | undefined },
): (index: number) => string {
  const ranges = Fn.cidr(cidr, count, String(bits));
  return (index) => Fn.select(index, ranges);
}

/** Creates a subnet; nothing in it gets a public address by itself. */
export function createSubnet(
  scope: Construct,
  id: string,
  { vpc, name, cidrBlock }: SubnetPlace,
): CfnSubnet {
  return new CfnSubnet(scope, id, {
    vpcId: vpc.ref,
    cidrBlock,
    availabilityZone: Fn.select(name.endsWith('a') ? 0 : 1, Fn.getAzs()),
    tags: [nameTag(name)],
  });
}

/** Creates a route table. */
export function createTable(
  scope: Construct,
  id: string,
  { vpc, name }: Pick<SubnetPlace, 'vpc' | 'name'>,
): CfnRouteTable {
  return new CfnRouteTable(scope, id, { vpcId: vpc.ref, tags: [nameTag(name)] });
}

/** Lets a route table rule a subnet. */
export function associate(
  scope: Construct,
  id: string,
  { subnet, table }: { readonly subnet: CfnSubnet; readonly table: CfnRouteTable },
): CfnSubnetRouteTableAssociation {
  return new CfnSubnetRouteTableAssociation(scope, id, {
    subnetId: subnet.ref,
    routeTableId: table.ref,
  });
}

/** Creates the group of functions, so that none of them has the VPC's default group. */
export function createFunctionGroup(scope: Construct, vpc: CfnVPC): CfnSecurityGroup {
  return new CfnSecurityGroup(scope, 'FunctionGroup', {
    vpcId: vpc.ref,
    groupDescription: 'Functions of this VPC; nothing connects to a function, so nothing comes in',
  });
}

/** Creates the gateway endpoints of S3 and DynamoDB, for the account's own principals and data. */
export function createGatewayEndpoints(
  scope: Construct,
  vpc: CfnVPC,
  tables: readonly CfnRouteTable[],
): void {
  const services = { S3: ['s3', 'Buckets'], DynamoDb: ['dynamodb', 'Tables'] } as const;
  for (const [id, [service, what]] of Object.entries(services)) {
    new CfnVPCEndpoint(scope, `${id}Endpoint`, {
      vpcId: vpc.ref,
      serviceName: `com.amazonaws.${Stack.of(scope).region}.${service}`,
      routeTableIds: tables.map(({ ref }) => ref),
      policyDocument: ownAccountOnly(service, what),
    });
  }
}

/** Exports a value under the name of its stack and one of its own. */
export function exportAs(
  scope: Construct,
  id: string,
  { name, value }: { readonly name: string; readonly value: string },
): void {
  new CfnOutput(scope, id, { value, exportName: `${Aws.STACK_NAME}-${name}` });
}

function ownAccountOnly(service: string, what: string): object {
  const ofAccount = {
    'aws:PrincipalAccount': Aws.ACCOUNT_ID,
    'aws:ResourceAccount': Aws.ACCOUNT_ID,
  };
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: `OwnPrincipalsOnOwn${what}`,
        Effect: 'Allow',
        Principal: '*',
        Action: `${service}:*`,
        Resource: '*',
        Condition: { StringEquals: ofAccount },
      },
    ],
  };
}

function nameTag(name?: string): CfnTag {
  return {
    key: 'Name',
    value: name === undefined ? Aws.STACK_NAME : `${Aws.STACK_NAME}-${name}`,
  };
}
