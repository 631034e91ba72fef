import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StartedAccount, startAccount } from '../start-account.ts';

const ARN = 'arn:aws:sqs:us-east-1:123456789012:orders';

let account: StartedAccount;

beforeEach(async () => {
  account = await startAccount();
});

afterEach(async () => {
  await account.stop();
});

async function createQueue(Attributes: Record<string, string> = {}): Promise<void> {
  const sqs = new SQSClient(account.settings());
  await sqs.send(new CreateQueueCommand({ QueueName: 'orders', Attributes }));
  sqs.destroy();
}

describe('createQueues', () => {
  it('says whether a queue exists', async () => {
    await createQueue();

    expect(account.queues.exists(ARN)).toBe(true);
    expect(account.queues.exists('arn:aws:sqs:eu-west-1:123456789012:orders')).toBe(false);
    expect(account.queues.exists('orders')).toBe(false);
  });

  it('refuses to send to a queue that is missing', () => {
    expect(() => account.queues.send(ARN, { body: 'x' })).toThrow(
      'The specified queue does not exist.',
    );
  });

  it('sends, receives, and removes from inside the account', async () => {
    await createQueue();
    const { queues } = account;

    const messageId = queues.send(ARN, {
      body: 'x',
      messageAttributes: { fault: { dataType: 'String', stringValue: 'none' } },
    });
    const [message] = queues.receive(ARN, 10);

    expect(message).toMatchObject({
      messageId,
      body: 'x',
      attributes: { ApproximateReceiveCount: '1' },
      messageAttributes: { fault: { stringValue: 'none' } },
    });
    queues.remove(ARN, message?.receiptHandle ?? '');
    expect(queues.peek(ARN)).toEqual([]);
  });

  it('tells listeners when a message becomes visible: at once, after its delay, after its timeout', async () => {
    await createQueue({ VisibilityTimeout: '30' });
    const { queues, core } = account;
    const heard: number[] = [];
    queues.onVisible(() => heard.push(core.clock.nowMs()));
    const startMs = core.clock.nowMs();

    queues.send(ARN, { body: 'now' });
    queues.send(ARN, { body: 'later', delaySeconds: 15 });
    const [message] = queues.receive(ARN, 1);
    await core.clock.advance(40_000);
    queues.receive(ARN, 1);
    queues.changeVisibility(ARN, queues.peek(ARN)[0]?.receiptHandle ?? '', 0);

    expect(message?.body).toBe('now');
    expect(heard).toEqual([startMs, startMs + 15_000, startMs + 30_000, startMs + 40_000]);
  });

  it.each([
    ['events.amazonaws.com', 'arn:aws:events:us-east-1:123456789012:rule/one', true],
    ['events.amazonaws.com', 'arn:aws:events:us-east-1:123456789012:rule/two', false],
    ['sns.amazonaws.com', 'arn:aws:events:us-east-1:123456789012:rule/one', false],
  ])('lets %s send for %s: %s', async (service, sourceArn, isAllowed) => {
    const statement = {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: ARN,
      Condition: {
        ArnEquals: { 'aws:SourceArn': 'arn:aws:events:us-east-1:123456789012:rule/one' },
        StringEquals: { 'aws:SourceAccount': '123456789012' },
      },
    };
    const plainHttp = {
      Effect: 'Deny',
      Principal: '*',
      Action: 'sqs:*',
      Resource: ARN,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    await createQueue({ Policy: JSON.stringify({ Statement: [statement, plainHttp] }) });

    expect(account.queues.allowsService(ARN, { service, sourceArn })).toBe(isAllowed);
  });

  it('lets no service send to a queue without a policy', async () => {
    await createQueue();

    const sender = { service: 'events.amazonaws.com', sourceArn: ARN };
    expect(account.queues.allowsService(ARN, sender)).toBe(false);
  });
});
