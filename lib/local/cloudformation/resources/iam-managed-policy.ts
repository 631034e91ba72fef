import { unlessMissing } from '../missing.ts';
import { documentAt, only, textAt, textsAt } from '../property-value.ts';
import type { ResourceType, ResourceWork, Was } from '../resource-type.ts';

/** Who may hold a policy: the property that names them, and how one of them is called. */
const HOLDERS = { Roles: 'Role', Users: 'User' } as const;

/** AWS::IAM::ManagedPolicy. */
export const iamManagedPolicy: ResourceType = {
  name: 'AWS::IAM::ManagedPolicy',
  properties: {
    Description: true,
    ManagedPolicyName: true,
    Path: true,
    PolicyDocument: true,
    Roles: true,
    Users: true,
  },
  required: ['PolicyDocument'],
  attributes: ['PolicyArn', 'PolicyId'],
  // AWS: a new document is a new version of the same policy; the local account has one version of each.
  replacedBy: ['Description', 'ManagedPolicyName', 'Path', 'PolicyDocument'],
  nameProperty: 'ManagedPolicyName',
  create: async (work, properties) => {
    const { Policy } = await work.call<{ Policy: { Arn: string; PolicyId: string } }>(
      'iam',
      'CreatePolicy',
      {
        PolicyName: textAt(properties, 'ManagedPolicyName') ?? work.newName(128),
        PolicyDocument: documentAt(properties, 'PolicyDocument'),
        ...only(properties, ['Description', 'Path']),
      },
    );
    const { Arn: PolicyArn, PolicyId } = Policy;
    const made = { physicalId: PolicyArn, attributes: { PolicyArn, PolicyId } };
    work.exists(made);
    await moveHolders(work, PolicyArn, { now: properties, before: {} });
    return made;
  },
  update: async (work, properties, { physicalId, attributes, properties: before }) => {
    await moveHolders(work, physicalId, { now: properties, before });
    return { physicalId, attributes };
  },
  remove: async (work, { physicalId, properties }) => {
    await moveHolders(work, physicalId, { now: {}, before: properties });
    await work.call('iam', 'DeletePolicy', { PolicyArn: physicalId });
  },
};

/** Gives the policy to whom a template names, and takes it from those that it named before. */
async function moveHolders(
  work: ResourceWork,
  PolicyArn: string,
  { now, before }: { readonly now: Was['properties']; readonly before: Was['properties'] },
): Promise<void> {
  for (const [property, kind] of Object.entries(HOLDERS)) {
    const [wanted, old] = [textsAt(now, property), textsAt(before, property)];
    for (const name of old.filter((held) => !wanted.includes(held))) {
      const input = { [`${kind}Name`]: name, PolicyArn };
      await unlessMissing(work.call('iam', `Detach${kind}Policy`, input));
    }
    for (const name of wanted.filter((held) => !old.includes(held))) {
      await work.call('iam', `Attach${kind}Policy`, { [`${kind}Name`]: name, PolicyArn });
    }
  }
}
