import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
} from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StartedAccount, startAccount } from '../start-account.ts';

const ROLE_ARN = 'arn:aws:iam::123456789012:role/team/runner';
const QUEUE_ARN = 'arn:aws:sqs:us-east-1:123456789012:jobs';

let account: StartedAccount;
let iam: IAMClient;

beforeEach(async () => {
  account = await startAccount();
  iam = new IAMClient(account.settings());
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'runner',
      Path: '/team/',
      AssumeRolePolicyDocument: toDocument({
        Effect: 'Allow',
        Principal: '*',
        Action: 'sts:AssumeRole',
      }),
    }),
  );
});

afterEach(async () => {
  iam.destroy();
  await account.stop();
});

const simulate = (input: Partial<SimulatePrincipalPolicyCommandInput> = {}) =>
  iam.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn: ROLE_ARN,
      ActionNames: ['sqs:SendMessage'],
      ...input,
    }),
  );

const putPolicy = (...statements: readonly object[]) =>
  iam.send(
    new PutRolePolicyCommand({
      RoleName: 'runner',
      PolicyName: 'own',
      PolicyDocument: toDocument(...statements),
    }),
  );

const result = async (input: Partial<SimulatePrincipalPolicyCommandInput> = {}) => {
  const { EvaluationResults = [] } = await simulate(input);
  return EvaluationResults[0];
};

const OWN = { SourcePolicyId: 'role_runner_own', SourcePolicyType: 'role' };

