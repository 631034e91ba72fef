import type { JsonObject } from '../json-value.ts';
import { unlessMissing } from '../missing.ts';
import { documentAt, textsAt } from '../property-value.ts';
import type { ResourceType, ResourceWork } from '../resource-type.ts';

/** AWS::SQS::QueuePolicy. */
export const sqsQueuePolicy: ResourceType = {
  name: 'AWS::SQS::QueuePolicy',
  properties: { PolicyDocument: true, Queues: true },
  required: ['PolicyDocument', 'Queues'],
  attributes: [],
  replacedBy: [],
  create: async (work, properties) => {
    const made = { physicalId: work.newName(128), attributes: {} };
    work.exists(made);
    await setPolicy(work, properties);
    return made;
  },
  update: async (work, properties, { physicalId, properties: before }) => {
    const kept = textsAt(properties, 'Queues');
    const left = textsAt(before, 'Queues').filter((queue) => !kept.includes(queue));
    await clearPolicy(work, left);
    await setPolicy(work, properties);
    return { physicalId, attributes: {} };
  },
  remove: (work, { properties }) => clearPolicy(work, textsAt(properties, 'Queues')),
};

async function setPolicy(work: ResourceWork, properties: JsonObject): Promise<void> {
  const Policy = documentAt(properties, 'PolicyDocument');
  for (const QueueUrl of textsAt(properties, 'Queues')) {
    await work.call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy } });
  }
}

async function clearPolicy(work: ResourceWork, queues: readonly string[]): Promise<void> {
  for (const QueueUrl of queues) {
    const Attributes = { Policy: '' };
    await unlessMissing(work.call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes }));
  }
}
