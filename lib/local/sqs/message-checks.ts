import type { MessageAttributeValue, SendMessageRequest } from '@aws-sdk/client-sqs';
import { isBinaryType } from './message-checksum.ts';
import type { ReceivedMessage } from './queues.ts';
import { badParameter, checkBounds, sqsFault } from './sqs-faults.ts';

type Attributes = ReceivedMessage['messageAttributes'];
type GivenAttributes = Readonly<Record<string, MessageAttributeValue>>;

/** Body and attributes of one message or of one batch. */
export const LARGEST_BYTES = 1_048_576;

/** What SQS refuses in a body: whatever XML cannot carry. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** A message that is about to be sent. */
export interface GivenMessage {
  readonly MessageBody: string;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: GivenAttributes | undefined;
  readonly MessageSystemAttributes?: SendMessageRequest['MessageSystemAttributes'];
  readonly MessageGroupId?: string | undefined;
}

/** Refuses what SQS would not take; answers the attributes as the queue holds them. */
export function checkMessage(message: GivenMessage, largestBytes: number): Attributes {
  const { MessageBody: body, DelaySeconds } = message;
  if (body === '') {
    throw sqsFault('MissingParameter', 'The request must contain the parameter MessageBody.');
  }
  if (FORBIDDEN.test(body)) {
    throw sqsFault(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  }
  checkBounds('DelaySeconds', DelaySeconds, [0, 900]);
  const attributes = toAttributes(message.MessageAttributes ?? {});
  if (sizeOf(body, attributes) > largestBytes) {
    throw sqsFault(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${largestBytes} bytes.`,
    );
  }
  return attributes;
}

/** Bytes of a message as SQS counts them. */
export function sizeOf(body: string, attributes: Attributes): number {
  return Object.entries(attributes).reduce(
    (sum, [name, { dataType, stringValue }]) =>
      sum + Buffer.byteLength(name) + Buffer.byteLength(dataType) + Buffer.byteLength(stringValue),
    Buffer.byteLength(body),
  );
}

function toAttributes(given: GivenAttributes): Attributes {
  const entries = Object.entries(given);
  if (entries.length > 10) {
    throw badParameter(
      'MessageAttributes',
      entries.length,
      'Number of message attributes must be <= 10.',
    );
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, toAttribute(name, value)]));
}

function toAttribute(name: string, given: MessageAttributeValue): Attributes[string] {
  const { DataType: dataType = '', StringValue, BinaryValue } = given;
  if (!/^(String|Number|Binary)(\..{1,250})?$/.test(dataType)) {
    throw sqsFault(
      'InvalidParameterValue',
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    );
  }
  const stringValue = isBinaryType(dataType)
    ? BinaryValue && Buffer.from(BinaryValue).toString('base64')
    : StringValue;
  if (stringValue !== undefined && stringValue !== '') return { dataType, stringValue };
  throw sqsFault(
    'InvalidParameterValue',
    `The message (user) attribute '${name}' must contain a non-empty value of type '${dataType}'.`,
  );
}
