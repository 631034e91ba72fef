import {
  AssociateSubnetCidrBlock$,
  type AssociateSubnetCidrBlockRequest,
  type AssociateSubnetCidrBlockResult,
  AssociateVpcCidrBlock$,
  type AssociateVpcCidrBlockRequest,
  type AssociateVpcCidrBlockResult,
  DisassociateSubnetCidrBlock$,
  type DisassociateSubnetCidrBlockRequest,
  type DisassociateSubnetCidrBlockResult,
  DisassociateVpcCidrBlock$,
  type DisassociateVpcCidrBlockRequest,
  type DisassociateVpcCidrBlockResult,
  type SubnetIpv6CidrBlockAssociation,
  type VpcIpv6CidrBlockAssociation,
} from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { defineChange } from './define-change.ts';
import { ec2Fault, findById, missingParameter } from './ec2-faults.ts';
import {
  newVpcBlock,
  readSubnetBlock,
  toSubnetAssociation,
  toSubnetIpv6Views,
  toVpcAssociation,
  toVpcIpv6Views,
} from './ipv6-blocks.ts';
import type { RoutedNetwork, Subnet, Vpc } from './network.ts';
import { findOwnSubnet, findOwnVpc } from './ownership.ts';
import { ec2Arn } from './views.ts';

type VpcInput = Given<AssociateVpcCidrBlockRequest, 'VpcId'>;
type SubnetInput = Given<AssociateSubnetCidrBlockRequest, 'SubnetId'>;
type DisassociateVpcInput = Given<DisassociateVpcCidrBlockRequest, 'AssociationId'>;
type DisassociateInput = Given<DisassociateSubnetCidrBlockRequest, 'AssociationId'>;

/** The operations that give IPv6 blocks to VPCs and subnets, and take them away. */
export function ipv6Operations(core: AccountCore, network: RoutedNetwork): readonly Operation[] {
  return [
    defineChange<VpcInput, AssociateVpcCidrBlockResult>(AssociateVpcCidrBlock$, {
      needs: ({ VpcId }) => [
        { action: 'ec2:AssociateVpcCidrBlock', resource: ec2Arn(core, 'vpc', VpcId) },
      ],
      handle: (input) => ({
        VpcId: input.VpcId,
        Ipv6CidrBlockAssociation: associateVpc(core, network, input),
      }),
    }),
    defineChange<SubnetInput, AssociateSubnetCidrBlockResult>(AssociateSubnetCidrBlock$, {
      needs: ({ SubnetId }) => [
        { action: 'ec2:AssociateSubnetCidrBlock', resource: ec2Arn(core, 'subnet', SubnetId) },
      ],
      handle: (input) => ({
        SubnetId: input.SubnetId,
        Ipv6CidrBlockAssociation: associateSubnet(network, input),
      }),
    }),
    defineChange<DisassociateInput, DisassociateSubnetCidrBlockResult>(
      DisassociateSubnetCidrBlock$,
      {
        needs: ({ AssociationId }) => {
          const { subnetId = '*' } = findAssociated(network, AssociationId) ?? {};
          const resource = ec2Arn(core, 'subnet', subnetId);
          return [{ action: 'ec2:DisassociateSubnetCidrBlock', resource }];
        },
        handle: ({ AssociationId }) => disassociateSubnet(network, AssociationId),
      },
    ),
    defineChange<DisassociateVpcInput, DisassociateVpcCidrBlockResult>(DisassociateVpcCidrBlock$, {
      needs: ({ AssociationId }) => {
        const { vpcId = '*' } = findAssociatedVpc(network, AssociationId) ?? {};
        const resource = ec2Arn(core, 'vpc', vpcId);
        return [{ action: 'ec2:DisassociateVpcCidrBlock', resource }];
      },
      handle: ({ AssociationId }) => disassociateVpc(core, network, AssociationId),
    }),
  ];
}

function associateVpc(
  { region }: AccountCore,
  network: RoutedNetwork,
  input: VpcInput,
): VpcIpv6CidrBlockAssociation {
  const vpc = findOwnVpc(network, input.VpcId);
  if (input.AmazonProvidedIpv6CidrBlock !== true) {
    const message = 'The functionality you requested is not available in this region.';
    throw ec2Fault('UnsupportedOperation', message);
  }
  if (vpc.ipv6CidrBlock !== undefined) {
    const message = `The vpc '${vpc.vpcId}' already has an IPv6 CIDR block`;
    throw ec2Fault('InvalidVpc.Conflict', message);
  }
  const dual = { ...vpc, ipv6CidrBlock: newVpcBlock() };
  network.vpcs.set(vpc.vpcId, dual);
  addLocalRoutes(network, vpc.vpcId, dual.ipv6CidrBlock);
  const [view = {}] = toVpcIpv6Views(region, dual);
  return { ...view, Ipv6CidrBlockState: { State: 'associating' } };
}

