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
import { ec2Fault, hasDependencies } from './ec2-faults.ts';
import { newVpcBlock } from './ipv6-blocks.ts';
import type { RoutedNetwork, Vpc } from './network.ts';
import { findOwnVpc } from './ownership.ts';
import { toLocalRoutes } from './route-targets.ts';
import { addGroup, removeGroup } from './security-group-rules.ts';
import { ec2Arn, toVpcView } from './views.ts';

/** The operations that make and remove VPCs. */
export function vpcOperations(core: AccountCore, network: RoutedNetwork): readonly Operation[] {
  return [
    defineChange<CreateVpcRequest, CreateVpcResult>(CreateVpc$, {
      needs: () => [{ action: 'ec2:CreateVpc', resource: ec2Arn(core, 'vpc', '*') }],
      // AWS: a new VPC is available a moment after its answer.
      handle: (input) => ({
        Vpc: { ...toVpcView(core, createVpc(network, input)), State: 'pending' },
      }),
    }),
    defineChange<Given<DeleteVpcRequest, 'VpcId'>, void>(DeleteVpc$, {
      needs: ({ VpcId }) => [{ action: 'ec2:DeleteVpc', resource: ec2Arn(core, 'vpc', VpcId) }],
      handle: ({ VpcId }) => deleteVpc(network, VpcId),
    }),
  ];
}

function createVpc(network: RoutedNetwork, input: CreateVpcRequest): Vpc {
  const { CidrBlock, InstanceTenancy, AmazonProvidedIpv6CidrBlock, TagSpecifications } = input;
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
    ...(AmazonProvidedIpv6CidrBlock === true ? { ipv6CidrBlock: newVpcBlock() } : {}),
    ...readTags(TagSpecifications),
  };
  addDefaults(network, vpc);
  return vpc;
}

/** AWS: a VPC comes with a default security group and a main route table. */
function addDefaults(network: RoutedNetwork, vpc: Vpc): void {
  const { vpcId } = vpc;
  const [groupId, routeTableId] = [newId('sg'), newId('rtb')];
  network.vpcs.set(vpcId, vpc);
  const description = 'default VPC security group';
  addGroup(network, { groupId, vpcId, groupName: 'default', description }, vpc);
  network.routeTables.set(routeTableId, {
    routeTableId,
    vpcId,
    name: '',
    associations: [{ associationId: newId('rtbassoc') }],
    routes: toLocalRoutes(vpc),
  });
}

function deleteVpc(network: RoutedNetwork, vpcId: string): void {
  findOwnVpc(network, vpcId);
  if (dependenciesOf(network).some((item) => item.vpcId === vpcId)) {
    throw hasDependencies('vpc', vpcId);
  }
  for (const [id, group] of network.securityGroups) {
    if (group.vpcId === vpcId) removeGroup(network, id);
  }
  for (const [id, table] of network.routeTables) {
    if (table.vpcId === vpcId) network.routeTables.delete(id);
  }
  network.vpcs.delete(vpcId);
}

/** What keeps its VPC from being deleted. */
function dependenciesOf(network: RoutedNetwork): readonly { readonly vpcId?: string }[] {
  return [
    ...network.subnets.values(),
    ...[...network.securityGroups.values()].filter(({ groupName }) => groupName !== 'default'),
    ...[...network.routeTables.values()].filter(
      ({ associations }) => !associations.some(({ subnetId }) => subnetId === undefined),
    ),
    ...network.internetGateways.values(),
    ...network.egressOnlyGateways.values(),
    ...network.endpoints.values(),
    ...[...network.transitAttachments.values()].filter(({ state }) => state !== 'deleted'),
    ...[...network.peerings.values()]
      .filter(({ state }) => state === 'active')
      .flatMap(({ requester, accepter }) => [requester, accepter]),
  ];
}
