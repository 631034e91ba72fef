import {
  CreateVpc$,
  type CreateVpcRequest,
  type CreateVpcResult,
  DeleteVpc$,
  type DeleteVpcRequest,
} from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { parseCidr } from './cidr.ts';
import { defineChange, newId, readTags } from './define-change.ts';
import { ec2Fault, findById } from './ec2-faults.ts';
import type { RoutedNetwork, Vpc } from './network.ts';
import { ec2Arn, toVpcView } from './views.ts';

/** The operations that make and remove VPCs. */
export function vpcOperations(core: AccountCore, network: RoutedNetwork): readonly Operation[] {
  return [
    defineChange<CreateVpcRequest, CreateVpcResult>(CreateVpc$, {
      needs: () => [{ action: 'ec2:CreateVpc', resource: ec2Arn(core, 'vpc', '*') }],
      handle: (input) => ({ Vpc: toVpcView(core, createVpc(network, input)) }),
    }),
    defineChange<Given<DeleteVpcRequest, 'VpcId'>, void>(DeleteVpc$, {
      needs: ({ VpcId }) => [{ action: 'ec2:DeleteVpc', resource: ec2Arn(core, 'vpc', VpcId) }],
      handle: ({ VpcId }) => deleteVpc(network, VpcId),
    }),
  ];
}

/** AWS: a VPC comes with a default security group and a main route table. */
function createVpc(network: RoutedNetwork, input: CreateVpcRequest): Vpc {
  const { CidrBlock, InstanceTenancy, TagSpecifications } = input;
  if (CidrBlock === undefined) {
    throw ec2Fault('MissingParameter', 'The request must contain the parameter cidrBlock');
  }
  const cidr = parseCidr(CidrBlock);
  if (cidr === undefined || cidr.prefixLength < 16 || cidr.prefixLength > 28) {
    throw ec2Fault('InvalidVpc.Range', `The CIDR '${CidrBlock}' is invalid.`);
  }
  const vpc: Vpc = {
    vpcId: newId('vpc'),
    cidrBlock: cidr.text,
    instanceTenancy: InstanceTenancy === 'dedicated' ? 'dedicated' : 'default',
    ...readTags(TagSpecifications),
  };
  const { vpcId } = vpc;
  const [groupId, routeTableId] = [newId('sg'), newId('rtb')];
  network.vpcs.set(vpcId, vpc);
  network.securityGroups.set(groupId, {
    groupId,
    vpcId,
    groupName: 'default',
    description: 'default VPC security group',
  });
  network.routeTables.set(routeTableId, {
    routeTableId,
    vpcId,
    name: '',
    isMain: true,
    subnetIds: [],
    routes: [{ destinationCidrBlock: cidr.text, gatewayId: 'local' }],
  });
  return vpc;
}

function deleteVpc(network: RoutedNetwork, vpcId: string): void {
  findById(network.vpcs, 'vpc', vpcId);
  const isIn = (item: { readonly vpcId: string }) => item.vpcId === vpcId;
  const groups = [...network.securityGroups.values()].filter(isIn);
  const tables = [...network.routeTables.values()].filter(isIn);
  const hasDependencies =
    [...network.subnets.values()].some(isIn) ||
    groups.some(({ groupName }) => groupName !== 'default') ||
    tables.some(({ isMain }) => !isMain);
  if (hasDependencies) {
    const message = `The vpc '${vpcId}' has dependencies and cannot be deleted.`;
    throw ec2Fault('DependencyViolation', message);
  }
  for (const { groupId } of groups) network.securityGroups.delete(groupId);
  for (const { routeTableId } of tables) network.routeTables.delete(routeTableId);
  network.vpcs.delete(vpcId);
}
