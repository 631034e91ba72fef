import type { JsonObject } from '../json-value.ts';
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
    await setPolicy(work, properties, documentAt(properties, 'PolicyDocument'));
    return made;
  },
  update: async (work, properties, { physicalId, properties: before }) => {
    const kept = textsAt(properties, 'Queues');
    const left = textsAt(before, 'Queues').filter((queue) => !kept.includes(queue));
    await setPolicy(work, { Queues: left }, '');
    await setPolicy(work, properties, documentAt(properties, 'PolicyDocument'));
    return { physicalId, attributes: {} };
  },
  remove: (work, { properties }) => setPolicy(work, properties, ''),
};

async function setPolicy(
  work: ResourceWork,
  properties: JsonObject,
  document: string | undefined,
): Promise<void> {
  for (const url of textsAt(properties, 'Queues')) {
    await work.call('sqs', 'SetQueueAttributes', {
      QueueUrl: url,
      Attributes: { Policy: document },
    });
  }
}
