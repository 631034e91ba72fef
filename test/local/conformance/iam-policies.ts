import type { IAM } from '@aws-sdk/client-iam';
import { newPrincipal, type Principals } from '../../../lib/local/identity/principals.ts';
import { refused } from './watched-service.ts';

const DOCUMENT = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'sqs:*', Resource: '*' },
    {
      Effect: 'Deny',
      Action: 'sqs:DeleteQueue',
      Resource: '*',
      Condition: { StringEquals: { 'aws:PrincipalTag/team': 'payments' } },
    },
  ],
});
const TOO_LONG = DOCUMENT.replace('"*"', `"arn:aws:sqs:${'b'.repeat(7000)}"`);
const Tags = [{ Key: 'team', Value: 'payments' }];
const MISSING = { PolicyArn: 'arn:aws:iam::123456789012:policy/none' };
const INVALID = { PolicyArn: 'arn:of:no:policy:at-all' };

/** Managed policies, on whom they are, and what they would decide. */
export async function walkPolicies(iam: IAM, principals: Principals): Promise<void> {
  for (const kind of ['user', 'role'] as const) {
    newPrincipal(principals, { kind, name: 'carl', nowMs: 0 });
  }
  const document = { PolicyDocument: DOCUMENT };
  const { Policy } = await iam.createPolicy({
    PolicyName: 'queues',
    Description: 'for queues',
    Tags,
    ...document,
  });
  const one = { PolicyArn: Policy?.Arn ?? '' };
  await refused(
    iam.createPolicy({ PolicyName: 'queues', ...document }),
    iam.createPolicy({ PolicyName: 'other', PolicyDocument: '{' }),
    iam.createPolicy({ PolicyName: 'other', PolicyDocument: TOO_LONG }),
    iam.createPolicy({ PolicyName: 'other', Tags: [...Tags, ...Tags], ...document }),
  );
  await readPolicies(iam, one);
  await attach(iam, one);
  await simulate(iam, one);
  await remove(iam, one);
}

async function readPolicies(iam: IAM, one: { readonly PolicyArn: string }): Promise<void> {
  await iam.getPolicy(one);
  await iam.listPolicies({ MaxItems: 1 });
  await iam.getPolicyVersion({ ...one, VersionId: 'v1' });
  await iam.listPolicyVersions(one);
  for (const bad of [MISSING, INVALID]) {
    await refused(
      iam.getPolicy(bad),
      iam.getPolicyVersion({ ...bad, VersionId: 'v1' }),
      iam.listPolicyVersions(bad),
      iam.deletePolicy(bad),
    );
  }
}

async function attach(iam: IAM, one: { readonly PolicyArn: string }): Promise<void> {
  const [user, role] = [{ UserName: 'carl' }, { RoleName: 'carl' }];
  await iam.attachUserPolicy({ ...user, ...one });
  await iam.attachRolePolicy({ ...role, ...one });
  for (let index = 1; index < 10; index += 1) {
    const { Policy } = await iam.createPolicy({
      PolicyName: `queues-${index}`,
      PolicyDocument: DOCUMENT,
    });
    await iam.attachUserPolicy({ ...user, PolicyArn: Policy?.Arn });
    await iam.attachRolePolicy({ ...role, PolicyArn: Policy?.Arn });
  }
  const eleventh = { PolicyArn: 'arn:aws:iam::aws:policy/SecurityAudit' };
  for (const bad of [MISSING, INVALID, eleventh]) {
    await refused(
      iam.attachUserPolicy({ ...user, ...bad }),
      iam.attachRolePolicy({ ...role, ...bad }),
      iam.detachUserPolicy({ ...user, ...bad }),
      iam.detachRolePolicy({ ...role, ...bad }),
    );
  }
  await iam.listAttachedUserPolicies({ ...user, MaxItems: 1 });
  await iam.listAttachedRolePolicies({ ...role, MaxItems: 1 });
  await refused(
    iam.listAttachedUserPolicies({ UserName: 'nobody' }),
    iam.listAttachedRolePolicies({ RoleName: 'no-role' }),
    iam.deletePolicy(one),
  );
}

async function simulate(iam: IAM, one: { readonly PolicyArn: string }): Promise<void> {
  const source = { PolicySourceArn: 'arn:aws:iam::123456789012:user/carl' };
  await iam.simulatePrincipalPolicy({
    ...source,
    ActionNames: ['sqs:SendMessage', 'sqs:DeleteQueue'],
    ResourceArns: ['arn:aws:sqs:us-east-1:123456789012:orders'],
    MaxItems: 1,
  });
  await iam.simulatePrincipalPolicy({ ...source, ActionNames: ['sqs:DeleteQueue'] });
  await refused(
    iam.simulatePrincipalPolicy({ ...source, ActionNames: ['no action'] }),
    iam.simulatePrincipalPolicy({
      PolicySourceArn: `${source.PolicySourceArn}-no`,
      ActionNames: ['sqs:SendMessage'],
    }),
    iam.simulatePrincipalPolicy({ PolicySourceArn: one.PolicyArn, ActionNames: ['sqs:a'] }),
  );
}

async function remove(iam: IAM, one: { readonly PolicyArn: string }): Promise<void> {
  await iam.detachUserPolicy({ UserName: 'carl', ...one });
  await iam.detachRolePolicy({ RoleName: 'carl', ...one });
  await iam.deletePolicy(one);
}
