import type { VpcConfig } from '@aws-sdk/client-lambda';
import type { Network, Subnet } from '../ec2/network.ts';
import type { Need } from '../wire/operation.ts';
import { constraintBroken, invalidParameter } from './faults.ts';
import { type Attachment, DETACHED } from './stored-function.ts';

const LIMITS = [
  ['SubnetIds', 'vpcConfig.subnetIds', 16],
  ['SecurityGroupIds', 'vpcConfig.securityGroupIds', 5],
] as const;

/** The attachment that a call asks for; undefined where it leaves things as they are. */
export function requestedAttachment(
  request: VpcConfig | undefined,
  present?: Attachment,
): Omit<Attachment, 'VpcId'> | undefined {
  if (request === undefined) return undefined;
  const { SubnetIds, SecurityGroupIds, Ipv6AllowedForDualStack = false } = request;
  const kept = SubnetIds === undefined && SecurityGroupIds === undefined ? present : undefined;
  return {
    SubnetIds: [...new Set(SubnetIds ?? kept?.SubnetIds)],
    SecurityGroupIds: [...new Set(SecurityGroupIds ?? kept?.SecurityGroupIds)],
    Ipv6AllowedForDualStack,
  };
}

/**
 * Checks a requested attachment against the network and finds its VPC.
 *
 * The texts on one VPC for all subnets, tenancy and dual stack are not verified against AWS.
 */
export function checkAttachment(
  network: Network,
  requested: Omit<Attachment, 'VpcId'>,
): Attachment {
  checkLength(requested);
  const { SubnetIds, SecurityGroupIds, Ipv6AllowedForDualStack } = requested;
  if ((SubnetIds.length === 0) !== (SecurityGroupIds.length === 0)) {
    throw invalidParameter('SubnetIds and SecurityIds must coexist or be both empty list.');
  }
  const subnets = SubnetIds.map((id) => findSubnet(network, id));
  const [first] = subnets;
  if (first === undefined) return detached(Ipv6AllowedForDualStack);
  checkOneVpc(network, first.vpcId, { subnets, groupIds: SecurityGroupIds });
  checkTenancy(network, first.vpcId);
  if (Ipv6AllowedForDualStack) checkDualStack(subnets);
  return { ...requested, VpcId: first.vpcId };
}

/** The condition keys of a call that asks for an attachment, or of the one that a function has. */
export function attachmentContext(
  network: Network,
  attachment: Omit<Attachment, 'VpcId'> | undefined,
): NonNullable<Need['context']> {
  const { SubnetIds = [], SecurityGroupIds = [] } = attachment ?? {};
  const vpcId = network.subnets.get(SubnetIds[0] ?? '')?.vpcId;
  return {
    ...(vpcId === undefined ? {} : { 'lambda:vpcids': [vpcId] }),
    ...(SubnetIds.length === 0 ? {} : { 'lambda:subnetids': SubnetIds }),
    ...(SecurityGroupIds.length === 0 ? {} : { 'lambda:securitygroupids': SecurityGroupIds }),
  };
}

function detached(isDualStack: boolean): Attachment {
  if (!isDualStack) return DETACHED;
  throw invalidParameter('Ipv6AllowedForDualStack can only be enabled for a VPC configuration.');
}

/** Refuses more subnets and groups than Lambda takes. */
export function checkLength(
  requested: Readonly<Record<(typeof LIMITS)[number][0], readonly string[]>>,
): void {
  for (const [list, member, max] of LIMITS) {
    if (requested[list].length <= max) continue;
    throw constraintBroken({
      member,
      value: requested[list],
      constraint: `Member must have length less than or equal to ${max}`,
    });
  }
}

/** Refuses subnets and groups that are not all of one VPC, or do not exist. */
export function checkOneVpc(
  network: Network,
  vpcId: string,
  { subnets, groupIds }: { readonly subnets: readonly Subnet[]; readonly groupIds: string[] },
): void {
  const groupVpcIds = groupIds.map((id) => findGroupVpc(network, id));
  if (subnets.some((subnet) => subnet.vpcId !== vpcId)) {
    throw invalidParameter('Subnets are required to be in the same VPC');
  }
  if (groupVpcIds.some((groupVpcId) => groupVpcId !== vpcId)) {
    throw invalidParameter('Security Groups are required to be in the same VPC');
  }
}

function checkTenancy(network: Network, vpcId: string): void {
  if (network.vpcs.get(vpcId)?.instanceTenancy !== 'dedicated') return;
  throw invalidParameter(`Lambda does not support VPCs with dedicated instance tenancy: ${vpcId}`);
}

function checkDualStack(subnets: readonly Subnet[]): void {
  const single = subnets.filter(({ ipv6CidrBlock }) => ipv6CidrBlock === undefined);
  if (single.length === 0) return;
  throw invalidParameter(
    `Ipv6AllowedForDualStack requires dual-stack subnets, these have no IPv6 CIDR block: ${single
      .map(({ subnetId }) => subnetId)
      .join(', ')}`,
  );
}

/** A subnet that a caller names. */
export function findSubnet(network: Network, id: string): Subnet {
  const subnet = network.subnets.get(id);
  if (subnet !== undefined) return subnet;
  throw invalidParameter(
    `Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2 Error Message: The subnet ID '${id}' does not exist`,
  );
}

function findGroupVpc(network: Network, id: string): string {
  const group = network.securityGroups.get(id);
  if (group !== undefined) return group.vpcId;
  throw invalidParameter(
    `Error occurred while DescribeSecurityGroups. EC2 Error Code: InvalidGroup.NotFound. EC2 Error Message: The security group '${id}' does not exist`,
  );
}
