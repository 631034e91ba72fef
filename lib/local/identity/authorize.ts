import { AwsFault } from '../wire/aws-fault.ts';
import type { Need, Service } from '../wire/operation.ts';
import type { Caller } from './caller.ts';
import { type CallOutcome, judgeByOrganization, judgeCall, toAccessRequest } from './judge-call.ts';
import { findPrincipal, type Principals } from './principals.ts';

type Denied = Service['denied'];

/** Refuses a call that the policies around the caller do not allow, in AWS's words. */
export function authorize(
  principals: Principals,
  caller: Caller,
  { needs, denied }: { readonly needs: readonly Need[]; readonly denied: Denied },
): void {
  for (const need of needs) {
    const outcome = judgeNeed(principals, caller, need);
    if (outcome !== 'allowed') throw refusal(caller, need, { outcome, denied });
  }
}

/** Refuses a call that service control policies do not let the caller make, where others decide the rest. */
export function authorizeByOrganization(
  principals: Principals,
  caller: Caller,
  { need, denied }: { readonly need: Need; readonly denied: Denied },
): void {
  const request = toAccessRequest(principals, caller.principalArn, need);
  const outcome = judgeByOrganization(principals, findPrincipal(principals, caller), request);
  if (outcome !== 'allowed') throw refusal(caller, need, { outcome, denied });
}

/** Tells whether a caller's policies allow something that an answer depends on, without refusing the call. */
export function isAllowed(principals: Principals, caller: Caller, need: Need): boolean {
  return judgeNeed(principals, caller, need) === 'allowed';
}

function judgeNeed(principals: Principals, caller: Caller, need: Need): CallOutcome {
  if (caller.kind === 'service') return 'allowed';
  const { resourcePolicy: byResource } = need;
  return judgeCall(principals, findPrincipal(principals, caller), {
    request: toAccessRequest(principals, caller.principalArn, need),
    ...(byResource === undefined ? {} : { byResource }),
  });
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
const WHY: Readonly<
  Record<Exclude<CallOutcome, 'allowed'>, string | ((action: string) => string)>
> = {
  'denied-by-organization': 'with an explicit deny in a service control policy',
  'denied-by-resource': 'with an explicit deny in a resource-based policy',
  'denied-by-identity': 'with an explicit deny in an identity-based policy',
  'not-allowed-by-organization': (action) =>
    `because no service control policy allows the ${action} action`,
  'not-allowed-by-identity': (action) =>
    `because no identity-based policy allows the ${action} action`,
};

function refusal(
  caller: Caller,
  need: Need,
  { outcome, denied }: { outcome: Exclude<CallOutcome, 'allowed'>; denied: Denied },
): AwsFault {
  const why = WHY[outcome];
  const words = typeof why === 'string' ? why : why(need.action);
  const message = `User: ${caller.arn} is not authorized to perform: ${need.action} on resource: ${need.resource} ${words}`;
  return new AwsFault(message, { ...denied, members: { Type: 'User' } });
}
