import type { IAM } from '@aws-sdk/client-iam';
import { newPrincipal, type Principals } from '../../../lib/local/identity/principals.ts';
import { refused } from './watched-service.ts';

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
});
const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' }],
});
const TOO_LONG = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: `arn:aws:sqs:${'b'.repeat(11_000)}` },
  ],
});
const Tags = [{ Key: 'team', Value: 'payments' }];
const TWICE = [...Tags, { Key: 'Team', Value: 'orders' }];
const NOBODY = { UserName: 'nobody' };
const NO_ROLE = { RoleName: 'no-role' };

/** Users and roles, their own policies and their keys: made, read, refused and removed. */
export async function walkPrincipals(iam: IAM, principals: Principals): Promise<void> {
  await walkUsers(iam);
  await walkUserPolicies(iam);
  await walkRoles(iam);
  await walkRolePolicies(iam);
  await removeBoth(iam);
  await fillAccount(iam, principals);
}

async function walkUsers(iam: IAM): Promise<void> {
  await iam.createUser({ UserName: 'ann', Tags });
  await iam.createUser({ UserName: 'bob' });
  await refused(
    iam.createUser({ UserName: 'ann' }),
    iam.createUser({ UserName: 'carl', Tags: TWICE }),
    iam.getUser(NOBODY),
    iam.deleteUser(NOBODY),
  );
  await iam.getUser({ UserName: 'ann' });
  await iam.listUsers({ MaxItems: 1 });
  for (const _key of [1, 2]) await iam.createAccessKey({ UserName: 'ann' });
  await refused(
    iam.createAccessKey({ UserName: 'ann' }),
    iam.createAccessKey(NOBODY),
    iam.deleteAccessKey({ UserName: 'ann', AccessKeyId: 'AKIANOBODY0000000000' }),
    iam.deleteUser({ UserName: 'ann' }),
  );
}

async function walkUserPolicies(iam: IAM): Promise<void> {
  const own = { UserName: 'ann', PolicyName: 'own' };
  await iam.putUserPolicy({ ...own, PolicyDocument: POLICY });
  await iam.putUserPolicy({ ...own, PolicyName: 'second', PolicyDocument: POLICY });
  await iam.getUserPolicy(own);
  await iam.listUserPolicies({ UserName: 'ann', MaxItems: 1 });
  await refused(
    iam.putUserPolicy({ ...own, PolicyDocument: '{' }),
    iam.putUserPolicy({ ...own, PolicyDocument: TOO_LONG }),
    iam.putUserPolicy({ ...own, ...NOBODY, PolicyDocument: POLICY }),
    iam.getUserPolicy({ ...own, PolicyName: 'none' }),
    iam.deleteUserPolicy({ ...own, PolicyName: 'none' }),
    iam.listUserPolicies(NOBODY),
  );
  await iam.deleteUserPolicy({ ...own, PolicyName: 'second' });
}

async function walkRoles(iam: IAM): Promise<void> {
  const role = { RoleName: 'worker', AssumeRolePolicyDocument: TRUST };
  await iam.createRole({ ...role, Description: 'works', Tags });
  await refused(
    iam.createRole(role),
    iam.createRole({ ...role, RoleName: 'other', AssumeRolePolicyDocument: '{' }),
    iam.createRole({ ...role, RoleName: 'other', Tags: TWICE }),
    iam.getRole(NO_ROLE),
    iam.deleteRole(NO_ROLE),
    iam.updateRole(NO_ROLE),
    iam.tagRole({ ...NO_ROLE, Tags }),
    iam.tagRole({ RoleName: 'worker', Tags: TWICE }),
    iam.listRoleTags(NO_ROLE),
    iam.updateAssumeRolePolicy({ ...NO_ROLE, PolicyDocument: TRUST }),
    iam.updateAssumeRolePolicy({ RoleName: 'worker', PolicyDocument: '{' }),
  );
  await iam.updateAssumeRolePolicy({ RoleName: 'worker', PolicyDocument: TRUST });
  await iam.updateRole({ RoleName: 'worker', Description: 'works hard' });
  await iam.tagRole({ RoleName: 'worker', Tags: [{ Key: 'stage', Value: 'test' }] });
  const many = [...Array(49).keys()].map((index) => ({ Key: `key-${index}`, Value: '' }));
  await refused(iam.tagRole({ RoleName: 'worker', Tags: many }));
  await iam.getRole({ RoleName: 'worker' });
  await iam.listRoles({ MaxItems: 1 });
  await iam.listRoles({});
  await iam.listRoleTags({ RoleName: 'worker', MaxItems: 1 });
}

async function walkRolePolicies(iam: IAM): Promise<void> {
  const own = { RoleName: 'worker', PolicyName: 'own' };
  await iam.putRolePolicy({ ...own, PolicyDocument: POLICY });
  await iam.putRolePolicy({ ...own, PolicyName: 'second', PolicyDocument: POLICY });
  await iam.getRolePolicy(own);
  await iam.listRolePolicies({ RoleName: 'worker', MaxItems: 1 });
  await refused(
    iam.putRolePolicy({ ...own, PolicyDocument: '{' }),
    iam.putRolePolicy({ ...own, PolicyDocument: TOO_LONG }),
    iam.putRolePolicy({ ...own, ...NO_ROLE, PolicyDocument: POLICY }),
    iam.getRolePolicy({ ...own, PolicyName: 'none' }),
    iam.deleteRolePolicy({ ...own, PolicyName: 'none' }),
    iam.listRolePolicies(NO_ROLE),
    iam.deleteRole({ RoleName: 'worker' }),
  );
  await iam.deleteRolePolicy({ ...own, PolicyName: 'second' });
}

async function removeBoth(iam: IAM): Promise<void> {
  const { AccessKey } = await iam.createAccessKey({ UserName: 'bob' });
  await iam.deleteAccessKey({ UserName: 'bob', AccessKeyId: AccessKey?.AccessKeyId });
  await iam.deleteUser({ UserName: 'bob' });
  await iam.deleteRolePolicy({ RoleName: 'worker', PolicyName: 'own' });
  await iam.deleteRole({ RoleName: 'worker' });
}

async function fillAccount(iam: IAM, principals: Principals): Promise<void> {
  for (let index = 0; index < 5000; index += 1) {
    newPrincipal(principals, { kind: 'user', name: `user-${index}`, nowMs: 0 });
    if (index < 1000) newPrincipal(principals, { kind: 'role', name: `role-${index}`, nowMs: 0 });
  }
  await refused(
    iam.createUser({ UserName: 'one-too-many' }),
    iam.createRole({ RoleName: 'one-too-many', AssumeRolePolicyDocument: TRUST }),
  );
  for (let index = 0; index < 5000; index += 1) {
    principals.users.delete(`user-${index}`);
    principals.roles.delete(`role-${index}`);
  }
}
