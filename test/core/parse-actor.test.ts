import { describe, expect, it } from 'vitest';
import { isRoleArn, parseActor } from '../../functions/core/parse-actor.ts';

const ROLE_ARN = 'arn:aws:iam::123456789012:role/app/deploy';
const USER_ARN = 'arn:aws:iam::123456789012:user/ann@example.com';
const SESSION_ARN = 'arn:aws:sts::123456789012:assumed-role/deploy/ann';
const FEDERATED_ARN = 'arn:aws:sts::123456789012:federated-user/ann';

describe('parseActor', () => {
  it.each([
    {
      name: 'a user',
      identity: { type: 'IAMUser', arn: USER_ARN, accountId: '123456789012' },
      actor: { principalArn: USER_ARN, accountId: '123456789012' },
    },
    {
      name: 'the root of an account',
      identity: { type: 'Root', arn: 'arn:aws:iam::123456789012:root' },
      actor: { principalArn: 'arn:aws:iam::123456789012:root' },
    },
    {
      name: 'the role of a session, never the session',
      identity: { arn: SESSION_ARN, sessionContext: { sessionIssuer: { arn: ROLE_ARN } } },
      actor: { principalArn: ROLE_ARN, sessionName: 'ann' },
    },
    {
      name: 'no principal for a session whose role is not named',
      identity: { arn: SESSION_ARN, principalId: 'AROAEXAMPLE:bob' },
      actor: { sessionName: 'ann' },
    },
    {
      name: 'the session that only the principal id names',
      identity: { principalId: 'AROAEXAMPLE:ann' },
      actor: { sessionName: 'ann' },
    },
    {
      name: 'a federated user, not the user that it came from',
      identity: { arn: FEDERATED_ARN, sessionContext: { sessionIssuer: { arn: USER_ARN } } },
      actor: { principalArn: FEDERATED_ARN },
    },
    {
      name: 'the service that called for a role',
      identity: {
        invokedBy: 'cloudformation.amazonaws.com',
        sessionContext: { sessionIssuer: { arn: ROLE_ARN } },
      },
      actor: { principalArn: ROLE_ARN, invokedBy: 'cloudformation.amazonaws.com' },
    },
    {
      name: 'nobody where all is redacted',
      identity: {
        arn: '-',
        accountId: '-',
        principalId: '',
        invokedBy: '',
        sessionContext: { sessionIssuer: { arn: '--' } },
      },
      actor: {},
    },
    {
      name: 'nobody where types are strange',
      identity: { arn: 7, accountId: [], principalId: {}, sessionContext: 'x', invokedBy: 1 },
      actor: {},
    },
    {
      name: 'nobody where texts are in lists',
      identity: { arn: [USER_ARN], accountId: ['123456789012'], principalId: ['AROAEXAMPLE:ann'] },
      actor: {},
    },
    {
      name: 'nobody where something stands before a name',
      identity: {
        arn: `x${USER_ARN}`,
        accountId: '0123456789012',
        sessionContext: { sessionIssuer: { arn: `x${ROLE_ARN}` } },
      },
      actor: {},
    },
    {
      name: 'nobody where something stands behind a name',
      identity: {
        arn: `${USER_ARN} x`,
        accountId: '123456789012x',
        principalId: 'AROAEXAMPLE:a b',
      },
      actor: {},
    },
    {
      name: 'a role of another partition',
      identity: {
        sessionContext: { sessionIssuer: { arn: 'arn:aws-us-gov:iam::123456789012:role/a' } },
      },
      actor: { principalArn: 'arn:aws-us-gov:iam::123456789012:role/a' },
    },
    {
      name: 'a user of another partition',
      identity: { arn: 'arn:aws-cn:iam::123456789012:user/ann' },
      actor: { principalArn: 'arn:aws-cn:iam::123456789012:user/ann' },
    },
  ])('names $name', ({ identity, actor }) => {
    expect(parseActor(identity, undefined)).toStrictEqual(actor);
  });

  it('hides what looks like a secret in the name of a session', () => {
    const secret = 'password=hunter2';

    expect(parseActor({ principalId: `AROAEXAMPLE:${secret}` }, undefined)).toEqual({
      sessionName: 'password=…',
    });
  });

  it('makes one short line of what the caller calls itself', () => {
    const { userAgent = '' } = parseActor({}, `a\n\u0007${'b'.repeat(100_000)}`);

    expect(userAgent).toHaveLength(200);
    expect(userAgent).toMatch(/^a {2}b+…$/);
  });
});

describe('isRoleArn', () => {
  it.each([
    { value: ROLE_ARN, expected: true },
    { value: USER_ARN, expected: false },
    { value: `${ROLE_ARN}\nx`, expected: false },
    { value: 7, expected: false },
  ])('is $expected for $value', ({ value, expected }) => {
    expect(isRoleArn(value)).toBe(expected);
  });
});