function addLocalRoutes({ routeTables }: RoutedNetwork, vpcId: string, destination: string): void {
  for (const [id, table] of routeTables) {
    if (table.vpcId !== vpcId) continue;
    const route = { destination, target: 'local', origin: 'CreateRouteTable' } as const;
    routeTables.set(id, { ...table, routes: [...table.routes, route] });
  }
}

function associateSubnet(
  network: RoutedNetwork,
  { SubnetId, Ipv6CidrBlock }: SubnetInput,
): SubnetIpv6CidrBlockAssociation {
  const subnet = findOwnSubnet(network, SubnetId);
  if (Ipv6CidrBlock === undefined) throw missingParameter('ipv6CidrBlock');
  if (subnet.ipv6CidrBlock !== undefined) {
    const message = `The subnet '${SubnetId}' already has an IPv6 CIDR block`;
    throw ec2Fault('InvalidSubnet.Conflict', message);
  }
  const vpc = findById(network.vpcs, 'vpc', subnet.vpcId);
  const ipv6CidrBlock = readSubnetBlock(network, vpc, Ipv6CidrBlock);
  const dual = { ...subnet, ipv6CidrBlock };
  network.subnets.set(SubnetId, dual);
  const [view = {}] = toSubnetIpv6Views(dual);
  return { ...view, Ipv6CidrBlockState: { State: 'associating' } };
}

function disassociateSubnet(
  network: RoutedNetwork,
  associationId: string,
): DisassociateSubnetCidrBlockResult {
  const subnet = findAssociated(network, associationId);
  if (subnet === undefined) {
    const message = `The subnet CIDR block with association ID ${associationId} does not exist`;
    throw ec2Fault('InvalidSubnetCidrBlockAssociationID.NotFound', message);
  }
  const [view = {}] = toSubnetIpv6Views(subnet);
  const { ipv6CidrBlock: _taken, ...single } = subnet;
  network.subnets.set(subnet.subnetId, single);
  return {
    SubnetId: subnet.subnetId,
    Ipv6CidrBlockAssociation: { ...view, Ipv6CidrBlockState: { State: 'disassociating' } },
  };
}

/** AWS: a block stays as long as subnets of the VPC have a part of it. */
function disassociateVpc(
  { region }: AccountCore,
  network: RoutedNetwork,
  associationId: string,
): DisassociateVpcCidrBlockResult {
  const vpc = findAssociatedVpc(network, associationId);
  if (vpc === undefined) {
    const message = `The VPC CIDR block association ID ${associationId} does not exist`;
    throw ec2Fault('InvalidVpcCidrBlockAssociationID.NotFound', message);
  }
  const { ipv6CidrBlock = '', ...single } = vpc;
  const isUsed = [...network.subnets.values()].some(
    (subnet) => subnet.vpcId === vpc.vpcId && subnet.ipv6CidrBlock !== undefined,
  );
  if (isUsed) {
    const message = `The vpc ${vpc.vpcId} currently has a subnet within CIDR block ${ipv6CidrBlock}`;
    throw ec2Fault('InvalidCidrBlock.InUse', message);
  }
  const [view = {}] = toVpcIpv6Views(region, vpc);
  network.vpcs.set(vpc.vpcId, single);
  removeLocalRoutes(network, vpc.vpcId, ipv6CidrBlock);
  return {
    VpcId: vpc.vpcId,
    Ipv6CidrBlockAssociation: { ...view, Ipv6CidrBlockState: { State: 'disassociating' } },
  };
}

function removeLocalRoutes(
  { routeTables }: RoutedNetwork,
  vpcId: string,
  destination: string,
): void {
  for (const [id, table] of routeTables) {
    if (table.vpcId !== vpcId) continue;
    const routes = table.routes.filter((route) => route.destination !== destination);
    routeTables.set(id, { ...table, routes });
  }
}

function findAssociatedVpc({ vpcs }: RoutedNetwork, associationId: string): Vpc | undefined {
  return [...vpcs.values()].find(
    (vpc) => vpc.ipv6CidrBlock !== undefined && toVpcAssociation(vpc) === associationId,
  );
}

function findAssociated({ subnets }: RoutedNetwork, associationId: string): Subnet | undefined {
  return [...subnets.values()].find(
    (subnet) => subnet.ipv6CidrBlock !== undefined && toSubnetAssociation(subnet) === associationId,
  );
}
