import { readFileSync } from 'node:fs';
import {
  CreateFunctionCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  type VpcConfig,
} from '@aws-sdk/client-lambda';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putPolicy } from '../../../lib/local/iam/inline-policies.ts';
import { issueKey, newPrincipal } from '../../../lib/local/identity/principals.ts';
import table from '../../cases/attaching-callers.json' with { type: 'json' };
import { type FullAccount, START_MS, startFullAccount } from '../full-account.ts';
import { MINIMAL } from '../lambda/small-account.ts';

const EXAMPLES = new URL('../../../policies/examples/', import.meta.url);
const SUBNET = 'subnet-071f712345678e7c8';
const GROUP = 'sg-085912345678492fb';
const LISTED_SUBNET = 'subnet-0a1b2c3d4e5f60011';
const LISTED_GROUP = 'sg-0a1b2c3d4e5f60021';
const LISTED = { SubnetIds: [LISTED_SUBNET], SecurityGroupIds: [LISTED_GROUP] };
const ELSEWHERE = {
  SubnetIds: ['subnet-0f0e0d0c0b0a0f001'],
  SecurityGroupIds: ['sg-0f0e0d0c0b0a0f0a1'],
};
const DETACHED = { SubnetIds: [], SecurityGroupIds: [] };
const CALLS = ['CreateFunction', 'UpdateFunctionConfiguration'];
/** What attaching needs beside the two calls themselves. */
const BASE = [
  'iam:PassRole',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
];

let account: FullAccount;
let admin: LambdaClient;
let made = 0;

const create = (VpcConfig?: VpcConfig) => async (client: LambdaClient) => {
  made += 1;
  const FunctionName = `new-${made}`;
  await client.send(new CreateFunctionCommand({ FunctionName, ...MINIMAL, VpcConfig }));
};

/** Whoever may change it comes as far as the revision, which is none, so that nothing changes. */
const update = (FunctionName: string, VpcConfig?: VpcConfig) => async (client: LambdaClient) => {
  const command = { FunctionName, Timeout: 9, VpcConfig, RevisionId: 'none' };
  await client.send(new UpdateFunctionConfigurationCommand(command)).catch((error: Error) => {
    if (error.name !== 'PreconditionFailedException') throw error;
  });
};

const TRIES: Readonly<Record<string, (client: LambdaClient) => Promise<void>>> = {
  'create detached': create(),
  'create with listed ids': create(LISTED),
  'create with another subnet': create({ ...LISTED, SubnetIds: [LISTED_SUBNET, SUBNET] }),
  'create with another group': create({ ...LISTED, SecurityGroupIds: [GROUP, LISTED_GROUP] }),
  'create in another VPC': create(ELSEWHERE),
  'attach to listed ids': update('detached', LISTED),
  'attach to another VPC': update('detached', ELSEWHERE),
  'change an attached function': update('attached'),
  'change a detached function': update('detached'),
  detach: update('attached', DETACHED),
};

beforeAll(async () => {
  account = await startFullAccount();
  admin = new LambdaClient(account.settings());
  const { subnets, securityGroups } = account.network;
  const [subnet, group] = [subnets.get(SUBNET), securityGroups.get(GROUP)];
  if (subnet === undefined || group === undefined) throw new Error('the network is not seeded');
  subnets.set(LISTED_SUBNET, { ...subnet, subnetId: LISTED_SUBNET });
  securityGroups.set(LISTED_GROUP, { ...group, groupId: LISTED_GROUP });
  const attached = { FunctionName: 'attached', ...MINIMAL, VpcConfig: LISTED };
  await admin.send(new CreateFunctionCommand(attached));
  await admin.send(new CreateFunctionCommand({ FunctionName: 'detached', ...MINIMAL }));
  await account.advance(100_000);
});

afterAll(async () => {
  admin.destroy();
  await account.close();
});

/** A user or a role's session that has these documents, each as a policy of its own. */
async function clientWith(kind: 'user' | 'role', name: string, documents: readonly string[]) {
  const { principals } = account.core;
  const root = { AWS: 'arn:aws:iam::123456789012:root' };
  const trust = { Effect: 'Allow', Principal: root, Action: 'sts:AssumeRole' };
  const principal = newPrincipal(principals, {
    kind,
    name,
    nowMs: START_MS,
    trust: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
  });
  for (const [index, text] of documents.entries()) {
    putPolicy(principals, { kind, name, policyName: `policy-${index}` }, text);
  }
  if (kind === 'user') {
    return new LambdaClient(account.settings(issueKey(principals, principal, { nowMs: START_MS })));
  }
  const sts = new STSClient(account.settings());
  const command = new AssumeRoleCommand({ RoleArn: principal.arn, RoleSessionName: 'session' });
  const { Credentials } = await sts.send(command);
  sts.destroy();
  return new LambdaClient(
    account.settings({
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    }),
  );
}

/** What became of every call, by AWS's words. */
async function tryAll(client: LambdaClient, caller: string) {
  const outcomes = { allowed: [] as string[], explicit: [] as string[], implicit: [] as string[] };
  for (const [name, call] of Object.entries(TRIES)) {
    const message = await call(client).then(
      () => undefined,
      (error: Error) => `${error.name}: ${error.message}`,
    );
    outcomes[outcomeOf(message, caller)].push(name);
  }
  return outcomes;
}

function outcomeOf(message: string | undefined, caller: string) {
  if (message === undefined) return 'allowed';
  const refused = new RegExp(
    `^AccessDeniedException: User: ${caller} is not authorized to perform: (lambda:(?:${CALLS.join('|')})) on resource: arn:aws:lambda:us-east-1:123456789012:function:[\\w-]+ (.+)$`,
  );
  const [, action, why] = refused.exec(message) ?? [];
  if (why === 'with an explicit deny in an identity-based policy') return 'explicit';
  if (why === `because no identity-based policy allows the ${action} action`) return 'implicit';
  throw new Error(message);
}

function documentsOf(files: readonly string[], besideAllow: boolean): readonly string[] {
  const actions = besideAllow ? [...BASE, ...CALLS.map((call) => `lambda:${call}`)] : BASE;
  const statement = { Effect: 'Allow', Action: actions, Resource: '*' };
  const texts = files.map((file) => readFileSync(new URL(file, EXAMPLES), 'utf8'));
  return [JSON.stringify({ Version: '2012-10-17', Statement: [statement] }), ...texts];
}

describe.each([
  ['user', 'arn:aws:iam::123456789012:user/user-'],
  ['role', 'arn:aws:sts::123456789012:assumed-role/role-'],
] as const)('the shipped policies on a %s', (kind, arn) => {
  it.each(table.rows.map((row, index) => ({ ...row, index })))(
    'decide as IAM does: $files, beside an allow: $besideAllow',
    async ({ files, besideAllow, index, ...expected }) => {
      const name = `${kind}-${index}`;
      const client = await clientWith(kind, name, documentsOf(files, besideAllow));

      const outcomes = await tryAll(client, `${arn}${index}${kind === 'role' ? '/session' : ''}`);

      client.destroy();
      expect(outcomes).toEqual(expected);
    },
  );
});
