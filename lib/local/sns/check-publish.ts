import type { MessageAttributeValue, PublishInput } from '@aws-sdk/client-sns';
import { parseJson } from '../identity/resource-policy.ts';
import type { Given } from '../wire/given.ts';
import { invalidParameter, snsFault } from './sns-faults.ts';

/** A message as it is asked to be published. */
export type PublishRequest = Given<PublishInput, 'Message'>;

/** One attribute of a message; bytes are base64. */
export interface MessageAttribute {
  readonly type: string;
  readonly value: string;
}

/** A message that SNS takes. */
export interface CheckedMessage {
  readonly subject?: string;
  /** The text for each protocol that has its own, and `default`. */
  readonly bodies: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
}

/** Message and attributes together. */
const LARGEST_BYTES = 262_144;

/** Refuses what SNS would not publish. */
export function checkPublish(input: PublishRequest): CheckedMessage {
  if (input.Message === '') throw invalidParameter('Empty message');
  if (input.Subject !== undefined) checkSubject(input.Subject);
  const attributes = toAttributes(input.MessageAttributes ?? {});
  const size = Object.entries(attributes).reduce(
    (sum, [name, { type, value }]) => sum + Buffer.byteLength(`${name}${type}${value}`),
    Buffer.byteLength(input.Message),
  );
  if (size > LARGEST_BYTES) throw invalidParameter('Message too long');
  return {
    ...(input.Subject === undefined ? {} : { subject: input.Subject }),
    bodies: toBodies(input),
    attributes,
  };
}

/** AWS: UTF-8 text of less than 100 characters, without line breaks and control characters. */
function checkSubject(subject: string): void {
  const length = [...subject].length;
  if (length === 0 || length >= 100 || /\p{Cc}|\p{Zl}|\p{Zp}/u.test(subject)) {
    throw invalidParameter('Subject');
  }
}

function toBodies({ Message, MessageStructure }: PublishRequest): Record<string, string> {
  if (MessageStructure === undefined) return { default: Message };
  if (MessageStructure !== 'json') throw invalidParameter('MessageStructure');
  const value = parseJson(Message);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  const texts = Object.entries(value).flatMap(([name, text]: [string, unknown]) =>
    typeof text === 'string' ? [[name, text] as const] : [],
  );
  const bodies = Object.fromEntries(texts);
  if (bodies['default'] === undefined) {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
  return bodies;
}

function toAttributes(
  given: Readonly<Record<string, MessageAttributeValue>>,
): Record<string, MessageAttribute> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, toAttribute(name, value)]),
  );
}

function toAttribute(name: string, given: MessageAttributeValue): MessageAttribute {
  const { DataType: type = '', StringValue = '', BinaryValue } = given;
  if (!/^(String|Number|Binary)(\..+)?$/.test(type)) {
    throw snsFault(
      'ParameterValueInvalid',
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const value = type.startsWith('Binary')
    ? Buffer.from(BinaryValue ?? []).toString('base64')
    : StringValue;
  if (value !== '') return { type, value };
  throw snsFault(
    'ParameterValueInvalid',
    `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`,
  );
}
