import { ownersPolicy } from '../../sns/owners-policy.ts';
import type { JsonObject } from '../json-value.ts';
import { unlessMissing } from '../missing.ts';
import { documentAt, textsAt } from '../property-value.ts';
import type { ResourceType, ResourceWork } from '../resource-type.ts';

/** AWS::SNS::TopicPolicy. */
export const snsTopicPolicy: ResourceType = {
  name: 'AWS::SNS::TopicPolicy',
  properties: { PolicyDocument: true, Topics: true },
  required: ['PolicyDocument', 'Topics'],
  attributes: [],
  replacedBy: [],
  create: async (work, properties) => {
    const made = { physicalId: work.newName(128), attributes: {} };
    work.exists(made);
    await setPolicies(work, properties);
    return made;
  },
  update: async (work, properties, { physicalId, properties: before }) => {
    const kept = textsAt(properties, 'Topics');
    const left = textsAt(before, 'Topics').filter((topic) => !kept.includes(topic));
    await resetPolicies(work, left);
    await setPolicies(work, properties);
    return { physicalId, attributes: {} };
  },
  remove: (work, { properties }) => resetPolicies(work, textsAt(properties, 'Topics')),
};

async function setPolicies(work: ResourceWork, properties: JsonObject): Promise<void> {
  const document = documentAt(properties, 'PolicyDocument') ?? '';
  for (const topic of textsAt(properties, 'Topics')) await setPolicy(work, topic, document);
}

async function resetPolicies(work: ResourceWork, topics: readonly string[]): Promise<void> {
  for (const topic of topics) {
    await unlessMissing(setPolicy(work, topic, ownersPolicy(topic, work.accountId)));
  }
}

async function setPolicy(work: ResourceWork, topicArn: string, document: string): Promise<void> {
  await work.call('sns', 'SetTopicAttributes', {
    TopicArn: topicArn,
    AttributeName: 'Policy',
    AttributeValue: document,
  });
}
