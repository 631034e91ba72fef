import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  ListUserPoliciesCommand,
  ListUsersCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seedLambdaRole } from '../../../lib/local/iam/seed-roles.ts';
import { type StartedAccount, startAccount } from '../start-account.ts';

const READ_QUEUES = toDocument({ Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' });
const TRUST_LAMBDA = toDocument({
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
});

let account: StartedAccount;
let iam: IAMClient;

beforeEach(async () => {
  account = await startAccount();
  iam = new IAMClient(account.settings());
});

afterEach(async () => {
  iam.destroy();
  await account.stop();
});

describe('users', () => {
  it('are made, found, listed and removed, and every change is recorded', async () => {
    const made = await iam.send(
      new CreateUserCommand({ UserName: 'ann', Path: '/team/', Tags: [{ Key: 'a', Value: 'b' }] }),
    );
    const found = await iam.send(new GetUserCommand({ UserName: 'ann' }));
    const listed = await iam.send(new ListUsersCommand({ PathPrefix: '/team/' }));
    await iam.send(new DeleteUserCommand({ UserName: 'ann' }));

    expect(made.User).toMatchObject({
      Arn: 'arn:aws:iam::123456789012:user/team/ann',
      CreateDate: new Date('2026-11-22T10:00:00Z'),
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    expect(found.User).toEqual(made.User);
    expect(listed).toMatchObject({ IsTruncated: false, Users: [{ UserName: 'ann' }] });
    await expect(iam.send(new GetUserCommand({ UserName: 'ann' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The user with name ann cannot be found.',
    });
    expect(account.records('DeleteUser')).toMatchObject([
      { requestParameters: { userName: 'ann' }, responseElements: null },
    ]);
  });

  it('are themselves where no name is given', async () => {
    const ann = new IAMClient(
      account.settings(
        account.user('ann', { Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' }),
      ),
    );

    const { User } = await ann.send(new GetUserCommand({}));

    expect(User?.UserName).toBe('ann');
  });

  it.each([
    [
      { UserName: 'local-admin' },
      'EntityAlreadyExistsException',
      'User with name local-admin already exists.',
    ],
    [
      { UserName: 'a b' },
      'ValidationError',
      'The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
    ],
    [
      { UserName: 'a'.repeat(65) },
      'ValidationError',
      `1 validation error detected: Value '${'a'.repeat(65)}' at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    ],
    [
      { UserName: 'ann', Path: 'team' },
      'ValidationError',
      'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
    ],
    [
      { UserName: 'ann', Tags: [{ Key: 'k', Value: 'v'.repeat(257) }] },
      'ValidationError',
      "The tag with key 'k' is invalid",
    ],
    [
      { UserName: undefined },
      'ValidationError',
      "1 validation error detected: Value null at 'userName' failed to satisfy constraint: Member must not be null",
    ],
  ])('refuses %j', async (input, name, message) => {
    await expect(iam.send(new CreateUserCommand(input))).rejects.toMatchObject({ name, message });
  });

  it('stay while they have keys or policies', async () => {
    account.user('ann', { Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' });
    const [key] = [...account.core.principals.keys.values()].slice(-1);
    const remove = () => iam.send(new DeleteUserCommand({ UserName: 'ann' }));

    await expect(remove()).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: 'Cannot delete entity, must delete access keys first.',
    });
    await iam.send(new DeleteAccessKeyCommand({ UserName: 'ann', AccessKeyId: key?.accessKeyId }));
    await expect(remove()).rejects.toMatchObject({
      message: 'Cannot delete entity, must delete policies first.',
    });
    await iam.send(new DeleteUserPolicyCommand({ UserName: 'ann', PolicyName: 'own' }));
    await expect(remove()).resolves.toBeDefined();
  });
});

describe('access keys', () => {
  it('work as callers until they are removed, and their secret is never recorded', async () => {
    await iam.send(new CreateUserCommand({ UserName: 'ann' }));
    await iam.send(
      new PutUserPolicyCommand({ UserName: 'ann', PolicyName: 'p', PolicyDocument: READ_QUEUES }),
    );
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ann' }));
    const accessKeyId = AccessKey?.AccessKeyId ?? '';
    const secretAccessKey = AccessKey?.SecretAccessKey ?? '';
    const ann = new IAMClient(account.settings({ accessKeyId, secretAccessKey }));

    await expect(ann.send(new GetUserCommand({}))).resolves.toBeDefined();
    await iam.send(new DeleteAccessKeyCommand({ UserName: 'ann', AccessKeyId: accessKeyId }));

    await expect(ann.send(new GetUserCommand({}))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
    expect(account.records('CreateAccessKey')).toMatchObject([
      { responseElements: { accessKey: { userName: 'ann', status: 'Active' } } },
    ]);
    expect(JSON.stringify(account.core.journal)).not.toContain(secretAccessKey);
  });

  it('are two at most', async () => {
    account.user('ann');
    await iam.send(new CreateAccessKeyCommand({ UserName: 'ann' }));

    await expect(iam.send(new CreateAccessKeyCommand({ UserName: 'ann' }))).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for AccessKeysPerUser: 2',
    });
  });

  it('never come back under the id of one that was removed', async () => {
    account.user('ann');
    const create = async () =>
      (await iam.send(new CreateAccessKeyCommand({ UserName: 'ann' }))).AccessKey?.AccessKeyId;

    const first = await create();
    await iam.send(new DeleteAccessKeyCommand({ UserName: 'ann', AccessKeyId: first }));

    expect(await create()).not.toBe(first);
  });

  it('of somebody else cannot be removed', async () => {
    account.user('ann');

    await expect(
      iam.send(new DeleteAccessKeyCommand({ UserName: 'ann', AccessKeyId: 'local' })),
    ).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The Access Key with id local cannot be found.',
    });
  });
});

describe('policies of users', () => {
  it('decide from the next call on, and are answered URL-encoded', async () => {
    const ann = new IAMClient(account.settings(account.user('ann')));
    const place = { UserName: 'ann', PolicyName: 'p' };
    await expect(ann.send(new GetUserCommand({}))).rejects.toMatchObject({
      name: 'AccessDenied',
      message:
        'User: arn:aws:iam::123456789012:user/ann is not authorized to perform: iam:GetUser on resource: arn:aws:iam::123456789012:user/ann because no identity-based policy allows the iam:GetUser action',
    });

    await iam.send(new PutUserPolicyCommand({ ...place, PolicyDocument: READ_QUEUES }));
    await expect(ann.send(new GetUserCommand({}))).resolves.toBeDefined();
    const held = await iam.send(new GetUserPolicyCommand(place));
    const listed = await iam.send(new ListUserPoliciesCommand({ UserName: 'ann' }));
    await iam.send(new DeleteUserPolicyCommand(place));

    await expect(ann.send(new GetUserCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(held.PolicyDocument).toContain('%22Resource%22%3A%22%2A%22');
    expect(decodeURIComponent(held.PolicyDocument ?? '')).toBe(READ_QUEUES);
    expect(listed.PolicyNames).toEqual(['p']);
    await expect(iam.send(new DeleteUserPolicyCommand(place))).rejects.toMatchObject({
      message: 'The user policy with name p cannot be found.',
    });
  });

  it.each([
    ['not json', /^Syntax errors in policy: expected JSON$/],
    ['[]', /^Syntax errors in policy: expected an IAM document/],
    [
      toDocument({ Effect: 'Allow', Action: 'sqs:*' }),
      /^Syntax errors in policy: Statement\[0\]\.Resource: is missing/,
    ],
  ])('refuses %s', async (PolicyDocument, message) => {
    account.user('ann');

    await expect(
      iam.send(new PutUserPolicyCommand({ UserName: 'ann', PolicyName: 'p', PolicyDocument })),
    ).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message: expect.stringMatching(message) as string,
    });
  });

  it('are refused when all of them together are too large', async () => {
    account.user('ann');
    const statement = { Effect: 'Allow', Action: 'sqs:*', Resource: `arn:${'x'.repeat(1100)}` };
    const put = (PolicyName: string) =>
      iam.send(
        new PutUserPolicyCommand({
          UserName: 'ann',
          PolicyName,
          PolicyDocument: toDocument(statement),
        }),
      );

    await put('one');
    await put('one');

    await expect(put('two')).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Maximum policy size of 2048 bytes exceeded for user ann',
    });
  });
});

describe('roles', () => {
  const create = (input = {}) =>
    iam.send(
      new CreateRoleCommand({
        RoleName: 'runner',
        AssumeRolePolicyDocument: TRUST_LAMBDA,
        ...input,
      }),
    );

  it('have a longest session, of an hour to twelve', async () => {
    const longest = async () =>
      (await iam.send(new GetRoleCommand({ RoleName: 'runner' }))).Role?.MaxSessionDuration;
    const update = (MaxSessionDuration: number) =>
      iam.send(new UpdateRoleCommand({ RoleName: 'runner', MaxSessionDuration }));
    const constraint =
      "Value '%' at 'maxSessionDuration' failed to satisfy constraint: Member must";

    await expect(create({ MaxSessionDuration: 3599 })).rejects.toMatchObject({
      name: 'ValidationError',
      message: `1 validation error detected: ${constraint.replace('%', '3599')} have value greater than or equal to 3600`,
    });
    await create({ MaxSessionDuration: 43_200 });
    expect(await longest()).toBe(43_200);
    await update(3600);
    expect(await longest()).toBe(3600);
    await expect(update(43_201)).rejects.toMatchObject({
      name: 'ValidationError',
      message: `1 validation error detected: ${constraint.replace('%', '43201')} have value less than or equal to 43200`,
    });
  });

  it('are made with what was given, and answer it', async () => {
    await create({ Description: 'runs', Path: '/fns/', Tags: [{ Key: 'a', Value: 'b' }] });
    await iam.send(new TagRoleCommand({ RoleName: 'runner', Tags: [{ Key: 'c', Value: 'd' }] }));
    await iam.send(new UpdateRoleCommand({ RoleName: 'runner', Description: 'runs on' }));

    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'runner' }));
    const tags = await iam.send(new ListRoleTagsCommand({ RoleName: 'runner' }));
    const listed = await iam.send(new ListRolesCommand({ PathPrefix: '/fns/' }));
    const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'runner' }));
    expect(Role).toMatchObject({
      Arn: 'arn:aws:iam::123456789012:role/fns/runner',
      Description: 'runs on',
      MaxSessionDuration: 3600,
      Tags: [
        { Key: 'a', Value: 'b' },
        { Key: 'c', Value: 'd' },
      ],
    });
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(TRUST_LAMBDA);
    expect(tags.Tags).toHaveLength(2);
    expect(listed.Roles).toHaveLength(1);
    expect(attached).toMatchObject({ AttachedPolicies: [], IsTruncated: false });
    expect(account.records('CreateRole')).toMatchObject([
      {
        requestParameters: { roleName: 'runner', path: '/fns/' },
        responseElements: { role: { roleName: 'runner' } },
      },
    ]);
  });

  it('have inline policies that are put, read, listed and removed', async () => {
    await create();
    const place = { RoleName: 'runner', PolicyName: 'p' };

    await iam.send(new PutRolePolicyCommand({ ...place, PolicyDocument: READ_QUEUES }));
    const held = await iam.send(new GetRolePolicyCommand(place));
    const listed = await iam.send(new ListRolePoliciesCommand({ RoleName: 'runner' }));

    expect(decodeURIComponent(held.PolicyDocument ?? '')).toBe(READ_QUEUES);
    expect(listed.PolicyNames).toEqual(['p']);
    await expect(iam.send(new DeleteRoleCommand({ RoleName: 'runner' }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
    });
    await iam.send(new DeleteRolePolicyCommand(place));
    await iam.send(new DeleteRoleCommand({ RoleName: 'runner' }));
    await expect(iam.send(new GetRolePolicyCommand(place))).rejects.toMatchObject({
      message: 'The role with name runner cannot be found.',
    });
  });

  it('change their trust, which has to be a trust policy', async () => {
    await create();
    const other = TRUST_LAMBDA.replace('lambda', 'events');
    const update = (PolicyDocument: string) =>
      iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'runner', PolicyDocument }));

    await update(other);

    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'runner' }));
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(other);
    await expect(update(READ_QUEUES)).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
    });
  });

  it('are made once', async () => {
    await create();

    await expect(create()).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'Role with name runner already exists.',
    });
  });

  it('have no boundary, which would have to be judged', async () => {
    const bounded = create({ PermissionsBoundary: 'arn:aws:iam::aws:policy/SecurityAudit' });

    await expect(bounded).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'the local account judges no permissions boundaries',
    });
  });

  it('are listed page by page', async () => {
    for (const RoleName of ['a', 'b', 'c']) await create({ RoleName });

    const first = await iam.send(new ListRolesCommand({ MaxItems: 2 }));
    const second = await iam.send(new ListRolesCommand({ MaxItems: 2, Marker: first.Marker }));

    expect([first.IsTruncated, second.IsTruncated]).toEqual([true, false]);
    expect(second.Roles).toMatchObject([{ RoleName: 'c' }]);
    await expect(iam.send(new ListRolesCommand({ Marker: 'x' }))).rejects.toMatchObject({
      name: 'ValidationError',
    });
    await expect(iam.send(new ListRolesCommand({ MaxItems: 0 }))).rejects.toMatchObject({
      name: 'ValidationError',
    });
  });
});

describe('seedLambdaRole', () => {
  it('seeds the role that functions of the account run under', async () => {
    seedLambdaRole(account.core);

    const place = { RoleName: 'lambda-role', PolicyName: 'vpc-access' };
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand(place));
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'lambda-role' }));
    expect(Role?.Arn).toBe('arn:aws:iam::123456789012:role/lambda-role');
    expect(decodeURIComponent(PolicyDocument ?? '')).toContain('ec2:CreateNetworkInterface');
  });
});

function toDocument(statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
