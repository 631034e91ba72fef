import { textAt } from '../property-value.ts';
import type { ResourceType } from '../resource-type.ts';

/** AWS::SNS::Subscription. */
export const snsSubscription: ResourceType = {
  name: 'AWS::SNS::Subscription',
  properties: { Endpoint: true, Protocol: true, RawMessageDelivery: true, TopicArn: true },
  required: ['Protocol', 'TopicArn'],
  attributes: ['Arn'],
  replacedBy: ['Endpoint', 'Protocol', 'TopicArn'],
  create: async (work, properties) => {
    const { Endpoint, Protocol, TopicArn } = properties;
    const isRaw = textAt(properties, 'RawMessageDelivery');
    const { SubscriptionArn } = await work.call<{ SubscriptionArn: string }>('sns', 'Subscribe', {
      Endpoint,
      Protocol,
      TopicArn,
      Attributes: isRaw === undefined ? {} : { RawMessageDelivery: isRaw },
      ReturnSubscriptionArn: true,
    });
    return { physicalId: SubscriptionArn, attributes: { Arn: SubscriptionArn } };
  },
  update: async (work, properties, { physicalId, attributes }) => {
    await work.call('sns', 'SetSubscriptionAttributes', {
      SubscriptionArn: physicalId,
      AttributeName: 'RawMessageDelivery',
      AttributeValue: textAt(properties, 'RawMessageDelivery') ?? 'false',
    });
    return { physicalId, attributes };
  },
  remove: async (work, { physicalId }) => {
    await work.call('sns', 'Unsubscribe', { SubscriptionArn: physicalId });
  },
};
