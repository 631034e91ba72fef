import { only, textAt } from '../property-value.ts';
import type { ResourceType } from '../resource-type.ts';

const SETTINGS = [
  'BatchSize',
  'Enabled',
  'FunctionName',
  'FunctionResponseTypes',
  'MaximumBatchingWindowInSeconds',
  'ScalingConfig',
];

/** AWS::Lambda::EventSourceMapping. */
export const lambdaEventSourceMapping: ResourceType = {
  name: 'AWS::Lambda::EventSourceMapping',
  properties: {
    BatchSize: true,
    Enabled: true,
    EventSourceArn: true,
    FunctionName: true,
    FunctionResponseTypes: true,
    MaximumBatchingWindowInSeconds: true,
    ScalingConfig: { MaximumConcurrency: true },
  },
  required: ['FunctionName'],
  attributes: ['EventSourceMappingArn', 'Id'],
  replacedBy: ['EventSourceArn'],
  create: async (work, properties) => {
    const { UUID, EventSourceMappingArn } = await work.call<{
      UUID: string;
      EventSourceMappingArn?: string;
    }>('lambda', 'CreateEventSourceMapping', {
      EventSourceArn: textAt(properties, 'EventSourceArn'),
      ...only(properties, SETTINGS),
    });
    const arn = `arn:aws:lambda:${work.region}:${work.accountId}:event-source-mapping:${UUID}`;
    return {
      physicalId: UUID,
      attributes: { Id: UUID, EventSourceMappingArn: EventSourceMappingArn ?? arn },
    };
  },
  update: async (work, properties, { physicalId, attributes }) => {
    await work.call('lambda', 'UpdateEventSourceMapping', {
      UUID: physicalId,
      ...only(properties, SETTINGS),
    });
    return { physicalId, attributes };
  },
  remove: async (work, { physicalId }) => {
    await work.call('lambda', 'DeleteEventSourceMapping', { UUID: physicalId });
  },
};
