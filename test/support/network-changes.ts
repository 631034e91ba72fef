import {
  AssociateSubnetCidrBlockCommand,
  AssociateVpcCidrBlockCommand,
  ReplaceRouteCommand,
  type ReplaceRouteCommandInput,
} from '@aws-sdk/client-ec2';
import { NETWORK } from './deployed-account.ts';
import { type Makers, makeFunction } from './misfits.ts';

const APPROVED_VPC = 'vpc-0a1b2c3d4e5f60001';
const PRIVATE_TABLE = 'rtb-0a1b2c3d4e5f6e002';

/** Creates `dual`, whose subnets are dual-stack; answers the association with which one of them stops to be. */
export async function makeDualStack(makers: Makers): Promise<string> {
  const { ec2, account } = makers;
  const associate = { VpcId: APPROVED_VPC, AmazonProvidedIpv6CidrBlock: true };
  await ec2.send(new AssociateVpcCidrBlockCommand(associate));
  const block = account.network.vpcs.get(APPROVED_VPC)?.ipv6CidrBlock ?? '';
  const associationIds: string[] = [];
  for (const [index, SubnetId] of NETWORK.approved.SubnetIds.entries()) {
    const Ipv6CidrBlock = block.replace('00::/56', `0${index}::/64`);
    const { Ipv6CidrBlockAssociation } = await ec2.send(
      new AssociateSubnetCidrBlockCommand({ SubnetId, Ipv6CidrBlock }),
    );
    associationIds.push(Ipv6CidrBlockAssociation?.AssociationId ?? '');
  }
  await makeFunction(makers, 'dual', {
    VpcConfig: { ...NETWORK.approved, Ipv6AllowedForDualStack: true },
  });
  return associationIds[0] ?? '';
}

/** Leads the default route of the private subnets somewhere else. */
export async function leadPrivateSubnets(
  { ec2 }: Pick<Makers, 'ec2'>,
  target: Pick<ReplaceRouteCommandInput, 'GatewayId' | 'NatGatewayId'>,
): Promise<void> {
  const route = { RouteTableId: PRIVATE_TABLE, DestinationCidrBlock: '0.0.0.0/0' };
  await ec2.send(new ReplaceRouteCommand({ ...route, ...target }));
}
