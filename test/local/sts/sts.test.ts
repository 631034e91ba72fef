import { GetUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { putPolicy } from '../../../lib/local/iam/inline-policies.ts';
import { newPrincipal } from '../../../lib/local/identity/principals.ts';
import { START_MS, type StartedAccount, startAccount } from '../start-account.ts';

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
    seedRole('*', { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' });

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
});

function stsOf(name: string, statements: readonly object[] = []): STSClient {
  const client = new STSClient(account.settings(account.user(name, ...statements)));
  clients.push(client);
  return client;
}

function assume(name: string, statements: readonly object[] = []) {
  const command = new AssumeRoleCommand({
    RoleArn: ROLE_ARN,
    RoleSessionName: 'session-1',
    DurationSeconds: 900,
  });
  return stsOf(name, statements).send(command);
}

function seedRole(principal: unknown, ...others: readonly object[]): void {
  const allow = { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' };
  newPrincipal(account.core.principals, {
    kind: 'role',
    name: 'reader',
    nowMs: START_MS,
    trust: JSON.stringify({ Version: '2012-10-17', Statement: [allow, ...others] }),
  });
}
