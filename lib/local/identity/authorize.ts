import type { AccessRequest } from '../../../functions/core/iam/evaluate.ts';
import { AwsFault } from '../wire/aws-fault.ts';
import type { Need, Service } from '../wire/operation.ts';
import type { Caller } from './caller.ts';
import { findPrincipal, judgeOf, type Principals } from './principals.ts';

/** Refuses a call that the caller's policies do not allow, in AWS's words. */
export function authorize(
  principals: Principals,
  caller: Caller,
  { needs, denied }: { readonly needs: readonly Need[]; readonly denied: Service['denied'] },
): void {
  if (caller.kind === 'service') return;
  const principal = findPrincipal(principals, caller);
  const judge = principal === undefined ? undefined : judgeOf(principals, principal);
  for (const need of needs) {
    const request = toRequest(caller, need);
    const byResource = need.resourcePolicy?.(request).outcome;
    if (byResource === 'explicitly-denied') {
      throw refusal(caller, need, { outcome: 'denied-by-resource', ...denied });
    }
    const outcome = judge?.(request).outcome ?? 'implicitly-denied';
    if (outcome !== 'allowed') throw refusal(caller, need, { outcome, ...denied });
  }
}

/** Tells whether a caller's policies allow something that an answer depends on, without refusing the call. */
export function isAllowed(principals: Principals, caller: Caller, need: Need): boolean {
  if (caller.kind === 'service') return true;
  const principal = findPrincipal(principals, caller);
  return (
    principal !== undefined &&
    judgeOf(principals, principal)(toRequest(caller, need)).outcome === 'allowed'
  );
}

function toRequest(caller: Caller, need: Need): AccessRequest {
  return {
    action: need.action,
    resource: need.resource,
    principal: caller.principalArn,
    context: {
      'aws:principalarn': [caller.principalArn],
      'aws:principalaccount': [caller.accountId],
      // The loopback stands for TLS: policies that refuse plain HTTP do not refuse the local account.
      'aws:securetransport': ['true'],
      ...need.context,
    },
  };
}

const WHY: Readonly<Record<string, string>> = {
  'explicitly-denied': 'with an explicit deny in an identity-based policy',
  'denied-by-resource': 'with an explicit deny in a resource-based policy',
};

function refusal(
  caller: Caller,
  need: Need,
  { outcome, code, status }: { outcome: string; code: string; status: number },
): AwsFault {
  const why = WHY[outcome] ?? `because no identity-based policy allows the ${need.action} action`;
  const message = `User: ${caller.arn} is not authorized to perform: ${need.action} on resource: ${need.resource} ${why}`;
  return new AwsFault(message, { code, status, members: { Type: 'User' } });
}
