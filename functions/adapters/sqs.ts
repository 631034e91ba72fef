import {
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  type SQSClientConfig,
} from '@aws-sdk/client-sqs';
import { cutInto } from '../core/cut-into.ts';
import { GuardrailError } from '../core/guardrail-error.ts';
import type { NetworkChange } from '../core/network-change.ts';
import { type Order, toMessage, toNetworkBody } from '../core/order.ts';
import { writeFailed } from './aws-errors.ts';

/** What the guardrail asks of its queues. */
export interface QueuePorts {
  readonly enqueue: (queueUrl: string, order: Order, delaySeconds: number) => Promise<void>;
  /** Sends many orders, in batches of ten, some of them at a time. */
  readonly enqueueAll: (queueUrl: string, orders: readonly Order[]) => Promise<void>;
  /** Sends a change of the network again, to be looked at then. */
  readonly enqueueNetworkLook: (
    queueUrl: string,
    change: NetworkChange,
    delaySeconds: number,
  ) => Promise<void>;
  /** Sets a message aside that nobody can carry out, with the fault beside it. */
  readonly setAside: (queueUrl: string, body: string, fault: string) => Promise<void>;
}

interface Delayed {
  readonly queueUrl: string;
  readonly body: string;
  readonly delaySeconds: number;
  readonly about: string;
}

const MAX_DELAY_SECONDS = 900;
/** AWS takes no more at once. */
const BATCH_SIZE = 10;
const BATCHES_AT_A_TIME = 10;
const MAX_FAULT_LENGTH = 250;
/** AWS allows 1 MiB, attributes included. */
const MAX_BODY_BYTES = 1_048_576 - 2_048;

/** Builds the ports that send to the guardrail's queues. */
export function createQueuePorts(settings: SQSClientConfig): QueuePorts {
  const client = new SQSClient(settings);
  return {
    enqueue: (queueUrl, order, delaySeconds) => {
      const body = toMessage(order);
      return sendDelayed(client, { queueUrl, body, delaySeconds, about: order.functionArn });
    },
    enqueueAll: async (queueUrl, orders) => {
      for (const some of cutInto(cutInto(orders, BATCH_SIZE), BATCHES_AT_A_TIME)) {
        await Promise.all(some.map((batch) => sendBatch(client, queueUrl, batch)));
      }
    },
    enqueueNetworkLook: (queueUrl, change, delaySeconds) => {
      const body = toNetworkBody(change);
      return sendDelayed(client, { queueUrl, body, delaySeconds, about: change.resourceId });
    },
    setAside: async (queueUrl, body, fault) => {
      try {
        await client.send(
          new SendMessageCommand({
            QueueUrl: queueUrl,
            MessageBody: toBody(body),
            MessageAttributes: {
              fault: { DataType: 'String', StringValue: toAttributeText(fault) },
            },
          }),
        );
      } catch (error) {
        throw writeFailed(error, 'could not set a message aside in the dead-letter queue');
      }
    },
  };
}

async function sendDelayed(
  client: SQSClient,
  { queueUrl, body, delaySeconds, about }: Delayed,
): Promise<void> {
  try {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: body,
        DelaySeconds: Math.min(Math.max(Math.ceil(delaySeconds), 0), MAX_DELAY_SECONDS),
      }),
    );
  } catch (error) {
    throw writeFailed(error, `could not enqueue \`${about}\``);
  }
}

/** AWS: a batch can succeed as a call and fail in part. Sent again as a whole, it is looked at twice. */
async function sendBatch(
  client: SQSClient,
  queueUrl: string,
  orders: readonly Order[],
): Promise<void> {
  const attempt = `could not enqueue ${orders.length} orders`;
  const command = new SendMessageBatchCommand({
    QueueUrl: queueUrl,
    Entries: orders.map((order, index) => ({ Id: String(index), MessageBody: toMessage(order) })),
  });
  const { Failed: [failed] = [] } = await client.send(command).catch((error: unknown) => {
    throw writeFailed(error, attempt);
  });
  if (failed === undefined) return;
  throw new GuardrailError(`${attempt}: ${failed.Code}`, { code: 'REMEDIATION_FAILED' });
}

/** The fault beside the message must not make it too long for a queue. */
function toBody(body: string): string {
  const bytes = Buffer.from(body);
  if (bytes.byteLength > MAX_BODY_BYTES) return bytes.subarray(0, MAX_BODY_BYTES).toString();
  // AWS: a message without a body is refused.
  return body === '' ? ' ' : body;
}

function toAttributeText(fault: string): string {
  const text = fault
    .toWellFormed()
    .replace(/[\s\p{Cc}\uFFFE\uFFFF]+/gu, ' ')
    .trim();
  return [...(text || 'unknown fault')].slice(0, MAX_FAULT_LENGTH).join('');
}
