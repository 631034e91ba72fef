import { checkPolicyId, checkTargetId } from './check-input.ts';
import {
  type Organization,
  type ServiceControlPolicy,
  type Target,
  targetsOf,
} from './organization.ts';
import { organizationsFault } from './organizations-faults.ts';

/** Finds a policy, or says that there is none. */
export function findPolicy({ policies }: Organization, id: string): ServiceControlPolicy {
  checkPolicyId(id);
  const policy = policies.get(id);
  if (policy !== undefined) return policy;
  throw organizationsFault(
    'PolicyNotFoundException',
    "We can't find a policy with the PolicyId that you specified.",
  );
}

/** Finds the root or an account, or says that there is none. */
export function findTarget(organization: Organization, id: string): Target {
  checkTargetId(id);
  const target = targetsOf(organization).find((candidate) => candidate.id === id);
  if (target !== undefined) return target;
  throw organizationsFault(
    'TargetNotFoundException',
    "We can't find a root, OU, account, or policy with the TargetId that you specified.",
  );
}

/** The ARN that IAM judges: of a policy that may not exist. */
export function policyArn({ policies }: Organization, id: string): string {
  return policies.get(id)?.summary.Arn ?? '*';
}

/** The ARN that IAM judges: of a root or an account that may not exist. */
export function targetArn(organization: Organization, id: string): string {
  return targetsOf(organization).find((candidate) => candidate.id === id)?.arn ?? '*';
}
