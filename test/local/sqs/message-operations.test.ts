import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StartedAccount, startAccount } from '../start-account.ts';

const ARN = 'arn:aws:sqs:us-east-1:123456789012:orders';
const DEAD_ARN = 'arn:aws:sqs:us-east-1:123456789012:dead';

let account: StartedAccount;
let sqs: SQSClient;
let QueueUrl: string;

const send = (input: Partial<SendMessageCommandInput> = {}) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'look', ...input }));
const receive = async (input: Partial<ReceiveMessageCommandInput> = {}) => {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, ...input }));
  return Messages;
};
const setAttributes = (Attributes: Record<string, string>) =>
  sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));

beforeEach(async () => {
  account = await startAccount();
  sqs = new SQSClient(account.settings());
  for (const QueueName of ['orders', 'dead']) await sqs.send(new CreateQueueCommand({ QueueName }));
  QueueUrl = `${account.endpoint}/123456789012/orders`;
});

afterEach(async () => {
  sqs.destroy();
  await account.stop();
});

describe('SendMessage', () => {
  it('carries body and attributes with checksums that the SDK accepts', async () => {
    const MessageAttributes = {
      word: { DataType: 'String', StringValue: 'größe' },
      count: { DataType: 'Number.int', StringValue: '7' },
      bytes: { DataType: 'Binary', BinaryValue: Buffer.from([0, 255]) },
    };

    const sent = await send({ MessageBody: 'grüße 🙂', MessageAttributes });
    const [message] = await receive({
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    });

    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'grüße 🙂',
      MD5OfBody: sent.MD5OfMessageBody,
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      Attributes: {
        SentTimestamp: '1795341600000',
        ApproximateReceiveCount: '1',
        ApproximateFirstReceiveTimestamp: '1795341600000',
        SenderId: expect.stringMatching(/^AIDA/) as string,
      },
    });
    expect(message?.MessageAttributes?.['bytes']?.BinaryValue).toEqual(new Uint8Array([0, 255]));
  });

  it('answers the checksum of attributes that AWS answers', async () => {
    const timestamp = { DataType: 'Number', StringValue: '1493147359900' };

    const sent = await send({ MessageAttributes: { timestamp } });

    expect(sent.MD5OfMessageAttributes).toBe('235c5c510d26fb653d073faed50ae77c');
  });

  it.each([
    ['nothing', { MessageBody: '' }, 'MissingParameter', /MessageBody/],
    ['a zero byte', { MessageBody: 'a\u0000' }, 'InvalidMessageContents', /^Invalid characters/],
    [
      'more than the largest message',
      { MessageBody: 'x'.repeat(1_048_577) },
      'InvalidParameterValue',
      /^One or more parameters are invalid\. Reason: Message must be shorter than 1048576 bytes\.$/,
    ],
    [
      'a delay of too long',
      { DelaySeconds: 901 },
      'InvalidParameterValue',
      /^Value 901 for parameter DelaySeconds is invalid\./,
    ],
    [
      'an attribute of no type',
      { MessageAttributes: { a: { DataType: 'Text', StringValue: 'x' } } },
      'InvalidParameterValue',
      /attribute 'a' is invalid/,
    ],
    [
      'an attribute of no value',
      { MessageAttributes: { a: { DataType: 'String', StringValue: '' } } },
      'InvalidParameterValue',
      /must contain a non-empty value of type 'String'/,
    ],
    [
      'bytes of no value',
      { MessageAttributes: { a: { DataType: 'Binary' } } },
      'InvalidParameterValue',
      /must contain a non-empty value of type 'Binary'/,
    ],
    [
      'eleven attributes',
      {
        MessageAttributes: Object.fromEntries(
          Array.from({ length: 11 }, (_, n) => [`a${n}`, { DataType: 'String', StringValue: 'x' }]),
        ),
      },
      'InvalidParameterValue',
      /Number of message attributes/,
    ],
  ])('refuses %s', async (_case, input, name, message) => {
    await expect(send(input)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message) as string,
    });
    expect(account.queues.peek(ARN)).toEqual([]);
  });

  it('takes the largest message there may be', async () => {
    await send({ MessageBody: 'x'.repeat(1_048_576) });

    expect(account.queues.peek(ARN)).toHaveLength(1);
  });
});

