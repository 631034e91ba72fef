import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StartedAccount, startAccount } from '../start-account.ts';

const TopicArn = 'arn:aws:sns:us-east-1:123456789012:findings';

let account: StartedAccount;
let sns: SNSClient;

beforeEach(async () => {
  account = await startAccount();
  sns = new SNSClient(account.settings());
  await sns.send(
    new CreateTopicCommand({
      Name: 'findings',
      Attributes: { DisplayName: 'Findings' },
      Tags: [{ Key: 'Team', Value: 'platform' }],
    }),
  );
});

afterEach(async () => {
  sns.destroy();
  await account.stop();
});

describe('topics', () => {
  it('answer what they were given', async () => {
    await sns.send(
      new TagResourceCommand({ ResourceArn: TopicArn, Tags: [{ Key: 'b', Value: '2' }] }),
    );

    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
    const { Tags } = await sns.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }));

    expect(Attributes).toMatchObject({
      TopicArn,
      Owner: '123456789012',
      DisplayName: 'Findings',
      SubscriptionsConfirmed: '0',
      Policy: expect.stringContaining('__default_policy_ID') as string,
    });
    expect(Tags).toEqual([
      { Key: 'Team', Value: 'platform' },
      { Key: 'b', Value: '2' },
    ]);
    expect(account.records('CreateTopic')).toMatchObject([
      {
        eventSource: 'sns.amazonaws.com',
        requestParameters: { name: 'findings', tags: [{ key: 'Team', value: 'platform' }] },
        responseElements: { topicArn: TopicArn },
      },
    ]);
  });

  it('are made once, unless they would change', async () => {
    const create = (DisplayName: string) =>
      sns.send(new CreateTopicCommand({ Name: 'findings', Attributes: { DisplayName } }));

    await expect(create('Findings')).resolves.toMatchObject({ TopicArn });
    await expect(create('Other')).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message:
        'Invalid parameter: Attributes Reason: Topic already exists with different attributes',
    });
  });

  it('have a policy whose denies refuse callers', async () => {
    const set = (AttributeValue: string | undefined) =>
      sns.send(
        new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }),
      );
    const allow = { Effect: 'Allow', Action: 'sns:*', Resource: '*' };
    const ann = new SNSClient(account.settings(account.user('ann', allow)));
    const read = () => ann.send(new GetTopicAttributesCommand({ TopicArn }));
    await set(
      JSON.stringify({
        Statement: [
          {
            Effect: 'Deny',
            Principal: { AWS: 'arn:aws:iam::123456789012:user/ann' },
            Action: 'sns:*',
            Resource: TopicArn,
          },
        ],
      }),
    );

    await expect(read()).rejects.toMatchObject({
      name: 'AuthorizationErrorException',
      $metadata: { httpStatusCode: 403 },
      message: expect.stringMatching(/explicit deny in a resource-based policy$/) as string,
    });
    await set('');
    await expect(read()).resolves.toBeDefined();
    await expect(set('{}')).rejects.toMatchObject({
      message: expect.stringMatching(/^Invalid parameter: Policy Reason: Statement/) as string,
    });
  });

  it('are listed page by page', async () => {
    for (let index = 0; index < 100; index += 1) {
      await sns.send(new CreateTopicCommand({ Name: `t${index}` }));
    }

    const first = await sns.send(new ListTopicsCommand({}));
    const second = await sns.send(new ListTopicsCommand({ NextToken: first.NextToken }));

    expect(first.Topics).toHaveLength(100);
    expect(second.Topics).toEqual([{ TopicArn: 'arn:aws:sns:us-east-1:123456789012:t99' }]);
    await expect(sns.send(new ListTopicsCommand({ NextToken: 'x' }))).rejects.toMatchObject({
      message: 'Invalid parameter: NextToken',
    });
  });

  it('are gone once they are deleted, and may be deleted again', async () => {
    await sns.send(new DeleteTopicCommand({ TopicArn }));
    await sns.send(new DeleteTopicCommand({ TopicArn }));

    await expect(sns.send(new GetTopicAttributesCommand({ TopicArn }))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Topic does not exist',
    });
    await expect(
      sns.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(account.records('DeleteTopic')).toHaveLength(2);
  });

  it.each([
    [{ Name: 'a b' }, 'Invalid parameter: Topic Name'],
    [{ Name: 'a.fifo' }, 'Invalid parameter: the local account has no FIFO topics'],
    [{ Name: 'a', Attributes: { constructor: '1' } }, 'Invalid parameter: AttributeName'],
    [
      { Name: 'a', Attributes: { FifoTopic: 'true' } },
      'Invalid parameter: the local account has no FIFO topics',
    ],
  ])('refuse %j', async (input, message) => {
    await expect(sns.send(new CreateTopicCommand(input))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message,
    });
  });

  it('are named by ARN', async () => {
    await expect(
      sns.send(new GetTopicAttributesCommand({ TopicArn: 'findings' })),
    ).rejects.toMatchObject({
      message: 'Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1',
    });
  });
});

