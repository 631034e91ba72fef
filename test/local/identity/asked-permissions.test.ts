import { describe, expect, it } from 'vitest';
import {
  type AskedOnce,
  createAskedPermissions,
} from '../../../lib/local/identity/asked-permissions.ts';
import { createPrincipals, judgeOf, newPrincipal } from '../../../lib/local/identity/principals.ts';

const ROLE = 'arn:aws:iam::123456789012:role/reader';

describe('createAskedPermissions', () => {
  it('counts answers by principal and action, in the order of their first', () => {
    const asked = createAskedPermissions();
    const judge = asked.noting(ROLE, ({ resource }) => {
      const outcome = resource === 'mine' ? 'allowed' : 'implicitly-denied';
      return { outcome, reason: 'as the test wants it' };
    });

    const outcomes = ['mine', 'mine', 'yours'].map(
      (resource) => judge({ action: 's3:GetObject', resource, context: {} }).outcome,
    );
    judge({ action: 's3:PutObject', resource: 'mine', context: {} });

    expect(outcomes).toEqual(['allowed', 'allowed', 'implicitly-denied']);
    expect(asked.list()).toEqual([
      { principal: ROLE, action: 's3:GetObject', allowed: 2, refused: 1 },
      { principal: ROLE, action: 's3:PutObject', allowed: 1, refused: 0 },
    ]);
  });

  it('tells listeners of every question', () => {
    const principals = createPrincipals('123456789012', 0);
    const heard: AskedOnce[] = [];
    principals.asked.listeners.push((once) => heard.push(once));
    const user = newPrincipal(principals, { kind: 'user', name: 'ann', nowMs: 0 });

    judgeOf(principals, user)({ action: 'iam:GetUser', resource: '*', context: {} });

    expect(heard).toEqual([
      { principal: user.arn, action: 'iam:GetUser', resource: '*', isAllowed: false },
    ]);
  });
});
