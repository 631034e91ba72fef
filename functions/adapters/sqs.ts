import { SendMessageCommand, SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import { type Order, toMessage } from '../core/order.ts';
import { writeFailed } from './aws-errors.ts';

/** What the guardrail asks of its queues. */
export interface QueuePorts {
  readonly enqueue: (queueUrl: string, order: Order, delaySeconds: number) => Promise<void>;
  /** Sets a message aside that nobody can carry out, with the fault beside it. */
  readonly setAside: (queueUrl: string, body: string, fault: string) => Promise<void>;
}

const MAX_DELAY_SECONDS = 900;
const MAX_FAULT_LENGTH = 250;
/** AWS allows 1 MiB, attributes included. */
const MAX_BODY_BYTES = 1_048_576 - 2_048;

/** Builds the ports that send to the guardrail's queues. */
export function createQueuePorts(settings: SQSClientConfig): QueuePorts {
  const client = new SQSClient(settings);
  return {
    enqueue: async (queueUrl, order, delaySeconds) => {
      try {
        await client.send(
          new SendMessageCommand({
            QueueUrl: queueUrl,
            MessageBody: toMessage(order),
            DelaySeconds: Math.min(Math.max(Math.ceil(delaySeconds), 0), MAX_DELAY_SECONDS),
          }),
        );
      } catch (error) {
        throw writeFailed(error, `could not enqueue \`${order.functionArn}\``);
      }
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