describe('SimulatePrincipalPolicy', () => {
  it('tells allows, explicit and implicit denies apart, and which policies decided', async () => {
    await putPolicy(
      { Effect: 'Allow', Action: 'sqs:*', Resource: '*' },
      { Effect: 'Deny', Action: 'sqs:DeleteQueue', Resource: '*' },
    );

    const { EvaluationResults, IsTruncated } = await simulate({
      ActionNames: ['sqs:SendMessage', 'sqs:DeleteQueue', 'sns:Publish'],
    });

    const own = [expect.objectContaining(OWN)];
    const common = { EvalResourceName: '*', MissingContextValues: [] };
    expect(EvaluationResults).toEqual([
      {
        ...common,
        EvalActionName: 'sqs:SendMessage',
        EvalDecision: 'allowed',
        MatchedStatements: own,
      },
      {
        ...common,
        EvalActionName: 'sqs:DeleteQueue',
        EvalDecision: 'explicitDeny',
        MatchedStatements: own,
      },
      {
        ...common,
        EvalActionName: 'sns:Publish',
        EvalDecision: 'implicitDeny',
        MatchedStatements: [],
      },
    ]);
    expect(IsTruncated).toBe(false);
  });

  it('judges attached policies and those in the call beside the role’s own', async () => {
    await putPolicy({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' });
    await iam.send(
      new AttachRolePolicyCommand({
        RoleName: 'runner',
        PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      }),
    );
    const { Policy } = await iam.send(
      new CreatePolicyCommand({
        PolicyName: 'sending',
        PolicyDocument: toDocument({ Effect: 'Allow', Action: 'sqs:Send*', Resource: '*' }),
      }),
    );
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'runner', PolicyArn: Policy?.Arn }));
    const more = toDocument({ Effect: 'Allow', Action: '*', Resource: '*' });
    const less = toDocument({ Effect: 'Deny', Action: '*', Resource: '*' });

    expect((await result({ PolicyInputList: [more] }))?.MatchedStatements).toMatchObject([
      OWN,
      { SourcePolicyId: 'AdministratorAccess', SourcePolicyType: 'aws-managed' },
      { SourcePolicyId: 'sending', SourcePolicyType: 'user-managed' },
      { SourcePolicyId: 'PolicyInputList.1', SourcePolicyType: 'none' },
    ]);
    expect(await result({ PolicyInputList: [more, less] })).toMatchObject({
      EvalDecision: 'explicitDeny',
      MatchedStatements: [{ SourcePolicyId: 'PolicyInputList.2' }],
    });
  });

  it('tells where in the policy a statement stands', async () => {
    await putPolicy(
      { Effect: 'Allow', Action: 'sns:*', Resource: '*' },
      { Effect: 'Allow', Action: 'sqs:*', Resource: '*' },
    );
    const found = await result();

    expect(found?.MatchedStatements).toEqual([
      { ...OWN, StartPosition: { Line: 1, Column: 89 }, EndPosition: { Line: 1, Column: 139 } },
    ]);
  });

  it('asks what stands above the account as well, where it is in an organization', async () => {
    await putPolicy({ Effect: 'Allow', Action: '*', Resource: '*' });
    const { serviceControls } = account.core.principals;
    expect(await result()).not.toHaveProperty('OrganizationsDecisionDetail');

    serviceControls.set('root', ({ action }) => ({
      outcome: action.startsWith('sqs:') ? 'allowed' : 'implicitly-denied',
      reason: 'test',
    }));
    const { EvaluationResults } = await simulate({
      ActionNames: ['sqs:SendMessage', 'sns:Publish'],
    });
    serviceControls.clear();

    expect(EvaluationResults).toMatchObject([
      {
        EvalDecision: 'allowed',
        OrganizationsDecisionDetail: { AllowedByOrganizations: true },
      },
      {
        EvalDecision: 'implicitDeny',
        MatchedStatements: [],
        OrganizationsDecisionDetail: { AllowedByOrganizations: false },
      },
    ]);
  });

  it('judges users too', async () => {
    account.user('ann', { Effect: 'Allow', Action: 'sqs:*', Resource: '*' });
    const PolicySourceArn = 'arn:aws:iam::123456789012:user/ann';
    await iam.send(
      new AttachUserPolicyCommand({
        UserName: 'ann',
        PolicyArn: 'arn:aws:iam::aws:policy/SecurityAudit',
      }),
    );

    expect(await result({ PolicySourceArn })).toMatchObject({
      EvalDecision: 'allowed',
      MatchedStatements: [{ SourcePolicyId: 'user_ann_own', SourcePolicyType: 'user' }],
    });
    expect(await result({ PolicySourceArn, ActionNames: ['lambda:GetFunction'] })).toMatchObject({
      EvalDecision: 'implicitDeny',
    });
  });

  it('sums up what holds for each resource, the most restrictive first', async () => {
    await putPolicy(
      { Sid: 'All', Effect: 'Allow', Action: 'sqs:*', Resource: `${QUEUE_ARN}*` },
      {
        Effect: 'Deny',
        Action: 'sqs:*',
        Resource: `${QUEUE_ARN}-secret`,
        Condition: { Null: { 'aws:SourceIp': 'true' } },
      },
    );
    const other = 'arn:aws:sqs:us-east-1:123456789012:other';

    const all = await result({ ResourceArns: [QUEUE_ARN, other, `${QUEUE_ARN}-secret`] });
    const two = await result({ ResourceArns: [QUEUE_ARN, other] });

    const own = [expect.objectContaining(OWN)];
    expect(all).toMatchObject({
      EvalResourceName: '*',
      EvalDecision: 'explicitDeny',
      MissingContextValues: ['aws:sourceip'],
    });
    expect(all?.ResourceSpecificResults).toEqual([
      {
        EvalResourceName: QUEUE_ARN,
        EvalResourceDecision: 'allowed',
        MatchedStatements: own,
        MissingContextValues: [],
      },
      {
        EvalResourceName: other,
        EvalResourceDecision: 'implicitDeny',
        MatchedStatements: [],
        MissingContextValues: [],
      },
      {
        EvalResourceName: `${QUEUE_ARN}-secret`,
        EvalResourceDecision: 'explicitDeny',
        MatchedStatements: own,
        MissingContextValues: ['aws:sourceip'],
      },
    ]);
    expect(two).toMatchObject({ EvalDecision: 'implicitDeny', MatchedStatements: [] });
    expect(await result({ ResourceArns: ['*'] })).not.toHaveProperty('ResourceSpecificResults');
  });

  it('knows of a request only what it is given, and says what is missing', async () => {
    await putPolicy(
      { Effect: 'Allow', Action: 'sqs:*', Resource: '*' },
      {
        Effect: 'Deny',
        Action: 'sqs:*',
        Resource: '*',
        Condition: {
          ArnEquals: { 'lambda:SourceFunctionArn': 'arn:aws:lambda:us-east-1:1:function:a' },
          StringEquals: { 'aws:PrincipalArn': ROLE_ARN },
        },
      },
      {
        Effect: 'Deny',
        Action: 'sns:*',
        Resource: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    );
    const caller = { ContextKeyName: 'AWS:principalArn', ContextKeyValues: [ROLE_ARN] };

    expect(await result()).toMatchObject({
      EvalDecision: 'allowed',
      MissingContextValues: ['lambda:SourceFunctionArn', 'aws:PrincipalArn'],
    });
    expect(await result({ ContextEntries: [caller] })).toMatchObject({
      EvalDecision: 'allowed',
      MissingContextValues: ['lambda:SourceFunctionArn'],
    });
    expect(
      await result({
        ContextEntries: [
          caller,
          {
            ContextKeyName: 'lambda:SourceFunctionArn',
            ContextKeyType: 'string',
            ContextKeyValues: ['arn:aws:lambda:us-east-1:1:function:a'],
          },
        ],
      }),
    ).toMatchObject({ EvalDecision: 'explicitDeny', MissingContextValues: [] });
    expect(
      await result({
        ContextEntries: [caller, { ContextKeyName: 'lambda:SourceFunctionArn' }],
      }),
    ).toMatchObject({ EvalDecision: 'allowed', MissingContextValues: [] });
  });

  it('answers page by page', async () => {
    const input = { ActionNames: ['sqs:SendMessage', 'sns:Publish', 'sns:Subscribe'], MaxItems: 2 };

    const first = await simulate(input);
    const second = await simulate({ ...input, Marker: first.Marker });

    expect(first.EvaluationResults).toHaveLength(2);
    expect(first.IsTruncated).toBe(true);
    expect(second).toMatchObject({
      IsTruncated: false,
      EvaluationResults: [{ EvalActionName: 'sns:Subscribe' }],
    });
  });

  it.each([
    [
      { PolicySourceArn: 'arn:aws:sts::123456789012:assumed-role/runner/me' },
      'InvalidInputException',
      'Invalid Entity Arn: arn:aws:sts::123456789012:assumed-role/runner/me does not clearly define entity type and name.',
    ],
    [
      { PolicySourceArn: 'arn:aws:iam::123456789012:role/nobody' },
      'NoSuchEntityException',
      'The role with name nobody cannot be found.',
    ],
    [
      { PolicySourceArn: 'arn:aws:iam::123456789012:role/runner' },
      'NoSuchEntityException',
      'The role with name runner cannot be found.',
    ],
    [
      { PolicySourceArn: undefined },
      'ValidationError',
      "1 validation error detected: Value null at 'policySourceArn' failed to satisfy constraint: Member must not be null",
    ],
    [
      { ActionNames: [] },
      'ValidationError',
      "1 validation error detected: Value '[]' at 'actionNames' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [{ ActionNames: ['sqs'] }, 'InvalidInputException', 'Invalid action name: sqs'],
    [
      { ActionNames: [`sqs:${'a'.repeat(125)}`] },
      'InvalidInputException',
      `Invalid action name: sqs:${'a'.repeat(124)}`,
    ],
    [{ ResourceArns: ['jobs'] }, 'InvalidInputException', 'Invalid resource ARN: jobs'],
    [
      { ContextEntries: [{ ContextKeyName: 'vpc' }] },
      'InvalidInputException',
      'Invalid context key: vpc',
    ],
    [
      { ContextEntries: [{ ContextKeyValues: ['x'] }] },
      'InvalidInputException',
      'Invalid context key: ',
    ],
    [
      { PolicyInputList: ['{}', '['] },
      'InvalidInputException',
      'Invalid input PolicyInputList.1: Statement: expected at least one statement',
    ],
    [
      { ResourcePolicy: '{}' },
      'InvalidInputException',
      'The local account does not simulate ResourcePolicy',
    ],
    [
      { PermissionsBoundaryPolicyInputList: ['{}'] },
      'InvalidInputException',
      'The local account does not simulate PermissionsBoundaryPolicyInputList',
    ],
    [
      { MaxItems: 1001 },
      'ValidationError',
      "1 validation error detected: Value '1001' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and 1000",
    ],
  ])('refuses %j', async (input, name, message) => {
    await expect(simulate(input)).rejects.toMatchObject({ name, message });
  });

  it('is refused to who may not look at the principal, and never recorded', async () => {
    const ann = new IAMClient(
      account.settings(
        account.user('ann', {
          Effect: 'Allow',
          Action: 'iam:SimulatePrincipalPolicy',
          Resource: 'arn:aws:iam::123456789012:role/other/*',
        }),
      ),
    );
    const command = new SimulatePrincipalPolicyCommand({
      PolicySourceArn: ROLE_ARN,
      ActionNames: ['sqs:SendMessage'],
    });

    await expect(ann.send(command)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::123456789012:user/ann is not authorized to perform: iam:SimulatePrincipalPolicy on resource: ${ROLE_ARN} because no identity-based policy allows the iam:SimulatePrincipalPolicy action`,
    });
    expect(account.records('SimulatePrincipalPolicy')).toEqual([]);
  });
});

function toDocument(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}
