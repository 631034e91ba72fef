import { readFileSync } from 'node:fs';
import {
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  type VpcConfig,
} from '@aws-sdk/client-lambda';
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DetachPolicyCommand,
  ListRootsCommand,
  OrganizationsClient,
  UpdatePolicyCommand,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPrincipal } from '../../../lib/local/identity/principals.ts';
import { exportAccess } from '../../../lib/policy/export/export-access.ts';
import { documentOf } from '../../support/access-documents.ts';
import { type FullAccount, START_MS, startFullAccount } from '../full-account.ts';
import { MINIMAL } from '../lambda/small-account.ts';

const ACCOUNT_ID = '123456789012';
const GUARDRAIL = `arn:aws:iam::${ACCOUNT_ID}:role/guardrail`;
const GOOD = {
  SubnetIds: ['subnet-071f712345678e7c8'],
  SecurityGroupIds: ['sg-085912345678492fb'],
};
const BAD = { SubnetIds: ['subnet-0f0e0d0c0b0a0f001'], SecurityGroupIds: ['sg-0f0e0d0c0b0a0f0a1'] };
const ALL = { Effect: 'Allow', Action: '*', Resource: '*' };
const DENIED = 'with an explicit deny in a service control policy';
const DEMO = new URL('../../../policies/demo/approved-network.json', import.meta.url);

let account: FullAccount;
let organizations: OrganizationsClient;
let user: LambdaClient;
let admin: LambdaClient;

const create = (client: LambdaClient, FunctionName: string, VpcConfig?: VpcConfig) =>
  client.send(new CreateFunctionCommand({ FunctionName, ...MINIMAL, VpcConfig }));

async function createPolicy(Name: string, Content: string): Promise<string> {
  const command = { Name, Content, Description: '', Type: 'SERVICE_CONTROL_POLICY' } as const;
  const { Policy } = await organizations.send(new CreatePolicyCommand(command));
  return Policy?.PolicySummary?.Id ?? '';
}

const textOf = (...Statement: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement });
const attach = (PolicyId: string, TargetId: string) =>
  organizations.send(new AttachPolicyCommand({ PolicyId, TargetId }));
const detach = (PolicyId: string, TargetId: string) =>
  organizations.send(new DetachPolicyCommand({ PolicyId, TargetId }));

beforeAll(async () => {
  account = await startFullAccount();
  organizations = new OrganizationsClient(account.settings());
  user = new LambdaClient(account.settings(account.user('ann', ALL)));
  admin = new LambdaClient(account.settings());
});

afterAll(async () => {
  for (const client of [organizations, user, admin]) client.destroy();
  await account.close();
});

/** A session of a role that may do everything. */
async function sessionOf(name: string): Promise<LambdaClient> {
  const trust = { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' };
  const role = { kind: 'role', name, nowMs: START_MS, trust: textOf(trust) } as const;
  const { arn } = newPrincipal(account.core.principals, role);
  account.allow(name, textOf(ALL));
  const sts = new STSClient(account.settings());
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: 'session' }),
  );
  sts.destroy();
  const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '' } =
    Credentials ?? {};
  return new LambdaClient(account.settings({ accessKeyId, secretAccessKey }));
}

