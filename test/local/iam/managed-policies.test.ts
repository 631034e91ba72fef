import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteUserCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetUserCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListPoliciesCommand,
  type ListPoliciesCommandInput,
  ListPolicyVersionsCommand,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StartedAccount, startAccount } from '../start-account.ts';

const AWS = 'arn:aws:iam::aws:policy';
const OWN = 'arn:aws:iam::123456789012:policy';
const DOCUMENT = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' }],
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

const createPolicy = (input: { readonly PolicyName: string; readonly Path?: string }) =>
  iam.send(new CreatePolicyCommand({ PolicyDocument: DOCUMENT, ...input }));

const createRole = () =>
  iam.send(
    new CreateRoleCommand({
      RoleName: 'runner',
      AssumeRolePolicyDocument: JSON.stringify({
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }],
      }),
    }),
  );

describe('policies that AWS keeps', () => {
  it('are there from the start, in their present versions', async () => {
    const { Policies = [] } = await iam.send(new ListPoliciesCommand({ Scope: 'AWS' }));

    expect(Policies.map(({ Arn, DefaultVersionId }) => [Arn, DefaultVersionId])).toEqual([
      [`${AWS}/AdministratorAccess`, 'v1'],
      [`${AWS}/service-role/AWSLambdaBasicExecutionRole`, 'v1'],
      [`${AWS}/service-role/AWSLambdaVPCAccessExecutionRole`, 'v3'],
      [`${AWS}/service-role/AWSLambdaENIManagementAccess`, 'v2'],
      [`${AWS}/SecurityAudit`, 'v86'],
      [`${AWS}/job-function/ViewOnlyAccess`, 'v45'],
    ]);
  });

  it.each([
    ['service-role/AWSLambdaVPCAccessExecutionRole', 'v3', true],
    ['service-role/AWSLambdaENIManagementAccess', 'v2', false],
    ['service-role/AWSLambdaBasicExecutionRole', 'v1', false],
  ])('%s %s names subnets: %s', async (name, VersionId, namesSubnets) => {
    const PolicyArn = `${AWS}/${name}`;

    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));

    const document = decodeURIComponent(PolicyVersion?.Document ?? '');
    expect(document.includes('ec2:DescribeSubnets')).toBe(namesSubnets);
  });

  it.each(['SecurityAudit', 'job-function/ViewOnlyAccess'])(
    '%s does not let its owner read functions with their code',
    async (name) => {
      const PolicyArn = `${AWS}/${name}`;
      const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
      const VersionId = Policy?.DefaultVersionId;

      const { PolicyVersion } = await iam.send(
        new GetPolicyVersionCommand({ PolicyArn, VersionId }),
      );

      const document = decodeURIComponent(PolicyVersion?.Document ?? '');
      expect(document).toContain('"lambda:List*"');
      expect(document).not.toMatch(/"lambda:(\*|Get\*|GetFunction)"/);
    },
  );

  it('cannot be deleted', async () => {
    const PolicyArn = `${AWS}/SecurityAudit`;

    await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await expect(iam.send(new GetPolicyCommand({ PolicyArn }))).resolves.toBeDefined();
  });
});

