import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReadFunctionCode, createReadRole } from '../../functions/adapters/iam.ts';
import { createReadInterfaceQuota } from '../../functions/adapters/service-quotas.ts';
import { FUNCTION_CODE_ACTIONS, ROLE_ACTIONS } from '../../functions/core/interface-actions.ts';
import { putPolicy } from '../../lib/local/iam/inline-policies.ts';
import { createQuotas } from '../../lib/local/service-quotas/quotas.ts';
import { createServiceQuotasService } from '../../lib/local/service-quotas/service-quotas-service.ts';
import { type StartedAccount, startAccount } from '../local/start-account.ts';

const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';
const ALLOW = { Effect: 'Allow', Action: 'ec2:*', Resource: '*' };
const ALL_CODE_ACTIONS: readonly string[] = FUNCTION_CODE_ACTIONS;

let account: StartedAccount;
let iam: IAMClient;
let roles = 0;
let roleName: string;
let roleArn: string;

beforeAll(async () => {
  account = await startAccount();
  iam = new IAMClient(account.settings());
});

afterAll(async () => {
  iam.destroy();
  await account.stop();
});

beforeEach(async () => {
  roles += 1;
  roleName = `runner-${roles}`;
  roleArn = `arn:aws:iam::123456789012:role/${roleName}`;
  const AssumeRolePolicyDocument = JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }],
  });
  await iam.send(new CreateRoleCommand({ RoleName: roleName, AssumeRolePolicyDocument }));
});

const readRole = (arn = roleArn) => createReadRole(account.settings())(arn);

const readFunctionCode = () => createReadFunctionCode(account.settings())(roleArn, FUNCTION_ARN);

const attach = (name: string) =>
  iam.send(
    new AttachRolePolicyCommand({
      RoleName: roleName,
      PolicyArn: `arn:aws:iam::aws:policy/service-role/${name}`,
    }),
  );

const allow = (...statements: readonly object[]) => {
  const place = { kind: 'role', name: roleName, policyName: 'own' } as const;
  putPolicy(account.core.principals, place, JSON.stringify({ Statement: statements }));
};

describe('readRole against the local account', () => {
  it.each([
    ['AWSLambdaVPCAccessExecutionRole', []],
    ['AWSLambdaENIManagementAccess', ['ec2:DescribeSubnets']],
    ['AWSLambdaBasicExecutionRole', ROLE_ACTIONS],
  ])('names what %s lacks', async (policy, denied) => {
    await attach(policy);

    expect(await readRole()).toEqual({ denied, undecided: [] });
  });

  it.each(['ArnEquals', 'StringLike', 'ForAnyValue:ArnLike'])(
    'is not fooled by a deny of function code with %s',
    async (operator) => {
      const Condition = { [operator]: { 'lambda:SourceFunctionArn': FUNCTION_ARN } };
      allow(ALLOW, { Effect: 'Deny', Action: 'ec2:*', Resource: '*', Condition });

      expect(await readRole()).toEqual({ denied: [], undecided: [] });
      expect(await readFunctionCode()).toEqual({ allowed: [], undecided: [] });
    },
  );

  it('counts a deny of everybody but function code', async () => {
    const Condition = { Null: { 'lambda:SourceFunctionArn': 'true' } };
    allow(ALLOW, { Effect: 'Deny', Action: 'ec2:Delete*', Resource: '*', Condition });

    expect(await readRole()).toEqual({ denied: ['ec2:DeleteNetworkInterface'], undecided: [] });
    expect(await readFunctionCode()).toEqual({ allowed: ALL_CODE_ACTIONS, undecided: [] });
  });

  it('counts an allow that only function code gets', async () => {
    const Condition = { ArnEquals: { 'lambda:SourceFunctionArn': FUNCTION_ARN } };
    allow({ ...ALLOW, Condition });

    expect(await readRole()).toEqual({ denied: ROLE_ACTIONS, undecided: [] });
    expect(await readFunctionCode()).toEqual({ allowed: ALL_CODE_ACTIONS, undecided: [] });
  });

  it('leaves open what turns on a value that it cannot know', async () => {
    const Condition = { ArnEquals: { 'ec2:Vpc': 'arn:aws:ec2:us-east-1:123456789012:vpc/vpc-1' } };
    allow({ ...ALLOW, Action: 'ec2:Create*', Condition }, { ...ALLOW, Action: 'ec2:Describe*' });

    const { denied = [], undecided } = (await readRole()) ?? {};

    expect(denied).toHaveLength(4);
    expect(undecided).toEqual(['ec2:CreateNetworkInterface']);
    expect((await readFunctionCode())?.undecided).toEqual(['ec2:CreateNetworkInterface']);
  });

  it('decides what turns on the role itself', async () => {
    const Condition = { ArnEquals: { 'aws:PrincipalArn': roleArn } };
    allow({ ...ALLOW, Condition });

    expect(await readRole()).toEqual({ denied: [], undecided: [] });
  });

  it('wants deletes that are not bound to one interface', async () => {
    const Resource = 'arn:aws:ec2:us-east-1:123456789012:network-interface/eni-1';
    allow({ ...ALLOW, NotAction: 'ec2:Delete*', Action: undefined }, { ...ALLOW, Resource });

    expect(await readRole()).toEqual({ denied: ['ec2:DeleteNetworkInterface'], undecided: [] });
  });

  it('finds no role that is gone', async () => {
    expect(await readRole('arn:aws:iam::123456789012:role/nobody')).toBeUndefined();
  });
});

describe('readInterfaceQuota against the local account', () => {
  it('reads the quota that the account has', async () => {
    const quotas = createQuotas();
    const service = createServiceQuotasService(account.core, quotas);
    account.core.services.set(service.name, service);
    const readInterfaceQuota = createReadInterfaceQuota(account.settings());

    expect(await readInterfaceQuota()).toBe(500);
    quotas.set('lambda', 'Elastic network interfaces per VPC', 2500);
    expect(await readInterfaceQuota()).toBe(2500);
  });
});
