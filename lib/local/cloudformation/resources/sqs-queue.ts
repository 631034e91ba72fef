import type { JsonObject } from '../json-value.ts';
import { documentAt, textAt } from '../property-value.ts';
import type { ResourceType, ResourceWork } from '../resource-type.ts';
import { tagsOf } from './tags.ts';

/** What each setting is where a template does not name it. */
const DEFAULTS: Readonly<Record<string, string>> = {
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  RedrivePolicy: '',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '30',
};

/** AWS::SQS::Queue. */
export const sqsQueue: ResourceType = {
  name: 'AWS::SQS::Queue',
  properties: {
    DelaySeconds: true,
    MaximumMessageSize: true,
    MessageRetentionPeriod: true,
    QueueName: true,
    ReceiveMessageWaitTimeSeconds: true,
    RedrivePolicy: { deadLetterTargetArn: true, maxReceiveCount: true },
    SqsManagedSseEnabled: true,
    Tags: { Key: true, Value: true },
    VisibilityTimeout: true,
  },
  required: [],
  attributes: ['Arn', 'QueueName', 'QueueUrl'],
  replacedBy: ['QueueName', 'Tags'],
  nameProperty: 'QueueName',
  create: async (work, properties) => {
    const name = textAt(properties, 'QueueName') ?? work.newName(80);
    const { QueueUrl } = await work.call<{ QueueUrl: string }>('sqs', 'CreateQueue', {
      QueueName: name,
      Attributes: settingsOf(properties),
      tags: tagsOf(properties),
    });
    return toMade(work, { name, url: QueueUrl });
  },
  update: async (work, properties, { physicalId, attributes, properties: before }) => {
    const dropped = Object.entries(DEFAULTS).filter(([name]) => name in before);
    await work.call('sqs', 'SetQueueAttributes', {
      QueueUrl: physicalId,
      Attributes: { ...Object.fromEntries(dropped), ...settingsOf(properties) },
    });
    return { physicalId, attributes };
  },
  remove: async (work, { physicalId }) => {
    await work.call('sqs', 'DeleteQueue', { QueueUrl: physicalId });
  },
};

function settingsOf(properties: JsonObject): Readonly<Record<string, string>> {
  const named = Object.keys(DEFAULTS).map((name) => [name, documentAt(properties, name)] as const);
  return Object.fromEntries(
    named.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function toMade(
  { accountId, region }: ResourceWork,
  { name, url }: { readonly name: string; readonly url: string },
) {
  const Arn = `arn:aws:sqs:${region}:${accountId}:${name}`;
  return { physicalId: url, attributes: { Arn, QueueName: name, QueueUrl: url } };
}