describe('delay', () => {
  it("hides a message for its own or the queue's delay", async () => {
    await setAttributes({ DelaySeconds: '10' });
    await send({ MessageBody: "the queue's" });
    await send({ MessageBody: 'its own', DelaySeconds: 5 });
    const bodies = async () => (await receive({ MaxNumberOfMessages: 10 })).map(({ Body }) => Body);

    expect(await bodies()).toEqual([]);
    await account.core.clock.advance(5000);
    expect(await bodies()).toEqual(['its own']);
    await account.core.clock.advance(5000);
    expect(await bodies()).toEqual(["the queue's"]);
  });
});

describe('visibility', () => {
  it('hides a received message until its timeout, or until it is removed', async () => {
    await send();
    const [first] = await receive();

    expect(await receive()).toEqual([]);
    await account.core.clock.advance(30_000);
    const [second] = await receive({ VisibilityTimeout: 60 });
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
    expect(account.queues.peek(ARN)).toHaveLength(1);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: second?.ReceiptHandle }));

    expect(account.queues.peek(ARN)).toEqual([]);
    expect(account.core.clock.nextAtMs()).toBeUndefined();
  });

  it('is changed for a message in flight only', async () => {
    await send();
    const [message] = await receive();
    const change = (VisibilityTimeout: number) =>
      sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl,
          ReceiptHandle: message?.ReceiptHandle,
          VisibilityTimeout,
        }),
      );

    await change(90);
    await account.core.clock.advance(89_000);
    expect(await receive()).toEqual([]);
    await change(0);

    await expect(change(10)).rejects.toMatchObject({
      name: 'MessageNotInflight',
      message: "The specified message isn't in flight.",
    });
    expect(await receive()).toHaveLength(1);
    await expect(change(10)).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: expect.stringMatching(/not available for visibility timeout change\.$/) as string,
    });
    await expect(change(43_201)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('is counted', async () => {
    for (const DelaySeconds of [0, 0, 9]) await send({ DelaySeconds });
    await receive();

    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );

    expect(Attributes).toMatchObject({
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
    });
  });

  it('of no time makes a message visible with the next move of the clock', async () => {
    const heard: string[] = [];
    await send();
    account.queues.onVisible((arn) => heard.push(arn));

    await receive({ VisibilityTimeout: 0 });

    expect(heard).toEqual([]);
    await account.core.clock.settle();
    expect(heard).toEqual([ARN]);
  });
});

describe('redrive', () => {
  it('moves a message that was received too often, with its id and its source', async () => {
    await setAttributes({
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: DEAD_ARN, maxReceiveCount: 2 }),
    });
    const { MessageId } = await send();

    for (const _turn of [1, 2, 3]) {
      await receive();
      await account.core.clock.advance(30_000);
    }

    expect(account.queues.peek(ARN)).toEqual([]);
    expect(account.queues.peek(DEAD_ARN)).toMatchObject([
      { messageId: MessageId, attributes: { DeadLetterQueueSourceArn: ARN } },
    ]);
  });

  it('leaves a message where it is while the dead-letter queue is gone', async () => {
    await setAttributes({
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: DEAD_ARN, maxReceiveCount: 1 }),
    });
    account.queues.byName.delete('dead');
    await send();

    await receive({ VisibilityTimeout: 1 });
    await account.core.clock.advance(1000);

    expect(await receive()).toHaveLength(1);
  });
});

describe('retention', () => {
  it('drops what nobody took in time', async () => {
    await setAttributes({ MessageRetentionPeriod: '60' });
    await send({ DelaySeconds: 900 });
    await account.core.clock.advance(30_000);
    await send({ MessageBody: 'younger' });

    await account.core.clock.advance(31_000);

    expect(account.queues.peek(ARN)).toMatchObject([{ body: 'younger' }]);
  });
});

