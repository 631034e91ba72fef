import {
  CreateTopicCommand,
  PublishCommand,
  type PublishCommandInput,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { START_MS, type StartedAccount, startAccount } from '../start-account.ts';

const TopicArn = 'arn:aws:sns:us-east-1:123456789012:findings';
const QUEUE_ARN = 'arn:aws:sqs:us-east-1:123456789012:inbox';

let account: StartedAccount;
let sns: SNSClient;

const publish = (input: Partial<PublishCommandInput> = {}) =>
  sns.send(new PublishCommand({ TopicArn, Message: 'hello', ...input }));

beforeEach(async () => {
  account = await startAccount();
  sns = new SNSClient(account.settings());
  await sns.send(new CreateTopicCommand({ Name: 'findings' }));
});

afterEach(async () => {
  sns.destroy();
  await account.stop();
});

describe('Publish', () => {
  it('journals the text of every protocol, the subject and the attributes', async () => {
    const { MessageId } = await publish({
      Subject: 'Something happened',
      MessageStructure: 'json',
      Message: JSON.stringify({ default: '{}', email: 'Dear all', sqs: 1 }),
      MessageAttributes: {
        severity: { DataType: 'String', StringValue: 'high' },
        digest: { DataType: 'Binary', BinaryValue: Buffer.from('x') },
      },
    });

    expect(account.core.journal.messages).toEqual([
      {
        atMs: START_MS,
        topicArn: TopicArn,
        messageId: MessageId,
        subject: 'Something happened',
        bodies: { default: '{}', email: 'Dear all' },
        attributes: { severity: 'high', digest: 'eA==' },
      },
    ]);
    expect(account.core.journal.events.map(({ eventName }) => eventName)).toEqual(['CreateTopic']);
  });

  it('takes a topic as target too', async () => {
    await publish({ TopicArn: undefined, TargetArn: TopicArn });

    expect(account.core.journal.messages).toMatchObject([{ bodies: { default: 'hello' } }]);
  });

  it('is refused to a user whom no policy allows it', async () => {
    const ann = new SNSClient(account.settings(account.user('ann')));

    await expect(ann.send(new PublishCommand({ TopicArn, Message: 'x' }))).rejects.toMatchObject({
      name: 'AuthorizationErrorException',
      message: expect.stringContaining(
        `is not authorized to perform: sns:Publish on resource: ${TopicArn}`,
      ) as string,
    });
  });

  it.each([
    ['no message', { Message: '' }, 'Invalid parameter: Empty message'],
    ['a subject of 100 characters', { Subject: 'x'.repeat(100) }, 'Invalid parameter: Subject'],
    ['a subject of two lines', { Subject: 'a\nb' }, 'Invalid parameter: Subject'],
    ['an empty subject', { Subject: '' }, 'Invalid parameter: Subject'],
    ['too much', { Message: 'x'.repeat(262_145) }, 'Invalid parameter: Message too long'],
    [
      'too much with its attributes',
      {
        Message: 'x'.repeat(262_140),
        MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } },
      },
      'Invalid parameter: Message too long',
    ],
    ['another structure', { MessageStructure: 'xml' }, 'Invalid parameter: MessageStructure'],
    [
      'a structure that is no JSON',
      { MessageStructure: 'json' },
      'Invalid parameter: Message Structure - JSON message body failed to parse',
    ],
    [
      'a structure that is a list',
      { MessageStructure: 'json', Message: '[]' },
      'Invalid parameter: Message Structure - JSON message body failed to parse',
    ],
    [
      'a structure without a default',
      { MessageStructure: 'json', Message: '{"email":"x"}' },
      'Invalid parameter: Message Structure - No default entry in JSON message body',
    ],
    [
      'an attribute of no type',
      { MessageAttributes: { a: { DataType: 'Text', StringValue: 'b' } } },
      "The message attribute 'a' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
    ],
    [
      'an attribute of no value',
      { MessageAttributes: { a: { DataType: 'String', StringValue: '' } } },
      "The message attribute 'a' must contain non-empty message attribute value for message attribute type 'String'.",
    ],
    [
      'no topic',
      { TopicArn: undefined },
      'Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter',
    ],
    [
      'a telephone',
      { TopicArn: undefined, PhoneNumber: '+4912345' },
      'Invalid parameter: PhoneNumber Reason: the local account sends no text messages',
    ],
    ['a topic that is missing', { TopicArn: `${TopicArn}-2` }, 'Topic does not exist'],
  ])('refuses %s', async (_case, input, message) => {
    await expect(publish(input)).rejects.toMatchObject({ message });
    expect(account.core.journal.messages).toEqual([]);
  });

  it('takes a subject of 99 characters and a message of 256 KiB', async () => {
    await publish({ Subject: 'ä'.repeat(99), Message: 'x'.repeat(262_144) });

    expect(account.core.journal.messages).toHaveLength(1);
  });
});

describe('delivery to queues', () => {
  const subscribeQueue = async (principal: string, attributes: Record<string, string> = {}) => {
    const Policy = JSON.stringify({
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: principal },
          Action: 'sqs:SendMessage',
          Resource: QUEUE_ARN,
          Condition: { ArnEquals: { 'aws:SourceArn': TopicArn } },
        },
      ],
    });
    const sqs = new SQSClient(account.settings());
    await sqs.send(new CreateQueueCommand({ QueueName: 'inbox', Attributes: { Policy } }));
    sqs.destroy();
    await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: 'sqs',
        Endpoint: QUEUE_ARN,
        Attributes: attributes,
      }),
    );
  };
  const MessageAttributes = { severity: { DataType: 'String', StringValue: 'high' } };

  it('wraps the message', async () => {
    await subscribeQueue('sns.amazonaws.com');

    const { MessageId } = await publish({ Subject: 'Subject', MessageAttributes });
    await publish();

    const [first, second] = account.queues.peek(QUEUE_ARN);
    expect(JSON.parse(first?.body ?? '')).toMatchObject({
      Type: 'Notification',
      MessageId,
      TopicArn,
      Subject: 'Subject',
      Message: 'hello',
      Timestamp: '2026-11-22T10:00:00.000Z',
      MessageAttributes: { severity: { Type: 'String', Value: 'high' } },
    });
    expect(JSON.parse(second?.body ?? '')).not.toHaveProperty('Subject');
  });

  it('sends the bare message where that is asked for', async () => {
    await subscribeQueue('sns.amazonaws.com', { RawMessageDelivery: 'true' });

    await publish({
      MessageAttributes,
      MessageStructure: 'json',
      Message: '{"default":"d","sqs":"for queues"}',
    });

    expect(account.queues.peek(QUEUE_ARN)).toMatchObject([
      {
        body: 'for queues',
        messageAttributes: { severity: { dataType: 'String', stringValue: 'high' } },
      },
    ]);
  });

  it('sends nothing to a queue that does not let the topic send', async () => {
    await subscribeQueue('events.amazonaws.com');

    await publish();

    expect(account.queues.peek(QUEUE_ARN)).toEqual([]);
    expect(account.core.journal.messages).toHaveLength(1);
  });

  it('passes by a queue that is gone', async () => {
    await subscribeQueue('sns.amazonaws.com');
    account.queues.byName.delete('inbox');

    await expect(publish()).resolves.toBeDefined();
  });
});
