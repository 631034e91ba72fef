import type { AccessDocument } from '../../../functions/core/iam/document.ts';
import { compileAccess } from '../../../functions/core/iam/evaluate.ts';
import type { Caller } from '../identity/caller.ts';
import { toAccessRequest } from '../identity/judge-call.ts';
import { findPrincipal, judgeOf, type Principal, type Principals } from '../identity/principals.ts';
import { readPolicy } from '../identity/resource-policy.ts';

/**
 * Tells whether a caller may become a role.
 *
 * A trust policy that names the caller suffices; one that names the account leaves it to the caller's policies.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-req-context.html
 */
export function mayAssume(principals: Principals, role: Principal, caller: Caller): boolean {
  const trust = readPolicy(role.name, role.trust ?? '{}', { allowPrincipal: true });
  if (!trust.ok) return false;
  const need = { action: 'sts:AssumeRole', resource: role.arn };
  const request = toAccessRequest(principals, caller.principalArn, need);
  if (compileAccess([trust.document])(request).outcome !== 'allowed') return false;
  const principal = findPrincipal(principals, caller);
  const own =
    principal === undefined ? 'implicitly-denied' : judgeOf(principals, principal)(request).outcome;
  if (own !== 'implicitly-denied') return own === 'allowed';
  return compileAccess([withoutAccounts(trust.document)])(request).outcome === 'allowed';
}

function withoutAccounts(document: AccessDocument): AccessDocument {
  const statements = document.statements.map((statement) => {
    if (statement.principal === undefined || statement.effect === 'Deny') return statement;
    const patterns = statement.principal.patterns.filter((pattern) => !pattern.endsWith(':root'));
    return { ...statement, principal: { ...statement.principal, patterns } };
  });
  return { ...document, statements };
}
