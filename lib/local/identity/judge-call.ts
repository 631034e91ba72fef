import type { AccessJudge, AccessRequest } from '../../../functions/core/iam/evaluate.ts';
import type { Need } from '../wire/operation.ts';
import { ADMIN_ACCESS_KEY_ID, judgeOf, type Principal, type Principals } from './principals.ts';

/** What the policies around a caller come to, and which of them decided. */
export type CallOutcome =
  | 'allowed'
  | 'denied-by-organization'
  | 'denied-by-resource'
  | 'denied-by-identity'
  | 'not-allowed-by-organization'
  | 'not-allowed-by-identity';

/** The call as policies see it. */
export function toAccessRequest(
  { accountId, region }: Principals,
  principalArn: string,
  { action, resource, context = {} }: Pick<Need, 'action' | 'resource' | 'context'>,
): AccessRequest {
  return {
    action,
    resource,
    principal: principalArn,
    context: {
      'aws:principalarn': [principalArn],
      'aws:principalaccount': [accountId],
      'aws:requestedregion': [region],
      // The loopback stands for TLS: policies that refuse plain HTTP do not refuse the local account.
      'aws:securetransport': ['true'],
      ...context,
    },
  };
}

/**
 * Judges a call by everything that binds its caller; a caller whose principal is gone has no rights left.
 *
 * An explicit deny of any policy decides first; after that the organization and the caller's own policies must allow.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function judgeCall(
  principals: Principals,
  principal: Principal | undefined,
  { request, byResource }: { readonly request: AccessRequest; readonly byResource?: AccessJudge },
): CallOutcome {
  const organization = judgeByOrganization(principals, principal, request);
  const own =
    principal === undefined ? 'implicitly-denied' : judgeOf(principals, principal)(request).outcome;
  if (organization === 'denied-by-organization') return organization;
  if (byResource?.(request).outcome === 'explicitly-denied') return 'denied-by-resource';
  if (own === 'explicitly-denied') return 'denied-by-identity';
  if (organization !== 'allowed') return organization;
  return own === 'allowed' ? 'allowed' : 'not-allowed-by-identity';
}

/**
 * Judges a call by service control policies: every level above the account must allow it, and none deny it.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export function judgeByOrganization(
  principals: Principals,
  principal: Principal | undefined,
  request: AccessRequest,
): Extract<CallOutcome, 'allowed' | 'denied-by-organization' | 'not-allowed-by-organization'> {
  if (principal === undefined || !isBound(principals, principal)) return 'allowed';
  const outcomes = [...principals.serviceControls.values()].map((judge) => judge(request).outcome);
  if (outcomes.includes('explicitly-denied')) return 'denied-by-organization';
  return outcomes.every((outcome) => outcome === 'allowed')
    ? 'allowed'
    : 'not-allowed-by-organization';
}

/** Tells whether a principal is the administrator, who stands for the organization's management account. */
export function isOperator({ keys }: Principals, principal: Principal | undefined): boolean {
  return principal !== undefined && keys.get(ADMIN_ACCESS_KEY_ID)?.principal === principal;
}

/** AWS: service control policies bind neither the management account nor service-linked roles. */
function isBound(principals: Principals, principal: Principal): boolean {
  return !isOperator(principals, principal) && !principal.path.startsWith('/aws-service-role/');
}