describe('subscriptions', () => {
  const subscribe = (Protocol: string, Endpoint: string, others = {}) =>
    sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint, ...others }));

  it('by mail stay pending, and answer their ARN only where it is asked for', async () => {
    const asked = await subscribe('email', 'ann@example.com', { ReturnSubscriptionArn: true });
    const again = await subscribe('email', 'ann@example.com');

    const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(asked.SubscriptionArn).toMatch(`${TopicArn}:`);
    expect(again.SubscriptionArn).toBe('pending confirmation');
    expect(Subscriptions).toEqual([
      {
        SubscriptionArn: 'PendingConfirmation',
        Owner: '123456789012',
        Protocol: 'email',
        Endpoint: 'ann@example.com',
        TopicArn,
      },
    ]);
    expect(Attributes).toMatchObject({ SubscriptionsPending: '1', SubscriptionsConfirmed: '0' });
  });

  it('of queues and functions are confirmed, and end when they are taken back', async () => {
    const queue = await subscribe('sqs', 'arn:aws:sqs:us-east-1:123456789012:q');
    await subscribe('lambda', 'arn:aws:lambda:us-east-1:123456789012:function:f');

    await sns.send(new UnsubscribeCommand({ SubscriptionArn: queue.SubscriptionArn }));

    const { Subscriptions } = await sns.send(new ListSubscriptionsCommand({}));
    expect(Subscriptions).toMatchObject([{ Protocol: 'lambda' }]);
    expect(account.records('Unsubscribe')).toHaveLength(1);
  });

  it('change what is supported, and refuse the rest', async () => {
    const { SubscriptionArn } = await subscribe('sqs', 'arn:aws:sqs:us-east-1:123456789012:q');
    const set = (AttributeName: string, AttributeValue: string, arn = SubscriptionArn) =>
      sns.send(
        new SetSubscriptionAttributesCommand({
          SubscriptionArn: arn,
          AttributeName,
          AttributeValue,
        }),
      );

    await expect(set('RawMessageDelivery', 'true')).resolves.toBeDefined();
    await expect(set('RawMessageDelivery', 'yes')).rejects.toMatchObject({
      message: 'Invalid parameter: RawMessageDelivery',
    });
    await expect(set('FilterPolicy', '{}')).rejects.toMatchObject({
      message:
        'Invalid parameter: Attributes Reason: the local account supports RawMessageDelivery, not FilterPolicy',
    });
    await expect(set('RawMessageDelivery', 'true', `${TopicArn}:none`)).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });

  it.each([
    ['pigeon', 'coop', 'Invalid parameter: Does not support this protocol string: pigeon'],
    ['email', 'nobody', 'Invalid parameter: email endpoint'],
    ['https', 'http://example.com', 'Invalid parameter: https endpoint'],
    ['sqs', '', 'Invalid parameter: sqs endpoint'],
  ])('refuse %s to `%s`', async (protocol, endpoint, message) => {
    await expect(subscribe(protocol, endpoint)).rejects.toMatchObject({ message });
  });

  it('refuse what is no subscription, and unknown pages', async () => {
    await expect(
      sns.send(new UnsubscribeCommand({ SubscriptionArn: TopicArn })),
    ).rejects.toMatchObject({ message: 'Invalid parameter: SubscriptionArn' });
    await expect(sns.send(new ListSubscriptionsCommand({ NextToken: 'x' }))).rejects.toMatchObject({
      message: 'Invalid parameter: NextToken',
    });
  });
});