describe('managed policies of the account', () => {
  it('are made, found, listed and removed, and every change is recorded', async () => {
    const made = await iam.send(
      new CreatePolicyCommand({
        PolicyName: 'reading',
        Path: '/team/',
        PolicyDocument: DOCUMENT,
        Description: 'reads',
        Tags: [{ Key: 'a', Value: 'b' }],
      }),
    );
    const PolicyArn = `${OWN}/team/reading`;
    const found = await iam.send(new GetPolicyCommand({ PolicyArn }));
    const listed = await iam.send(new ListPoliciesCommand({ Scope: 'Local' }));
    const versions = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
    const version = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
    await iam.send(new DeletePolicyCommand({ PolicyArn }));

    expect(made.Policy).toMatchObject({
      Arn: PolicyArn,
      PolicyId: expect.stringMatching(/^ANPA[A-Z2-7]{17}$/) as string,
      DefaultVersionId: 'v1',
      AttachmentCount: 0,
      IsAttachable: true,
      Description: 'reads',
      CreateDate: new Date('2026-11-22T10:00:00Z'),
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    expect(found.Policy).toEqual(made.Policy);
    expect(listed.Policies).toMatchObject([{ PolicyName: 'reading', Path: '/team/' }]);
    expect(listed.Policies?.[0]).not.toHaveProperty('Description');
    expect(versions.Versions).toMatchObject([{ VersionId: 'v1', IsDefaultVersion: true }]);
    expect(decodeURIComponent(version.PolicyVersion?.Document ?? '')).toBe(DOCUMENT);
    await expect(iam.send(new GetPolicyCommand({ PolicyArn }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `Policy ${PolicyArn} was not found.`,
    });
    expect(account.records('CreatePolicy')).toMatchObject([
      {
        requestParameters: { policyName: 'reading', path: '/team/', policyDocument: DOCUMENT },
        responseElements: { policy: { arn: PolicyArn } },
      },
    ]);
    expect(account.records('DeletePolicy')).toMatchObject([
      { requestParameters: { policyArn: PolicyArn }, responseElements: null },
    ]);
  });

  it('are listed by scope, path and use, page by page', async () => {
    account.user('ann');
    await createPolicy({ PolicyName: 'one', Path: '/team/' });
    await createPolicy({ PolicyName: 'two' });
    await iam.send(new AttachUserPolicyCommand({ UserName: 'ann', PolicyArn: `${OWN}/team/one` }));
    const names = async (input: ListPoliciesCommandInput) => {
      const { Policies = [] } = await iam.send(new ListPoliciesCommand(input));
      return Policies.map(({ PolicyName }) => PolicyName);
    };

    const first = await iam.send(new ListPoliciesCommand({ Scope: 'Local', MaxItems: 1 }));

    expect(first).toMatchObject({ IsTruncated: true, Policies: [{ AttachmentCount: 1 }] });
    expect(await names({ Scope: 'Local', Marker: first.Marker })).toEqual(['two']);
    expect(await names({ OnlyAttached: true })).toEqual(['one']);
    expect(await names({ PathPrefix: '/team/' })).toEqual(['one']);
    expect(await names({ PolicyUsageFilter: 'PermissionsBoundary' })).toEqual([]);
    expect(await names({})).toHaveLength(8);
    await expect(names({ Scope: 'Mine' as 'Local' })).rejects.toMatchObject({
      name: 'ValidationError',
      message:
        "1 validation error detected: Value 'Mine' at 'scope' failed to satisfy constraint: Member must satisfy enum value set: [All, AWS, Local]",
    });
  });

  it('have names of their own, whatever their case and path', async () => {
    await createPolicy({ PolicyName: 'reading' });

    await expect(createPolicy({ PolicyName: 'Reading', Path: '/team/' })).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'A policy called Reading already exists. Duplicate names are not allowed.',
    });
    await expect(createPolicy({ PolicyName: 'SecurityAudit' })).resolves.toBeDefined();
  });

  it.each([
    [{ PolicyName: 'a b' }, 'ValidationError', /^The specified value for policyName is invalid/],
    [{ Path: 'team' }, 'ValidationError', /^The specified value for path is invalid/],
    [{ PolicyDocument: '{' }, 'MalformedPolicyDocumentException', /^Syntax errors in policy/],
    [
      { PolicyDocument: DOCUMENT.replace('*', `arn:${'x'.repeat(6200)}`) },
      'LimitExceededException',
      /^Cannot exceed quota for PolicySize: 6144$/,
    ],
    [
      { PolicyDocument: undefined },
      'ValidationError',
      /^1 validation error detected: Value null at 'policyDocument'/,
    ],
  ])('are refused: %j', async (input, name, message) => {
    await expect(
      iam.send(
        new CreatePolicyCommand({ PolicyName: 'reading', PolicyDocument: DOCUMENT, ...input }),
      ),
    ).rejects.toMatchObject({ name, message: expect.stringMatching(message) as string });
  });

  it('have no versions but the first', async () => {
    await createPolicy({ PolicyName: 'reading' });
    const PolicyArn = `${OWN}/reading`;

    await expect(
      iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v2' })),
    ).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `Policy ${PolicyArn} version v2 does not exist.`,
    });
  });

  it('are asked for by an ARN of a policy', async () => {
    const PolicyArn = 'arn:aws:iam::123456789012:role/reading';

    await expect(iam.send(new GetPolicyCommand({ PolicyArn }))).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: `ARN ${PolicyArn} is not valid.`,
    });
  });
});

