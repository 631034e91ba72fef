import { describe, expect, it } from 'vitest';
import { putPolicy } from '../../../lib/local/iam/inline-policies.ts';
import { authorize, isAllowed } from '../../../lib/local/identity/authorize.ts';
import {
  createPrincipals,
  findCaller,
  issueKey,
  newPrincipal,
  type Principals,
} from '../../../lib/local/identity/principals.ts';
import { compilePolicy, readPolicy } from '../../../lib/local/identity/resource-policy.ts';

const NEED = { action: 'lambda:CreateFunction', resource: '*' };
const DENIED = { code: 'AccessDeniedException', status: 403 };
const ALL = { Effect: 'Allow', Action: '*', Resource: '*' };
const DENY = { ...ALL, Effect: 'Deny', Action: 'lambda:*' };
const NO_LAMBDA = { ...ALL, Action: 's3:*' };
const BY_ORGANIZATION = 'with an explicit deny in a service control policy';
const NOT_BY_ORGANIZATION =
  'because no service control policy allows the lambda:CreateFunction action';

/** An account under a root, with one policy each. */
function accountUnder(root: readonly object[], account: readonly object[]): Principals {
  const principals = createPrincipals('123456789012', 0, 'eu-west-1');
  for (const [level, Statement] of Object.entries({ root, account })) {
    const read = readPolicy(level, JSON.stringify({ Statement }), { allowPrincipal: false });
    if (!read.ok) throw new Error(read.reason);
    principals.serviceControls.set(level, compilePolicy(read.document));
  }
  return principals;
}

function callerOf(principals: Principals, kind: 'user' | 'role', path = '/', own: object = ALL) {
  const principal = newPrincipal(principals, { kind, name: 'ann', nowMs: 0, path });
  const text = JSON.stringify({ Statement: [own] });
  putPolicy(principals, { kind, name: 'ann', policyName: 'own' }, text);
  const key = issueKey(principals, principal, { nowMs: 0, name: 'session' });
  return known(principals, key.accessKeyId);
}

function known(principals: Principals, accessKeyId: string) {
  const caller = findCaller(principals, accessKeyId);
  if (caller === undefined) throw new Error('the key was not issued');
  return caller;
}

describe('service control policies', () => {
  it.each(['user', 'role'] as const)('let a %s pass where every level allows the call', (kind) => {
    const principals = accountUnder([ALL], [ALL]);
    const caller = callerOf(principals, kind);

    expect(() => authorize(principals, caller, { needs: [NEED], denied: DENIED })).not.toThrow();
    expect(isAllowed(principals, caller, NEED)).toBe(true);
  });

  it.each([
    ['the root denies', [ALL, DENY], [ALL], BY_ORGANIZATION],
    ['the account denies', [ALL], [ALL, DENY], BY_ORGANIZATION],
    ['the root does not allow', [NO_LAMBDA], [ALL], NOT_BY_ORGANIZATION],
    ['the account does not allow', [ALL], [NO_LAMBDA], NOT_BY_ORGANIZATION],
    ['one does not allow and the other denies', [NO_LAMBDA], [ALL, DENY], BY_ORGANIZATION],
  ])('refuse users and role sessions where %s', (_case, root, account, why) => {
    for (const kind of ['user', 'role'] as const) {
      const principals = accountUnder(root, account);
      const caller = callerOf(principals, kind);

      expect(isAllowed(principals, caller, NEED)).toBe(false);
      expect(() => authorize(principals, caller, { needs: [NEED], denied: DENIED })).toThrow(
        `User: ${caller.arn} is not authorized to perform: lambda:CreateFunction on resource: * ${why}`,
      );
    }
  });

  it('allow nothing by themselves', () => {
    const principals = accountUnder([ALL], [ALL]);
    const caller = callerOf(principals, 'user', '/', NO_LAMBDA);

    expect(() => authorize(principals, caller, { needs: [NEED], denied: DENIED })).toThrow(
      /because no identity-based policy allows/,
    );
  });

  it('come after an explicit deny of the caller where they only do not allow', () => {
    const principals = accountUnder([NO_LAMBDA], [ALL]);
    const caller = callerOf(principals, 'user', '/', DENY);

    expect(() => authorize(principals, caller, { needs: [NEED], denied: DENIED })).toThrow(
      /with an explicit deny in an identity-based policy/,
    );
  });

  it('bind neither the administrator nor service-linked roles', () => {
    const principals = accountUnder([ALL, DENY], [ALL]);
    const linked = callerOf(principals, 'role', '/aws-service-role/lambda.amazonaws.com/');

    expect(isAllowed(principals, known(principals, 'local'), NEED)).toBe(true);
    expect(isAllowed(principals, linked, NEED)).toBe(true);
  });

  it('judge the region that is asked', () => {
    const elsewhere = { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1'] } };
    const here = { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] } };
    const under = (Condition: object) => accountUnder([ALL, { ...DENY, Condition }], [ALL]);
    const principals = [under(elsewhere), under(here)];

    const allowed = principals.map((one) => isAllowed(one, callerOf(one, 'user'), NEED));

    expect(allowed).toEqual([false, true]);
  });
});
