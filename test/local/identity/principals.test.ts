import { describe, expect, it } from 'vitest';
import { toUserIdentity } from '../../../lib/local/identity/caller.ts';
import {
  createPrincipals,
  findCaller,
  findPrincipal,
  forgetJudge,
  issueKey,
  judgeOf,
  newPrincipal,
} from '../../../lib/local/identity/principals.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 10);

function seeded() {
  const principals = createPrincipals('123456789012', NOW_MS);
  const user = newPrincipal(principals, { kind: 'user', name: 'ann', nowMs: NOW_MS });
  const role = newPrincipal(principals, {
    kind: 'role',
    name: 'runner',
    path: '/fns/',
    trust: '{}',
    description: 'runs',
    nowMs: NOW_MS,
  });
  return { principals, user, role };
}

describe('createPrincipals', () => {
  it('knows the administrator by the key `local`, who may do everything', () => {
    const { principals } = seeded();

    const caller = findCaller(principals, 'local');

    expect(caller).toMatchObject({ kind: 'user', name: 'local-admin' });
    const admin = caller === undefined ? undefined : findPrincipal(principals, caller);
    const judge = admin === undefined ? undefined : judgeOf(principals, admin);
    expect(judge?.({ action: 'a:B', resource: 'arn:x', context: {} }).outcome).toBe('allowed');
  });
});

describe('issueKey', () => {
  it('issues a lasting key to a user', () => {
    const { principals, user } = seeded();

    const key = issueKey(principals, user, { nowMs: NOW_MS });

    expect(key.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(key).not.toHaveProperty('sessionToken');
    expect(findCaller(principals, key.accessKeyId)).toEqual({
      kind: 'user',
      accountId: '123456789012',
      accessKeyId: key.accessKeyId,
      arn: user.arn,
      principalArn: user.arn,
      principalId: user.id,
      name: 'ann',
    });
  });

  it('issues a session to a role, whose path its ARN lacks', () => {
    const { principals, role } = seeded();

    const key = issueKey(principals, role, { name: 'one', nowMs: NOW_MS });

    expect(key.accessKeyId).toMatch(/^ASIA/);
    expect(key.sessionToken).toBeDefined();
    expect(findCaller(principals, key.accessKeyId)).toMatchObject({
      kind: 'role-session',
      arn: 'arn:aws:sts::123456789012:assumed-role/runner/one',
      principalArn: 'arn:aws:iam::123456789012:role/fns/runner',
      principalId: `${role.id}:one`,
    });
  });

  it('issues no key twice, not even after one was removed', () => {
    const { principals, user } = seeded();
    const first = issueKey(principals, user, { nowMs: NOW_MS });
    principals.keys.delete(first.accessKeyId);

    const second = issueKey(principals, user, { nowMs: NOW_MS });

    expect(second.accessKeyId).not.toBe(first.accessKeyId);
  });
});

describe('findCaller', () => {
  it('knows nobody by a key that was never issued', () => {
    expect(findCaller(seeded().principals, 'AKIANOBODY')).toBeUndefined();
  });
});

describe('judgeOf', () => {
  it('compiles policies once, and again when they are forgotten', () => {
    const { principals, user } = seeded();

    const first = judgeOf(principals, user);
    expect(judgeOf(principals, user)).toBe(first);
    forgetJudge(principals, user);

    expect(judgeOf(principals, user)).not.toBe(first);
  });
});

describe('toUserIdentity', () => {
  const identityOf = (accessKeyId: string, { principals }: ReturnType<typeof seeded>) => {
    const caller = findCaller(principals, accessKeyId);
    return caller === undefined ? undefined : toUserIdentity(caller, NOW_MS);
  };

  it('says of a user who it is', () => {
    const account = seeded();
    const { accessKeyId } = issueKey(account.principals, account.user, { nowMs: NOW_MS });

    expect(identityOf(accessKeyId, account)).toEqual({
      type: 'IAMUser',
      principalId: account.user.id,
      arn: account.user.arn,
      accountId: '123456789012',
      accessKeyId,
      userName: 'ann',
    });
  });

  it('says of a session whose it is', () => {
    const account = seeded();
    const session = { name: 'one', nowMs: NOW_MS };
    const { accessKeyId } = issueKey(account.principals, account.role, session);

    expect(identityOf(accessKeyId, account)).toMatchObject({
      type: 'AssumedRole',
      principalId: `${account.role.id}:one`,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: account.role.id,
          arn: account.role.arn,
          userName: 'runner',
        },
        attributes: { creationDate: '2026-11-22T10:00:00.000Z', mfaAuthenticated: 'false' },
      },
    });
  });

  it('says of a service only its name', () => {
    const service = {
      kind: 'service',
      accountId: '123456789012',
      accessKeyId: '',
      arn: 'lambda.amazonaws.com',
      principalArn: 'lambda.amazonaws.com',
      principalId: '',
      name: 'lambda',
    } as const;

    expect(toUserIdentity(service, NOW_MS)).toEqual({
      type: 'AWSService',
      invokedBy: 'lambda.amazonaws.com',
    });
  });
});
