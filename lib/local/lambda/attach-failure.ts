import type { AccountCore } from '../account-core.ts';
import type { RoutedNetwork } from '../ec2/network.ts';
import type { Principal } from '../identity/principals.ts';
import { INTERFACES_PER_VPC, type Quotas } from '../service-quotas/quotas.ts';
import { findRole, missingInterfaceCall } from './execution-role.ts';

/** Why Lambda could not attach a function, as its configuration tells it. */
export interface AttachFailure {
  readonly code:
    | 'InsufficientRolePermissions'
    | 'InvalidSubnet'
    | 'InvalidSecurityGroup'
    | 'EniLimitExceeded'
    | 'SubnetOutOfIPAddresses';
  readonly reason: string;
}

/** A subnet and a set of groups: what one network interface is made for. */
export interface Combination {
  /** Equal where subnet and set of groups are, in whatever order. */
  readonly key: string;
  readonly subnetId: string;
  readonly groupIds: readonly string[];
}

/**
 * AWS's words, seen for the role; for the others those of the exceptions that say the same.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
const REASONS: Readonly<Record<AttachFailure['code'], string>> = {
  InsufficientRolePermissions:
    "The function's execution role doesn't have permission to perform this operation.",
  InvalidSubnet: 'The subnet ID provided in the Lambda function VPC configuration is not valid.',
  InvalidSecurityGroup:
    'The security group ID provided in the Lambda function VPC configuration is not valid.',
  EniLimitExceeded:
    "Lambda couldn't create an elastic network interface in the VPC, specified as part of Lambda function configuration, because the limit for network interfaces has been reached.",
  SubnetOutOfIPAddresses:
    "Lambda couldn't set up VPC access for the Lambda function because one or more configured subnets has no available IP addresses.",
};

/** The role that may manage network interfaces, or the failure where it is gone or may not. */
export function findAttachingRole(core: AccountCore, roleArn: string): Principal | AttachFailure {
  const role = findRole(core, roleArn);
  return role === undefined || missingInterfaceCall(core, role) !== undefined
    ? toFailure('InsufficientRolePermissions')
    : role;
}

/** Why interfaces cannot be made in the network as it is now; undefined where all of them can. */
export function networkFailure(
  network: RoutedNetwork,
  quotas: Quotas,
  lacking: readonly Combination[],
): AttachFailure | undefined {
  const subnets = lacking.map(({ subnetId }) => network.subnets.get(subnetId));
  if (subnets.includes(undefined)) return toFailure('InvalidSubnet');
  const groupIds = lacking.flatMap((combination) => combination.groupIds);
  if (groupIds.some((id) => !network.securityGroups.has(id))) {
    return toFailure('InvalidSecurityGroup');
  }
  const present = [...network.networkInterfaces.values()].filter(
    ({ vpcId, interfaceType }) => interfaceType === 'lambda' && vpcId === subnets[0]?.vpcId,
  );
  if (present.length + lacking.length > quotaOf(quotas)) return toFailure('EniLimitExceeded');
  return subnets.some((subnet) => subnet !== undefined && subnet.availableIpAddressCount < 1)
    ? toFailure('SubnetOutOfIPAddresses')
    : undefined;
}

function quotaOf(quotas: Quotas): number {
  const quota = quotas.list('lambda').find(({ name }) => name === INTERFACES_PER_VPC);
  return quota?.value ?? Number.POSITIVE_INFINITY;
}

function toFailure(code: AttachFailure['code']): AttachFailure {
  return { code, reason: REASONS[code] };
}
