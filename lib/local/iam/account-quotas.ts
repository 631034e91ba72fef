import { iamFault } from './iam-faults.ts';

/** What a new account may have of each. */
const QUOTAS = {
  UsersPerAccount: 5000,
  RolesPerAccount: 1000,
  CustomerManagedPoliciesPerAccount: 1500,
} as const;

/**
 * Refuses one more than an account may have.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function checkQuota(quota: keyof typeof QUOTAS, held: number): void {
  if (held < QUOTAS[quota]) return;
  throw iamFault('LimitExceeded', `Cannot exceed quota for ${quota}: ${QUOTAS[quota]}`, 409);
}
