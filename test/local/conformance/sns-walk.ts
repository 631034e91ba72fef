import type { SNS } from '@aws-sdk/client-sns';
import { refused } from './watched-service.ts';

const NONE = { TopicArn: 'arn:aws:sns:us-east-1:123456789012:none' };
const INVALID = { TopicArn: 'none' };
const Tags = [{ Key: 'team', Value: 'payments' }];

/** Topics and subscriptions, as their owner and as one who may do nothing. */
export async function walkSns(sns: SNS, stranger: SNS): Promise<void> {
  const { TopicArn = '' } = await sns.createTopic({ Name: 'alarms', Tags });
  await walkTopics(sns, TopicArn);
  await walkSubscriptions(sns, TopicArn);
  await sns.publish({ TopicArn, Message: 'help' });
  const colour = { DataType: 'Colour', StringValue: 'red' };
  await refused(
    sns.publish({ ...NONE, Message: 'help' }),
    sns.publish({ ...INVALID, Message: 'help' }),
    sns.publish({ TopicArn, Message: 'help', MessageAttributes: { colour } }),
  );
  await refuseStranger(stranger, TopicArn);
  await listMany(sns);
  await sns.deleteTopic({ TopicArn });
}

async function walkTopics(sns: SNS, TopicArn: string): Promise<void> {
  const name = { AttributeName: 'DisplayName', AttributeValue: 'Alarms' };
  await sns.setTopicAttributes({ TopicArn, ...name });
  await sns.getTopicAttributes({ TopicArn });
  await sns.tagResource({ ResourceArn: TopicArn, Tags });
  await sns.listTagsForResource({ ResourceArn: TopicArn });
  const many = [...Array(51).keys()].map((index) => ({ Key: `key-${index}`, Value: '' }));
  await refused(
    sns.createTopic({ Name: 'no name' }),
    sns.createTopic({ Name: 'other', Tags: many }),
    sns.tagResource({ ResourceArn: TopicArn, Tags: many }),
    sns.deleteTopic(INVALID),
    sns.listTopics({ NextToken: 'forged' }),
    ...[NONE, INVALID].flatMap((bad) => [
      sns.getTopicAttributes(bad),
      sns.setTopicAttributes({ ...bad, ...name }),
      sns.listTagsForResource({ ResourceArn: bad.TopicArn }),
      sns.tagResource({ ResourceArn: bad.TopicArn, Tags }),
    ]),
  );
}

async function walkSubscriptions(sns: SNS, TopicArn: string): Promise<void> {
  const queue = { Protocol: 'sqs', Endpoint: 'arn:aws:sqs:us-east-1:123456789012:orders' };
  const raw = { AttributeName: 'RawMessageDelivery', AttributeValue: 'true' };
  const { SubscriptionArn = '' } = await sns.subscribe({ TopicArn, ...queue });
  await sns.setSubscriptionAttributes({ SubscriptionArn, ...raw });
  await sns.listSubscriptions({});
  await sns.listSubscriptionsByTopic({ TopicArn });
  await refused(
    sns.subscribe({ ...NONE, ...queue }),
    sns.subscribe({ TopicArn, Protocol: 'pigeon' }),
    sns.unsubscribe({ SubscriptionArn: 'none' }),
    sns.setSubscriptionAttributes({ SubscriptionArn: `${TopicArn}:none`, ...raw }),
    sns.setSubscriptionAttributes({ SubscriptionArn: 'none', ...raw }),
    sns.listSubscriptions({ NextToken: 'forged' }),
    sns.listSubscriptionsByTopic({ TopicArn, NextToken: 'forged' }),
    sns.listSubscriptionsByTopic(NONE),
  );
  await sns.unsubscribe({ SubscriptionArn });
}

async function refuseStranger(sns: SNS, TopicArn: string): Promise<void> {
  const attribute = { AttributeName: 'DisplayName', AttributeValue: 'x' };
  const SubscriptionArn = `${TopicArn}:none`;
  await refused(
    sns.createTopic({ Name: 'other' }),
    sns.deleteTopic({ TopicArn }),
    sns.getTopicAttributes({ TopicArn }),
    sns.setTopicAttributes({ TopicArn, ...attribute }),
    sns.listTopics({}),
    sns.listTagsForResource({ ResourceArn: TopicArn }),
    sns.tagResource({ ResourceArn: TopicArn, Tags }),
    sns.subscribe({ TopicArn, Protocol: 'email', Endpoint: 'a@example.com' }),
    sns.unsubscribe({ SubscriptionArn }),
    sns.setSubscriptionAttributes({ SubscriptionArn, ...attribute }),
    sns.listSubscriptions({}),
    sns.listSubscriptionsByTopic({ TopicArn }),
    sns.publish({ TopicArn, Message: 'help' }),
  );
}

async function listMany(sns: SNS): Promise<void> {
  const { TopicArn } = await sns.createTopic({ Name: 'crowded' });
  const numbers = [...Array(101).keys()];
  await Promise.all(
    numbers.flatMap((index) => [
      sns.createTopic({ Name: `topic-${index}` }),
      sns.subscribe({ TopicArn, Protocol: 'email', Endpoint: `mail-${index}@example.com` }),
    ]),
  );
  await sns.listTopics({});
  await sns.listSubscriptions({});
  await sns.listSubscriptionsByTopic({ TopicArn });
}
