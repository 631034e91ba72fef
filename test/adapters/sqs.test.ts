import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createQueuePorts } from '../../functions/adapters/sqs.ts';
import { parseMessage } from '../../functions/core/order.ts';
import { awsError } from '../support/aws-error.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';
const QUEUE = 'http://127.0.0.1/123456789012/enforcement';
const ORDER = { functionArn: ARN, hops: 2, wake: false };

const sqs = mockClient(SQSClient);
const { enqueue, enqueueAll, enqueueNetworkLook, setAside } = createQueuePorts({
  region: 'us-east-1',
});

beforeEach(() => {
  sqs.reset();
  sqs.on(SendMessageCommand).resolves({});
});

describe('enqueue', () => {
  it('sends an order that the other end can parse', async () => {
    await enqueue(QUEUE, ORDER, 30);

    const { QueueUrl, MessageBody = '', DelaySeconds } = sent();
    expect({ QueueUrl, DelaySeconds }).toEqual({ QueueUrl: QUEUE, DelaySeconds: 30 });
    expect(parseMessage(MessageBody)).toEqual({ status: 'order', order: ORDER });
  });

  it.each([
    [-5, 0],
    [0, 0],
    [14.2, 15],
    [900, 900],
    [3600, 900],
  ])('delays %s seconds by %s', async (asked, delay) => {
    await enqueue(QUEUE, ORDER, asked);

    expect(sent().DelaySeconds).toBe(delay);
  });

  it.each([
    ['AccessDenied', 403, 'REMEDIATION_DENIED'],
    ['InternalError', 500, 'REMEDIATION_FAILED'],
  ])('translates %s (%s) to %s', async (name, status, code) => {
    sqs.on(SendMessageCommand).rejects(awsError(name, status));

    await expect(enqueue(QUEUE, ORDER, 0)).rejects.toMatchObject({
      code,
      message: `could not enqueue \`${ARN}\`: ${name}: because`,
    });
  });
});

describe('enqueueAll', () => {
  it('sends orders in batches of ten, each of which the other end can parse', async () => {
    sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
    const orders = Array.from({ length: 23 }, (_, hops) => ({
      ...ORDER,
      hops,
      isFresh: true as const,
    }));

    await enqueueAll(QUEUE, orders);

    const batches = sqs.commandCalls(SendMessageBatchCommand).map(({ args }) => args[0].input);
    expect(batches.map(({ QueueUrl, Entries = [] }) => [QueueUrl, Entries.length])).toEqual([
      [QUEUE, 10],
      [QUEUE, 10],
      [QUEUE, 3],
    ]);
    expect(
      batches.flatMap(({ Entries = [] }) =>
        Entries.map(({ MessageBody = '' }) => parseMessage(MessageBody)),
      ),
    ).toEqual(orders.map((order) => ({ status: 'order', order })));
    for (const { Entries = [] } of batches) {
      expect(new Set(Entries.map(({ Id }) => Id)).size).toBe(Entries.length);
    }
  });

  it('has no more than ten batches on their way', async () => {
    let open = 0;
    let most = 0;
    sqs.on(SendMessageBatchCommand).callsFake(async () => {
      open += 1;
      most = Math.max(most, open);
      await Promise.resolve();
      open -= 1;
      return {};
    });

    await enqueueAll(
      QUEUE,
      Array.from({ length: 1000 }, () => ORDER),
    );

    expect(sqs.commandCalls(SendMessageBatchCommand)).toHaveLength(100);
    expect(most).toBe(10);
  });

  it('sends nothing for nothing', async () => {
    await enqueueAll(QUEUE, []);

    expect(sqs.calls()).toEqual([]);
  });

  it('fails retryably where a part of a batch failed', async () => {
    sqs.on(SendMessageBatchCommand).resolves({
      Successful: [],
      Failed: [{ Id: '0', Code: 'InternalError', SenderFault: false }],
    });

    await expect(enqueueAll(QUEUE, [ORDER])).rejects.toMatchObject({
      code: 'REMEDIATION_FAILED',
      message: 'could not enqueue 1 orders: InternalError',
    });
  });

  it.each([
    ['AccessDenied', 403, 'REMEDIATION_DENIED'],
    ['InternalError', 500, 'REMEDIATION_FAILED'],
  ])('translates %s (%s) to %s', async (name, status, code) => {
    sqs.on(SendMessageBatchCommand).rejects(awsError(name, status));

    await expect(enqueueAll(QUEUE, [ORDER, ORDER])).rejects.toMatchObject({
      code,
      message: `could not enqueue 2 orders: ${name}: because`,
    });
  });
});

describe('enqueueNetworkLook', () => {
  const CHANGE = { eventId: 'event-1', eventTimeMs: 7, resourceId: 'rtb-1', ids: ['rtb-1'] };

  it('sends a change that the other end can parse, to be looked at later', async () => {
    await enqueueNetworkLook(QUEUE, CHANGE, 30);

    const { QueueUrl, MessageBody = '', DelaySeconds } = sent();
    expect({ QueueUrl, DelaySeconds }).toEqual({ QueueUrl: QUEUE, DelaySeconds: 30 });
    expect(parseMessage(MessageBody)).toEqual({
      status: 'network',
      order: { change: CHANGE, isDue: true },
    });
  });

  it('says what could not be done', async () => {
    sqs.on(SendMessageCommand).rejects(awsError('InternalError', 500));

    await expect(enqueueNetworkLook(QUEUE, CHANGE, 30)).rejects.toMatchObject({
      code: 'REMEDIATION_FAILED',
      message: 'could not enqueue `rtb-1`: InternalError: because',
    });
  });
});

describe('setAside', () => {
  it('sends the message as it came, with its fault beside it', async () => {
    await setAside(QUEUE, '{"truncated": ', 'expected JSON');

    expect(sent()).toMatchObject({
      QueueUrl: QUEUE,
      MessageBody: '{"truncated": ',
      MessageAttributes: { fault: { DataType: 'String', StringValue: 'expected JSON' } },
    });
  });

  it('cuts a message that would be too long with its fault', async () => {
    await setAside(QUEUE, 'é'.repeat(600_000), 'too deep');

    const bytes = Buffer.byteLength(sent().MessageBody ?? '');
    expect(bytes).toBeLessThan(1_048_576 - 1_000);
    expect(bytes).toBeGreaterThan(1_000_000);
  });

  it('sends something where a message or its fault is empty', async () => {
    await setAside(QUEUE, '', ' \u0000 ');

    expect(sent().MessageBody).toBe(' ');
    expect(sent().MessageAttributes?.['fault']?.StringValue).toBe('unknown fault');
  });

  it('makes an attribute that AWS takes of any fault', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 400 }), async (fault) => {
        sqs.resetHistory();

        await setAside(QUEUE, 'body', fault);

        const { StringValue = '' } = sent().MessageAttributes?.['fault'] ?? {};
        expect(StringValue).toMatch(/^[^\p{Cc}]+$/u);
        expect([...StringValue].length).toBeLessThanOrEqual(250);
      }),
    );
  });

  it('says what could not be done', async () => {
    sqs.on(SendMessageCommand).rejects(awsError('QueueDoesNotExist', 400));

    await expect(setAside(QUEUE, 'body', 'fault')).rejects.toMatchObject({
      code: 'REMEDIATION_FAILED',
      message: expect.stringContaining('dead-letter queue: QueueDoesNotExist'),
    });
  });
});

function sent() {
  const [call] = sqs.commandCalls(SendMessageCommand);
  return call?.args[0].input ?? expect.unreachable('nothing was sent');
}
