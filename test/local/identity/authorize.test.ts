import { describe, expect, it } from 'vitest';
import { putPolicy } from '../../../lib/local/iam/inline-policies.ts';
import { authorize } from '../../../lib/local/identity/authorize.ts';
import type { Caller } from '../../../lib/local/identity/caller.ts';
import {
  createPrincipals,
  findCaller,
  issueKey,
  newPrincipal,
} from '../../../lib/local/identity/principals.ts';
import { compilePolicy, readPolicy } from '../../../lib/local/identity/resource-policy.ts';

const RESOURCE = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const NEED = { action: 'lambda:CreateFunction', resource: RESOURCE };
const DENIED = { code: 'AccessDeniedException', status: 403 };

function callerWith(...statements: readonly object[]) {
  const principals = createPrincipals('123456789012', 0);
  const user = newPrincipal(principals, { kind: 'user', name: 'ann', nowMs: 0 });
  if (statements.length > 0) {
    const place = { kind: 'user', name: 'ann', policyName: 'p' } as const;
    putPolicy(principals, place, JSON.stringify({ Statement: statements }));
  }
  const { accessKeyId } = issueKey(principals, user, { nowMs: 0 });
  const caller = findCaller(principals, accessKeyId);
  if (caller === undefined) throw new Error('the key was not issued');
  return { principals, caller };
}

describe('authorize', () => {
  const allow = { Effect: 'Allow', Action: 'lambda:*', Resource: '*' };

  it('passes what a policy allows, and what needs nothing', () => {
    const { principals, caller } = callerWith(allow);

    expect(() => authorize(principals, caller, { needs: [NEED], denied: DENIED })).not.toThrow();
    expect(() =>
      authorize(principals, { ...caller, name: 'gone' }, { needs: [], denied: DENIED }),
    ).not.toThrow();
  });

  it.each([
    [[], 'because no identity-based policy allows the lambda:CreateFunction action'],
    [[allow, { ...allow, Effect: 'Deny' }], 'with an explicit deny in an identity-based policy'],
  ])('refuses in the words of AWS %#', (statements, why) => {
    const { principals, caller } = callerWith(...statements);

    expect(() => authorize(principals, caller, { needs: [NEED], denied: DENIED })).toThrow(
      expect.objectContaining({
        code: 'AccessDeniedException',
        status: 403,
        message: `User: arn:aws:iam::123456789012:user/ann is not authorized to perform: lambda:CreateFunction on resource: ${RESOURCE} ${why}`,
      }),
    );
  });

  it('refuses a caller whose principal is gone', () => {
    const { principals, caller } = callerWith(allow);
    principals.users.delete('ann');

    expect(() => authorize(principals, caller, { needs: [NEED], denied: DENIED })).toThrow(
      /not authorized/,
    );
  });

  it('judges the context of the request', () => {
    const condition = {
      StringEquals: { 'lambda:VpcIds': 'vpc-1', 'aws:PrincipalAccount': '123456789012' },
    };
    const { principals, caller } = callerWith({ ...allow, Condition: condition });
    const need = (vpcId: string) => ({ ...NEED, context: { 'lambda:vpcids': [vpcId] } });
    const ask = (vpcId: string) => () =>
      authorize(principals, caller, { needs: [need(vpcId)], denied: DENIED });

    expect(ask('vpc-1')).not.toThrow();
    expect(ask('vpc-2')).toThrow(/not authorized/);
  });

  it('lets the policy of the resource refuse, and not allow', () => {
    const { principals, caller } = callerWith(allow);
    const policyOf = (Effect: string, AWS: string) => {
      const statement = { Effect, Principal: { AWS }, Action: 'lambda:*', Resource: '*' };
      const text = JSON.stringify({ Statement: [statement] });
      const read = readPolicy('p', text, { allowPrincipal: true });
      if (!read.ok) throw new Error(read.reason);
      return compilePolicy(read.document);
    };
    const ask =
      (resourcePolicy: ReturnType<typeof policyOf>, who: Caller = caller) =>
      () =>
        authorize(principals, who, { needs: [{ ...NEED, resourcePolicy }], denied: DENIED });

    expect(ask(policyOf('Deny', caller.arn))).toThrow(
      /with an explicit deny in a resource-based policy$/,
    );
    expect(ask(policyOf('Deny', `${caller.arn}-2`))).not.toThrow();
    principals.users.delete('ann');
    expect(ask(policyOf('Allow', '*'))).toThrow(/not authorized/);
  });

  it('lets services of the account pass', () => {
    const { principals, caller } = callerWith();
    const service = { ...caller, kind: 'service' } as const;

    expect(() => authorize(principals, service, { needs: [NEED], denied: DENIED })).not.toThrow();
  });
});
