import { GetUserCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  type AssumeRoleResponse,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { putPolicy } from '../../../lib/local/iam/inline-policies.ts';
import { issueKey, newPrincipal } from '../../../lib/local/identity/principals.ts';
import { START_MS, type StartedAccount, startAccount } from '../start-account.ts';
import { sendRaw } from '../wire/send.ts';

const ROLE_ARN = 'arn:aws:iam::123456789012:role/reader';
const ROOT = { AWS: 'arn:aws:iam::123456789012:root' };
const ASSUME = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: ROLE_ARN };

let account: StartedAccount;
const clients: STSClient[] = [];

beforeEach(async () => {
  account = await startAccount();
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await account.stop();
});

describe('GetCallerIdentity', () => {
  it('needs no permission', async () => {
    const answer = await stsOf('ann').send(new GetCallerIdentityCommand({}));

    expect(answer).toMatchObject({
      Account: '123456789012',
      Arn: 'arn:aws:iam::123456789012:user/ann',
      UserId: expect.stringMatching(/^AIDA/) as string,
    });
  });
});

describe('AssumeRole', () => {
  it('answers credentials of a session that works as a caller', async () => {
    seedRole({ AWS: 'arn:aws:iam::123456789012:user/ann' });
    const read = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' }],
    });
    putPolicy(account.core.principals, { kind: 'role', name: 'reader', policyName: 'p' }, read);

    const answer = await assume('ann');

    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = answer.Credentials ?? {};
    const credentials = {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    };
    const sts = new STSClient(account.settings(credentials));
    clients.push(sts);
    const iam = new IAMClient(account.settings(credentials));
    const identity = await sts.send(new GetCallerIdentityCommand({}));
    expect(answer.Credentials?.Expiration).toEqual(new Date(START_MS + 900_000));
    expect(answer.AssumedRoleUser?.Arn).toBe(identity.Arn);
    expect(identity.Arn).toBe('arn:aws:sts::123456789012:assumed-role/reader/session-1');
    await expect(iam.send(new GetUserCommand({ UserName: 'ann' }))).resolves.toBeDefined();
    iam.destroy();
  });

  it.each([
    ['the account, without a policy of the caller', ROOT, [], false],
    ['the account, with a policy of the caller', ROOT, [ASSUME], true],
    ['everybody', '*', [], true],
    ['everybody, against a deny of the caller', '*', [{ ...ASSUME, Effect: 'Deny' }], false],
    ['a service only', { Service: 'lambda.amazonaws.com' }, [ASSUME], false],
    ['somebody else', { AWS: 'arn:aws:iam::123456789012:user/bob' }, [ASSUME], false],
  ])('with trust in %s', async (_case, principal, statements, isAllowed) => {
    seedRole(principal);

    const outcome = assume('ann', statements).then(
      () => true,
      (error: unknown) => error,
    );

    expect(await outcome).toEqual(
      isAllowed
        ? true
        : expect.objectContaining({
            name: 'AccessDenied',
            message: `User: arn:aws:iam::123456789012:user/ann is not authorized to perform: sts:AssumeRole on resource: ${ROLE_ARN}`,
          }),
    );
  });

  it('heeds a deny in the trust policy', async () => {
    seedRole('*', [{ Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' }]);

    await expect(assume('ann')).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('refuses a role that does not exist, or has no trust policy', async () => {
    await expect(assume('ann')).rejects.toMatchObject({ name: 'AccessDenied' });
    const { principals } = account.core;
    newPrincipal(principals, { kind: 'role', name: 'reader', nowMs: START_MS });

    await expect(assume('bob')).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it.each([
    [{ RoleArn: 'reader' }, 'reader is invalid'],
    [{ RoleSessionName: 'a b' }, /'roleSessionName' failed to satisfy constraint/],
    [{ DurationSeconds: 60 }, /'durationSeconds' failed to satisfy constraint/],
    [{ Policy: '{}' }, 'the local account does not judge Policy of a session'],
    [{ SourceIdentity: 'ann' }, 'the local account does not judge SourceIdentity of a session'],
  ])('refuses %j', async (input, message) => {
    seedRole('*');
    const command = new AssumeRoleCommand({
      RoleArn: ROLE_ARN,
      RoleSessionName: 'session-1',
      ...input,
    });

    await expect(stsOf('ann').send(command)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringMatching(message) as string,
    });
  });

  it.each([
    ['the longest of a role that says nothing', {}, 3601],
    ['the longest that the role has', { maxSessionSeconds: 7200 }, 7201],
  ])('refuses a session over %s', async (_case, longest, DurationSeconds) => {
    seedRole('*', [], longest);

    await expect(assume('ann', [], DurationSeconds)).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    });
    await expect(assume('bob', [], DurationSeconds - 1)).resolves.toBeDefined();
  });

  it('lets a session become another role for an hour at most', async () => {
    seedRole('*', [], { maxSessionSeconds: 7200 });
    const session = new STSClient(account.settings(toKey(await assume('ann'))));
    clients.push(session);

    await expect(session.send(assumption(3601))).rejects.toMatchObject({
      name: 'ValidationError',
      message:
        'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    });
    await expect(session.send(assumption(3600))).resolves.toBeDefined();
  });
});

describe('a session', () => {
  const SERVICES = ['sts', 'iam', 'ec2', 'sqs'] as const;
  const callAs = async (key: { readonly accessKeyId: string }, sessionToken?: string) => {
    const answers = SERVICES.map(async (service) => {
      const action = { sts: 'GetCallerIdentity', iam: 'ListUsers', ec2: 'DescribeVpcs', sqs: '' }[
        service
      ];
      const { status, text } = await sendRaw(account.endpoint, {
        service,
        accessKeyId: key.accessKeyId,
        headers: {
          'x-amz-target': 'AmazonSQS.ListQueues',
          ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
        },
        body: action === '' ? '{}' : `Action=${action}`,
      });
      const [, code] = /<Code>(\w+)|"__type":"(\w+)"/.exec(text)?.filter(Boolean) ?? [];
      return [service, status, code];
    });
    return Promise.all(answers);
  };

  it('is over when its time is, and says so in the words of each protocol', async () => {
    seedRole('*');
    const key = toKey(await assume('ann'));

    await account.core.clock.advance(899_999);
    const last = await callAs(key, key.sessionToken);
    await account.core.clock.advance(1);

    expect(last.map(([, , code]) => code)).not.toContain('ExpiredToken');
    expect(last[0]).toEqual(['sts', 200, undefined]);
    expect(await callAs(key, key.sessionToken)).toEqual([
      ['sts', 403, 'ExpiredToken'],
      ['iam', 403, 'ExpiredToken'],
      ['ec2', 400, 'RequestExpired'],
      ['sqs', 400, 'ExpiredTokenException'],
    ]);
    await expect(
      new STSClient(account.settings(key)).send(new GetCallerIdentityCommand({})),
    ).rejects.toMatchObject({
      name: 'ExpiredToken',
      message: 'The security token included in the request is expired',
    });
  });

  it("is nobody with another one's token", async () => {
    seedRole('*');
    const key = toKey(await assume('ann'));

    expect(await callAs(key, 'another')).toEqual([
      ['sts', 403, 'InvalidClientTokenId'],
      ['iam', 403, 'InvalidClientTokenId'],
      ['ec2', 403, 'InvalidClientTokenId'],
      ['sqs', 403, 'UnrecognizedClientException'],
    ]);
  });

  it('lasts where the account runs code with it', async () => {
    seedRole('*');
    const { core } = account;
    const reader = core.principals.roles.get('reader');
    if (reader === undefined) throw new Error('there is no role');
    const running = issueKey(core.principals, reader, {
      nowMs: START_MS,
      isInside: true,
      name: 'f',
    });
    await core.clock.advance(14 * 86_400_000);

    const [identity] = await callAs(running, running.sessionToken);

    expect(identity).toEqual(['sts', 200, undefined]);
  });
});

describe('the Date header', () => {
  const dateOf = async (key: { readonly accessKeyId: string; readonly sessionToken?: string }) => {
    const { headers } = await sendRaw(account.endpoint, {
      service: 'sts',
      accessKeyId: key.accessKeyId,
      headers: { 'x-amz-security-token': key.sessionToken ?? '' },
      body: 'Action=GetCallerIdentity',
    });
    return Date.parse(headers.get('date') ?? '');
  };

  it('is virtual for code that runs in the account, and for the roles that it becomes', async () => {
    seedRole('*');
    const { core } = account;
    const reader = core.principals.roles.get('reader');
    if (reader === undefined) throw new Error('there is no role');
    const running = issueKey(core.principals, reader, {
      nowMs: START_MS,
      isInside: true,
      name: 'f',
    });
    const sts = new STSClient(account.settings(running));
    clients.push(sts);
    const become = toKey(await sts.send(assumption(900)));

    expect(await dateOf(running)).toBe(START_MS);
    expect(await dateOf(become)).toBe(START_MS);
  });

  it('is real for everybody else', async () => {
    seedRole('*');
    await account.core.clock.advance(3_600_000);
    const before = Math.floor(Date.now() / 1000) * 1000;

    expect(await dateOf({ accessKeyId: 'local' })).toBeGreaterThanOrEqual(before - 1000);
    expect(await dateOf(toKey(await assume('ann')))).toBeGreaterThanOrEqual(before - 1000);
  });
});

function toKey({ Credentials }: AssumeRoleResponse) {
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  };
}

function assumption(DurationSeconds: number): AssumeRoleCommand {
  return new AssumeRoleCommand({
    RoleArn: ROLE_ARN,
    RoleSessionName: 'session-1',
    DurationSeconds,
  });
}

function stsOf(name: string, statements: readonly object[] = []): STSClient {
  const client = new STSClient(account.settings(account.user(name, ...statements)));
  clients.push(client);
  return client;
}

function assume(name: string, statements: readonly object[] = [], seconds = 900) {
  return stsOf(name, statements).send(assumption(seconds));
}

function seedRole(
  principal: unknown,
  others: readonly object[] = [],
  more: { readonly maxSessionSeconds?: number } = {},
): void {
  const allow = { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' };
  newPrincipal(account.core.principals, {
    kind: 'role',
    name: 'reader',
    nowMs: START_MS,
    ...more,
    trust: JSON.stringify({ Version: '2012-10-17', Statement: [allow, ...others] }),
  });
}
