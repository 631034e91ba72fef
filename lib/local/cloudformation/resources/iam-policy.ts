import type { JsonObject } from '../json-value.ts';
import { unlessMissing } from '../missing.ts';
import { documentAt, textAt, textsAt } from '../property-value.ts';
import type { ResourceType, ResourceWork } from '../resource-type.ts';

/** AWS::IAM::Policy: an inline policy that is a resource of its own. */
export const iamPolicy: ResourceType = {
  name: 'AWS::IAM::Policy',
  properties: { PolicyDocument: true, PolicyName: true, Roles: true, Users: true },
  required: ['PolicyDocument', 'PolicyName'],
  attributes: [],
  replacedBy: ['PolicyName'],
  create: async (work, properties) => {
    const made = { physicalId: work.newName(128), attributes: {} };
    work.exists(made);
    await putOn(work, properties);
    return made;
  },
  update: async (work, properties, { physicalId, properties: before }) => {
    const left = (name: string) =>
      textsAt(before, name).filter((holder) => !textsAt(properties, name).includes(holder));
    await takeFrom(work, { ...before, Roles: left('Roles'), Users: left('Users') });
    await putOn(work, properties);
    return { physicalId, attributes: {} };
  },
  remove: (work, { properties }) => takeFrom(work, properties),
};

async function putOn(work: ResourceWork, properties: JsonObject): Promise<void> {
  const policy = {
    PolicyName: textAt(properties, 'PolicyName'),
    PolicyDocument: documentAt(properties, 'PolicyDocument'),
  };
  for (const RoleName of textsAt(properties, 'Roles')) {
    await work.call('iam', 'PutRolePolicy', { RoleName, ...policy });
  }
  for (const UserName of textsAt(properties, 'Users')) {
    await work.call('iam', 'PutUserPolicy', { UserName, ...policy });
  }
}

async function takeFrom(work: ResourceWork, properties: JsonObject): Promise<void> {
  const policy = { PolicyName: textAt(properties, 'PolicyName') };
  for (const RoleName of textsAt(properties, 'Roles')) {
    await unlessMissing(work.call('iam', 'DeleteRolePolicy', { RoleName, ...policy }));
  }
  for (const UserName of textsAt(properties, 'Users')) {
    await unlessMissing(work.call('iam', 'DeleteUserPolicy', { UserName, ...policy }));
  }
}
