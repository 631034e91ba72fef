import { textAt } from '../property-value.ts';
import type { ResourceType } from '../resource-type.ts';

/** AWS::SNS::Topic. */
export const snsTopic: ResourceType = {
  name: 'AWS::SNS::Topic',
  properties: { DisplayName: true, Tags: { Key: true, Value: true }, TopicName: true },
  required: [],
  attributes: ['TopicArn', 'TopicName'],
  replacedBy: ['Tags', 'TopicName'],
  nameProperty: 'TopicName',
  create: async (work, properties) => {
    const name = textAt(properties, 'TopicName') ?? work.newName(256);
    const displayName = textAt(properties, 'DisplayName');
    const { TopicArn } = await work.call<{ TopicArn: string }>('sns', 'CreateTopic', {
      Name: name,
      Tags: properties['Tags'],
      Attributes: displayName === undefined ? {} : { DisplayName: displayName },
    });
    return { physicalId: TopicArn, attributes: { TopicArn, TopicName: name } };
  },
  update: async (work, properties, { physicalId, attributes }) => {
    await work.call('sns', 'SetTopicAttributes', {
      TopicArn: physicalId,
      AttributeName: 'DisplayName',
      AttributeValue: textAt(properties, 'DisplayName') ?? '',
    });
    return { physicalId, attributes };
  },
  remove: async (work, { physicalId }) => {
    await work.call('sns', 'DeleteTopic', { TopicArn: physicalId });
  },
};
