import { isEqual, type JsonObject, toText } from '../json-value.ts';
import { unlessMissing } from '../missing.ts';
import { documentAt, objectsAt, textAt, textsAt } from '../property-value.ts';
import type { ResourceType, ResourceWork } from '../resource-type.ts';

/** AWS::IAM::Role, with the inline policies that belong to it. */
export const iamRole: ResourceType = {
  name: 'AWS::IAM::Role',
  properties: {
    AssumeRolePolicyDocument: true,
    Description: true,
    ManagedPolicyArns: true,
    Path: true,
    Policies: { PolicyDocument: true, PolicyName: true },
    RoleName: true,
    Tags: { Key: true, Value: true },
  },
  required: ['AssumeRolePolicyDocument'],
  attributes: ['Arn', 'RoleId'],
  replacedBy: ['Path', 'RoleName'],
  nameProperty: 'RoleName',
  create: async (work, properties) => {
    const name = textAt(properties, 'RoleName') ?? work.newName(64);
    const { Description, Path, Tags } = properties;
    const { Role } = await work.call<CreateRoleAnswer>('iam', 'CreateRole', {
      RoleName: name,
      AssumeRolePolicyDocument: documentAt(properties, 'AssumeRolePolicyDocument'),
      Description,
      Path,
      Tags,
    });
    const made = { physicalId: name, attributes: { Arn: Role.Arn, RoleId: Role.RoleId } };
    work.exists(made);
    await putPolicies(work, name, policiesOf(properties));
    await moveManaged(work, name, { properties, before: {} });
    return made;
  },
  update: async (work, properties, { physicalId, attributes, properties: before }) => {
    await updateRole(work, physicalId, { properties, before });
    const kept = policiesOf(properties);
    const names = kept.map(({ name }) => name);
    await deletePolicies(
      work,
      physicalId,
      policiesOf(before).filter(({ name }) => !names.includes(name)),
    );
    await putPolicies(work, physicalId, kept);
    await moveManaged(work, physicalId, { properties, before });
    return { physicalId, attributes };
  },
  remove: async (work, { physicalId, properties }) => {
    const { PolicyNames = [] } = await work.call<{ PolicyNames?: readonly string[] }>(
      'iam',
      'ListRolePolicies',
      { RoleName: physicalId },
    );
    const own = policiesOf(properties).filter(({ name }) => PolicyNames.includes(name));
    await deletePolicies(work, physicalId, own);
    await moveManaged(work, physicalId, { properties: {}, before: properties });
    await work.call('iam', 'DeleteRole', { RoleName: physicalId });
  },
};

interface CreateRoleAnswer {
  readonly Role: { readonly Arn: string; readonly RoleId: string };
}

interface Policy {
  readonly name: string;
  readonly document: string | undefined;
}

async function updateRole(
  work: ResourceWork,
  name: string,
  { properties, before }: { readonly properties: JsonObject; readonly before: JsonObject },
): Promise<void> {
  if (!isEqual(properties['AssumeRolePolicyDocument'], before['AssumeRolePolicyDocument'])) {
    await work.call('iam', 'UpdateAssumeRolePolicy', {
      RoleName: name,
      PolicyDocument: documentAt(properties, 'AssumeRolePolicyDocument'),
    });
  }
  if (properties['Description'] !== before['Description']) {
    const Description = textAt(properties, 'Description') ?? '';
    await work.call('iam', 'UpdateRole', { RoleName: name, Description });
  }
  const tags = objectsAt(properties, 'Tags');
  if (tags.length > 0 && !isEqual(tags, before['Tags'])) {
    await work.call('iam', 'TagRole', { RoleName: name, Tags: tags });
  }
}

/** Gives the managed policies that a template names, and takes those that it named before. */
async function moveManaged(
  work: ResourceWork,
  RoleName: string,
  { properties, before }: { readonly properties: JsonObject; readonly before: JsonObject },
): Promise<void> {
  const name = 'ManagedPolicyArns';
  const [wanted, old] = [textsAt(properties, name), textsAt(before, name)];
  for (const PolicyArn of old.filter((arn) => !wanted.includes(arn))) {
    await unlessMissing(work.call('iam', 'DetachRolePolicy', { RoleName, PolicyArn }));
  }
  for (const PolicyArn of wanted.filter((arn) => !old.includes(arn))) {
    await work.call('iam', 'AttachRolePolicy', { RoleName, PolicyArn });
  }
}

function policiesOf(properties: JsonObject): readonly Policy[] {
  return objectsAt(properties, 'Policies').map((policy) => ({
    name: toText(policy['PolicyName']),
    document: documentAt(policy, 'PolicyDocument'),
  }));
}

async function putPolicies(
  work: ResourceWork,
  role: string,
  policies: readonly Policy[],
): Promise<void> {
  for (const { name, document } of policies) {
    await work.call('iam', 'PutRolePolicy', {
      RoleName: role,
      PolicyName: name,
      PolicyDocument: document,
    });
  }
}

async function deletePolicies(
  work: ResourceWork,
  role: string,
  policies: readonly Policy[],
): Promise<void> {
  for (const { name } of policies) {
    await work.call('iam', 'DeleteRolePolicy', { RoleName: role, PolicyName: name });
  }
}
