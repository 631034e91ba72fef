import type { SQS } from '@aws-sdk/client-sqs';
import { refused, type Watched } from './watched-service.ts';

const TEXT = { DataType: 'String', StringValue: 'red' };
const BYTES = { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) };
const MESSAGE = {
  MessageBody: 'one',
  MessageAttributes: { colour: TEXT, picture: BYTES },
  MessageSystemAttributes: {
    AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-5759e988-bd862e3fe1be46a994272793' },
  },
};

/** Messages, one by one and in batches: sent, received, kept back and removed. */
export async function walkMessages(sqs: SQS, { account }: Watched): Promise<void> {
  const { QueueUrl } = await sqs.createQueue({ QueueName: 'messages' });
  await refuseEverywhere(sqs, { QueueUrl: `${account.endpoint}/123456789012/none` });
  await refuseEverywhere(sqs, { QueueUrl: 'http://127.0.0.1/nowhere' });
  await sqs.sendMessage({ QueueUrl, ...MESSAGE });
  await refused(sqs.sendMessage({ QueueUrl, MessageBody: '\u0007' }));
  const { Messages = [] } = await sqs.receiveMessage({
    QueueUrl,
    MessageAttributeNames: ['All'],
    MessageSystemAttributeNames: ['All'],
  });
  const [ReceiptHandle = ''] = Messages.map((message) => message.ReceiptHandle);
  const one = { QueueUrl, ReceiptHandle };
  const forged = { QueueUrl, ReceiptHandle: 'forged' };
  await sqs.changeMessageVisibility({ ...one, VisibilityTimeout: 0 });
  await refused(
    sqs.changeMessageVisibility({ ...one, VisibilityTimeout: 9 }),
    sqs.changeMessageVisibility({ ...forged, VisibilityTimeout: 9 }),
    sqs.deleteMessage(forged),
  );
  await sqs.deleteMessage(one);
  await walkBatches(sqs, QueueUrl);
}

async function refuseEverywhere(sqs: SQS, bad: { readonly QueueUrl: string }): Promise<void> {
  const one = { ...bad, ReceiptHandle: 'x' };
  await refused(
    sqs.sendMessage({ ...bad, MessageBody: 'one' }),
    sqs.receiveMessage(bad),
    sqs.deleteMessage(one),
    sqs.changeMessageVisibility({ ...one, VisibilityTimeout: 1 }),
    sqs.sendMessageBatch({ ...bad, Entries: [{ Id: 'a', MessageBody: 'one' }] }),
    sqs.deleteMessageBatch({ ...bad, Entries: [{ Id: 'a', ReceiptHandle: 'x' }] }),
  );
}

async function walkBatches(sqs: SQS, QueueUrl: string | undefined): Promise<void> {
  await sqs.sendMessageBatch({
    QueueUrl,
    Entries: [
      { Id: 'a', ...MESSAGE },
      { Id: 'b', MessageBody: '\u0007' },
    ],
  });
  const { Messages = [] } = await sqs.receiveMessage({ QueueUrl });
  const [ReceiptHandle] = Messages.map((message) => message.ReceiptHandle);
  const Entries = [
    { Id: 'a', ReceiptHandle },
    { Id: 'b', ReceiptHandle: 'forged' },
  ];
  await sqs.deleteMessageBatch({ QueueUrl, Entries });
  const wrong = [
    [],
    [{ Id: 'a' }, { Id: 'a' }],
    [{ Id: 'not an id' }],
    [...Array(11).keys()].map((index) => ({ Id: `id-${index}` })),
  ];
  for (const ids of wrong) {
    const sent = ids.map((id) => ({ ...id, MessageBody: 'x' }));
    const removed = ids.map((id) => ({ ...id, ReceiptHandle: 'x' }));
    await refused(
      sqs.sendMessageBatch({ QueueUrl, Entries: sent }),
      sqs.deleteMessageBatch({ QueueUrl, Entries: removed }),
    );
  }
  const half = 'x'.repeat(600_000);
  const large = ['a', 'b'].map((Id) => ({ Id, MessageBody: half }));
  await refused(sqs.sendMessageBatch({ QueueUrl, Entries: large }));
}