describe('ReceiveMessage', () => {
  it('answers attributes by name and prefix', async () => {
    const attribute = { DataType: 'String', StringValue: 'x' };
    await send({ MessageAttributes: { 'a.b': attribute, 'a.c': attribute, d: attribute } });

    const [one] = await receive({ MessageAttributeNames: ['a.*'], VisibilityTimeout: 0 });
    const [two] = await receive({
      MessageAttributeNames: ['d'],
      MessageSystemAttributeNames: ['SentTimestamp'],
    });

    expect(Object.keys(one?.MessageAttributes ?? {})).toEqual(['a.b', 'a.c']);
    expect(Object.keys(two?.MessageAttributes ?? {})).toEqual(['d']);
    expect(two?.Attributes).toEqual({ SentTimestamp: '1795341600000' });
  });

  it.each([
    [{ MaxNumberOfMessages: 11 }, 'MaxNumberOfMessages'],
    [{ MaxNumberOfMessages: 0 }, 'MaxNumberOfMessages'],
    [{ VisibilityTimeout: -1 }, 'VisibilityTimeout'],
    [{ WaitTimeSeconds: 21 }, 'WaitTimeSeconds'],
  ])('refuses %j', async (input, name) => {
    await expect(receive(input)).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: expect.stringContaining(`for parameter ${name} is invalid`) as string,
    });
  });

  it('does not wait in virtual time', async () => {
    expect(await receive({ WaitTimeSeconds: 20 })).toEqual([]);
  });
});

describe('DeleteMessage', () => {
  it.each(['', 'nonsense', Buffer.from('other 1 1').toString('base64')])(
    'refuses the receipt %j',
    async (ReceiptHandle) => {
      await expect(
        sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })),
      ).rejects.toMatchObject({
        name: 'ReceiptHandleIsInvalid',
        message: `The input receipt handle "${ReceiptHandle}" is not a valid receipt handle.`,
      });
    },
  );
});

describe('batches', () => {
  it('succeed and fail entry by entry', async () => {
    const sent = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'good', MessageBody: 'x' },
          { Id: 'empty', MessageBody: '' },
          { Id: 'none', MessageBody: undefined },
        ],
      }),
    );
    const [message] = await receive();
    const removed = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'good', ReceiptHandle: message?.ReceiptHandle },
          { Id: 'bad', ReceiptHandle: 'x' },
        ],
      }),
    );

    expect(sent.Successful).toMatchObject([{ Id: 'good' }]);
    expect(sent.Failed).toMatchObject([
      { Id: 'empty', Code: 'MissingParameter', SenderFault: true },
      { Id: 'none', Code: 'MissingParameter' },
    ]);
    expect(removed.Successful).toEqual([{ Id: 'good' }]);
    expect(removed.Failed).toMatchObject([{ Id: 'bad', Code: 'ReceiptHandleIsInvalid' }]);
    expect(account.queues.peek(ARN)).toEqual([]);
  });

  it.each([
    ['no entry', [], 'EmptyBatchRequest'],
    ['an id of signs', [{ Id: 'a b', MessageBody: 'x' }], 'InvalidBatchEntryId'],
    [
      'an id twice',
      [
        { Id: 'a', MessageBody: 'x' },
        { Id: 'a', MessageBody: 'y' },
      ],
      'BatchEntryIdsNotDistinct',
    ],
    [
      'eleven entries',
      Array.from({ length: 11 }, (_, n) => ({ Id: `${n}`, MessageBody: 'x' })),
      'TooManyEntriesInBatchRequest',
    ],
    [
      'too much together',
      ['a', 'b'].map((Id) => ({ Id, MessageBody: 'x'.repeat(600_000) })),
      'BatchRequestTooLong',
    ],
  ])('are refused with %s', async (_case, Entries, name) => {
    await expect(
      sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries })),
    ).rejects.toMatchObject({ name });
  });
});
