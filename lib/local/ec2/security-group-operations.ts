import {
  CreateSecurityGroup$,
  type CreateSecurityGroupRequest,
  type CreateSecurityGroupResult,
  DeleteSecurityGroup$,
  type DeleteSecurityGroupRequest,
  type DeleteSecurityGroupResult,
  GetSecurityGroupsForVpc$,
  type GetSecurityGroupsForVpcRequest,
  type GetSecurityGroupsForVpcResult,
} from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { defineChange, newId, readTags } from './define-change.ts';
import { describePage } from './describe.ts';
import { ec2Fault, findById } from './ec2-faults.ts';
import { groupForVpcFilters } from './filter-tables.ts';
import { tagsOf } from './filters.ts';
import type { RoutedNetwork, SecurityGroup } from './network.ts';
import { addGroup, isReferredTo, removeGroup } from './security-group-rules.ts';
import { ec2Arn, toTags } from './views.ts';

type CreateInput = Given<CreateSecurityGroupRequest, 'GroupName' | 'Description'>;
type GetInput = Given<GetSecurityGroupsForVpcRequest, 'VpcId'>;

/** The operations that make and remove security groups, and that say which ones a VPC may use. */
export function securityGroupOperations(
  core: AccountCore,
  network: RoutedNetwork,
): readonly Operation[] {
  return [
    defineChange<CreateInput, CreateSecurityGroupResult>(CreateSecurityGroup$, {
      needs: ({ VpcId = '*' }) => [
        { action: 'ec2:CreateSecurityGroup', resource: ec2Arn(core, 'security-group', '*') },
        { action: 'ec2:CreateSecurityGroup', resource: ec2Arn(core, 'vpc', VpcId) },
      ],
      handle: (input) => {
        const group = createGroup(network, input);
        return {
          GroupId: group.groupId,
          SecurityGroupArn: ec2Arn(core, 'security-group', group.groupId),
          Tags: toTags(tagsOf({ tags: group.tags ?? {} })),
        };
      },
    }),
    defineChange<DeleteSecurityGroupRequest, DeleteSecurityGroupResult>(DeleteSecurityGroup$, {
      needs: ({ GroupId = '*' }) => [
        { action: 'ec2:DeleteSecurityGroup', resource: ec2Arn(core, 'security-group', GroupId) },
      ],
      handle: ({ GroupId }) => deleteGroup(network, GroupId),
    }),
    operation<GetInput, GetSecurityGroupsForVpcResult>(GetSecurityGroupsForVpc$, {
      needs: ({ VpcId }) => [
        { action: 'ec2:GetSecurityGroupsForVpc', resource: ec2Arn(core, 'vpc', VpcId) },
      ],
      handle: (input) => groupsForVpc(core, network, input),
    }),
  ];
}

function createGroup(network: RoutedNetwork, input: CreateInput): SecurityGroup {
  const { GroupName: groupName, Description: description, VpcId: vpcId } = input;
  if (vpcId === undefined) throw ec2Fault('VPCIdNotSpecified', 'No default VPC for this user');
  const vpc = findById(network.vpcs, 'vpc', vpcId);
  if (groupName === 'default' || groupName.startsWith('sg-')) {
    const message = `Cannot use reserved security group name: ${groupName}`;
    throw ec2Fault('InvalidParameterValue', message);
  }
  const isTaken = [...network.securityGroups.values()].some(
    (other) => other.vpcId === vpcId && other.groupName === groupName,
  );
  if (isTaken) {
    const message = `The security group '${groupName}' already exists for VPC '${vpcId}'`;
    throw ec2Fault('InvalidGroup.Duplicate', message);
  }
  const { name, tags } = readTags(input.TagSpecifications);
  const group: SecurityGroup = {
    groupId: newId('sg'),
    groupName,
    description,
    vpcId,
    tags: name === '' ? tags : { Name: name, ...tags },
  };
  addGroup(network, group, vpc);
  return group;
}

function deleteGroup(
  network: RoutedNetwork,
  groupId: string | undefined,
): DeleteSecurityGroupResult {
  if (groupId === undefined) {
    throw ec2Fault('MissingParameter', 'The request must contain the parameter groupId');
  }
  const group = findById(network.securityGroups, 'group', groupId);
  if (group.groupName === 'default') {
    const message = `the specified group: "${groupId}" name: "default" cannot be deleted by a user`;
    throw ec2Fault('CannotDelete', message);
  }
  const holders = [...network.endpoints.values(), ...network.networkInterfaces.values()];
  const isHeld = holders.some(({ groupIds }) => groupIds.includes(groupId));
  if (isHeld || isReferredTo(network, groupId)) {
    throw ec2Fault('DependencyViolation', `resource ${groupId} has a dependent object`);
  }
  removeGroup(network, groupId);
  return { Return: true, GroupId: groupId };
}

function groupsForVpc(
  core: AccountCore,
  network: RoutedNetwork,
  input: GetInput,
): GetSecurityGroupsForVpcResult {
  findById(network.vpcs, 'vpc', input.VpcId);
  const items = new Map(
    [...network.securityGroups].filter(([, { vpcId }]) => vpcId === input.VpcId),
  );
  const page = describePage({ kind: 'group', items, filters: groupForVpcFilters(core) }, [], input);
  return {
    SecurityGroupForVpcs: page.items.map((group) => ({
      GroupId: group.groupId,
      GroupName: group.groupName,
      Description: group.description,
      OwnerId: core.accountId,
      PrimaryVpcId: group.vpcId,
      Tags: toTags(tagsOf({ tags: group.tags ?? {} })),
    })),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}