describe('attached policies', () => {
  it('of a user decide from the next call on, until they are detached', async () => {
    const ann = new IAMClient(account.settings(account.user('ann')));
    await createPolicy({ PolicyName: 'reading' });
    const place = { UserName: 'ann', PolicyArn: `${OWN}/reading` };
    await expect(ann.send(new GetUserCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' });

    await iam.send(new AttachUserPolicyCommand(place));
    await iam.send(new AttachUserPolicyCommand(place));
    await expect(ann.send(new GetUserCommand({}))).resolves.toBeDefined();
    const listed = await iam.send(new ListAttachedUserPoliciesCommand({ UserName: 'ann' }));
    await iam.send(new DetachUserPolicyCommand(place));

    await expect(ann.send(new GetUserCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(listed).toMatchObject({
      IsTruncated: false,
      AttachedPolicies: [{ PolicyName: 'reading', PolicyArn: place.PolicyArn }],
    });
    expect(account.records('AttachUserPolicy')[0]).toMatchObject({
      requestParameters: { userName: 'ann', policyArn: place.PolicyArn },
      responseElements: null,
    });
    await expect(iam.send(new DetachUserPolicyCommand(place))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `Policy ${place.PolicyArn} was not found.`,
    });
  });

  it('of a role are listed by path and keep it and them from being deleted', async () => {
    await createRole();
    await createPolicy({ PolicyName: 'reading' });
    const PolicyArn = `${OWN}/reading`;
    const place = { RoleName: 'runner', PolicyArn };
    await iam.send(new AttachRolePolicyCommand(place));
    await iam.send(
      new AttachRolePolicyCommand({
        RoleName: 'runner',
        PolicyArn: `${AWS}/service-role/AWSLambdaBasicExecutionRole`,
      }),
    );
    const list = (input = {}) =>
      iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'runner', ...input }));

    expect((await list()).AttachedPolicies).toHaveLength(2);
    expect(await list({ PathPrefix: '/service-role/' })).toMatchObject({
      AttachedPolicies: [{ PolicyName: 'AWSLambdaBasicExecutionRole' }],
    });
    expect(await list({ MaxItems: 1 })).toMatchObject({ IsTruncated: true });
    await expect(iam.send(new DeleteRoleCommand({ RoleName: 'runner' }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: 'Cannot delete entity, must detach all policies first.',
    });
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: 'Cannot delete a policy attached to entities.',
    });
    await iam.send(new DetachRolePolicyCommand(place));
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).resolves.toBeDefined();
  });

  it('keep a user from being deleted', async () => {
    account.core.principals.keys.delete(account.user('ann').accessKeyId);
    const place = { UserName: 'ann', PolicyArn: `${AWS}/SecurityAudit` };
    await iam.send(new AttachUserPolicyCommand(place));

    await expect(iam.send(new DeleteUserCommand({ UserName: 'ann' }))).rejects.toMatchObject({
      message: 'Cannot delete entity, must detach all policies first.',
    });
    await iam.send(new DetachUserPolicyCommand(place));
    await expect(iam.send(new DeleteUserCommand({ UserName: 'ann' }))).resolves.toBeDefined();
  });

  it('are ten at most', async () => {
    account.user('ann');
    await createRole();
    for (let number = 1; number <= 11; number += 1) {
      await createPolicy({ PolicyName: `p${number}` });
      if (number === 11) continue;
      const PolicyArn = `${OWN}/p${number}`;
      await iam.send(new AttachUserPolicyCommand({ UserName: 'ann', PolicyArn }));
      await iam.send(new AttachRolePolicyCommand({ RoleName: 'runner', PolicyArn }));
    }
    const PolicyArn = `${OWN}/p11`;

    await expect(
      iam.send(new AttachUserPolicyCommand({ UserName: 'ann', PolicyArn })),
    ).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for PoliciesPerUser: 10',
    });
    await expect(
      iam.send(new AttachRolePolicyCommand({ RoleName: 'runner', PolicyArn })),
    ).rejects.toMatchObject({ message: 'Cannot exceed quota for PoliciesPerRole: 10' });
    await expect(
      iam.send(new AttachRolePolicyCommand({ RoleName: 'runner', PolicyArn: `${OWN}/p1` })),
    ).resolves.toBeDefined();
  });

  it('exist', async () => {
    await createRole();
    const attach = (RoleName: string, PolicyArn: string) =>
      iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));

    await expect(attach('runner', `${AWS}/Nothing`)).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `Policy ${AWS}/Nothing does not exist or is not attachable.`,
    });
    await expect(attach('nobody', `${AWS}/SecurityAudit`)).rejects.toMatchObject({
      message: 'The role with name nobody cannot be found.',
    });
    await expect(
      iam.send(new ListAttachedUserPoliciesCommand({ UserName: 'nobody' })),
    ).rejects.toMatchObject({ message: 'The user with name nobody cannot be found.' });
  });

  it('are attached only by who may attach this policy', async () => {
    const ann = new IAMClient(
      account.settings(
        account.user('ann', {
          Effect: 'Allow',
          Action: 'iam:AttachUserPolicy',
          Resource: '*',
          Condition: { ArnLike: { 'iam:PolicyARN': `${AWS}/service-role/*` } },
        }),
      ),
    );
    const attach = (name: string) =>
      ann.send(new AttachUserPolicyCommand({ UserName: 'ann', PolicyArn: `${AWS}/${name}` }));

    await expect(attach('service-role/AWSLambdaBasicExecutionRole')).resolves.toBeDefined();
    await expect(attach('AdministratorAccess')).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(ann.send(new ListPoliciesCommand({}))).rejects.toMatchObject({
      name: 'AccessDenied',
      message:
        'User: arn:aws:iam::123456789012:user/ann is not authorized to perform: iam:ListPolicies on resource: * because no identity-based policy allows the iam:ListPolicies action',
    });
  });
});