describe('an exported policy, put as a service control policy on the account', () => {
  const exported = exportAccess([documentOf(JSON.parse(readFileSync(DEMO, 'utf8')))], {
    as: 'scp',
    exceptPrincipals: [GUARDRAIL],
  });
  const ids: string[] = [];

  beforeAll(async () => {
    for (const { name, json } of exported.documents) ids.push(await createPolicy(name, json));
    for (const id of ids) await attach(id, ACCOUNT_ID);
  });
  afterAll(async () => {
    for (const id of ids) await detach(id, ACCOUNT_ID);
  });

  it.each([
    ['in a forbidden VPC', BAD],
    ['in no VPC', undefined],
    [
      'with one more subnet',
      { ...GOOD, SubnetIds: [...GOOD.SubnetIds, 'subnet-0a1b2c3d4e5f6b001'] },
    ],
  ])('refuses what a user creates %s', async (_where, vpc) => {
    await expect(create(user, 'bad', vpc)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:iam::${ACCOUNT_ID}:user/ann is not authorized to perform: lambda:CreateFunction on resource: arn:aws:lambda:us-east-1:${ACCOUNT_ID}:function:bad ${DENIED}`,
      $metadata: { httpStatusCode: 403 },
    });
    expect(account.journal.events.at(-1)).toMatchObject({
      errorCode: 'AccessDenied',
      requestParameters: null,
    });
  });

  it('lets a user create where the policy allows it', async () => {
    await expect(create(user, 'good', GOOD)).resolves.toMatchObject({ FunctionName: 'good' });
  });

  it('binds sessions of every role but those that are carved out, and not the administrator', async () => {
    const builder = await sessionOf('builder');
    const guardrail = await sessionOf('guardrail');

    await expect(create(builder, 'built', BAD)).rejects.toThrow(DENIED);
    await expect(create(guardrail, 'kept', BAD)).resolves.toBeDefined();
    await expect(create(admin, 'made', BAD)).resolves.toBeDefined();
    builder.destroy();
    guardrail.destroy();
  });
});

describe('a service control policy that is in force', () => {
  it('counts from its attachment until it is taken away, on the root as on the account', async () => {
    const { Roots } = await organizations.send(new ListRootsCommand({}));
    const root = Roots?.[0]?.Id ?? '';
    const id = await createPolicy(
      'no-lambda',
      textOf({ ...ALL, Effect: 'Deny', Action: 'lambda:*' }),
    );

    await expect(create(user, 'before')).resolves.toBeDefined();
    await attach(id, root);
    await expect(create(user, 'meanwhile')).rejects.toThrow(DENIED);
    const Content = textOf({ ...ALL, Effect: 'Deny', Action: 's3:*' });
    await organizations.send(new UpdatePolicyCommand({ PolicyId: id, Content }));
    await expect(create(user, 'changed')).resolves.toBeDefined();
    await detach(id, root);
  });

  it('has to allow what is done, in place of the policy that allows everything', async () => {
    const full = 'p-FullAWSAccess';
    const id = await createPolicy('storage', textOf({ ...ALL, Action: ['s3:*', 'sts:*'] }));

    await attach(id, ACCOUNT_ID);
    await detach(full, ACCOUNT_ID);

    await expect(create(user, 'unlisted')).rejects.toThrow(
      /because no service control policy allows the lambda:CreateFunction action$/,
    );
    await attach(full, ACCOUNT_ID);
    await detach(id, ACCOUNT_ID);
  });

  it('says that somebody may not assume roles', async () => {
    const id = await createPolicy(
      'stay',
      textOf({ ...ALL, Effect: 'Deny', Action: 'sts:AssumeRole' }),
    );
    const sts = new STSClient(account.settings(account.user('bob', ALL)));
    const RoleArn = `arn:aws:iam::${ACCOUNT_ID}:role/lambda-role`;

    await attach(id, ACCOUNT_ID);
    const asked = sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'session' }));

    await expect(asked).rejects.toThrow(
      `User: arn:aws:iam::${ACCOUNT_ID}:user/bob is not authorized to perform: sts:AssumeRole on resource: ${RoleArn} ${DENIED}`,
    );
    await detach(id, ACCOUNT_ID);
    sts.destroy();
  });

  it('binds execution roles: what is attached stays invocable, nothing new is attached', async () => {
    const id = await createPolicy(
      'no-eni',
      textOf({ ...ALL, Effect: 'Deny', Action: 'ec2:CreateNetworkInterface' }),
    );
    await create(user, 'early', GOOD);
    await account.advance(100_000);

    await attach(id, ACCOUNT_ID);

    await expect(create(user, 'late', GOOD)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: /does not have permissions to call CreateNetworkInterface on EC2/,
    });
    await expect(user.send(new InvokeCommand({ FunctionName: 'early' }))).resolves.toMatchObject({
      StatusCode: 200,
    });
    await detach(id, ACCOUNT_ID);
  });
});
