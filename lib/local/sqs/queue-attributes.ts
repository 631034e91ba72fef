import { compilePolicy, parseJson, readPolicy } from '../identity/resource-policy.ts';
import { DEFAULTS, type Queue, type Redrive } from './queue-state.ts';
import { badParameter, sqsFault } from './sqs-faults.ts';

/** What may be set, with the bounds of what is a number. */
const BOUNDS: Readonly<Record<string, readonly [number, number]>> = {
  DelaySeconds: [0, 900],
  MaximumMessageSize: [1024, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  VisibilityTimeout: [0, 43_200],
  KmsDataKeyReusePeriodSeconds: [60, 86_400],
};
const TEXTS = ['Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId'];
const FLAGS = ['SqsManagedSseEnabled'];

/** Whether a dead-letter queue exists. */
type Exists = (queueArn: string) => boolean;

/** Sets attributes of a queue, all or none of them; an empty text takes one back. */
export function setAttributes(
  queue: Queue,
  given: Readonly<Record<string, string>>,
  exists: Exists,
): void {
  for (const [name, value] of Object.entries(given)) checkAttribute(name, value);
  const redrive = given['RedrivePolicy'] ? parseRedrive(given['RedrivePolicy'], exists) : undefined;
  const policy = given['Policy'] ? parsePolicy(queue.name, given['Policy']) : undefined;
  for (const [name, value] of Object.entries(given)) {
    if (value === '') queue.attributes.delete(name);
    else queue.attributes.set(name, value);
  }
  if ('RedrivePolicy' in given) assign(queue, 'redrive', redrive);
  if ('Policy' in given) assign(queue, 'policy', policy);
}

/** Everything that a queue answers of itself, its counts of messages included. */
export function allAttributes(queue: Queue, nowMs: number): Readonly<Record<string, string>> {
  const messages = [...queue.messages.values()];
  const waiting = messages.filter(({ visibleAtMs }) => visibleAtMs > nowMs);
  const delayed = waiting.filter(({ receiveCount }) => receiveCount === 0);
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(messages.length - waiting.length),
    ApproximateNumberOfMessagesNotVisible: String(waiting.length - delayed.length),
    ApproximateNumberOfMessagesDelayed: String(delayed.length),
    CreatedTimestamp: toSeconds(queue.createdAtMs),
    LastModifiedTimestamp: toSeconds(queue.modifiedAtMs),
    ...DEFAULTS,
    // AWS: queues are encrypted with SQS's own keys unless they have another key.
    SqsManagedSseEnabled: String(!queue.attributes.has('KmsMasterKeyId')),
    ...Object.fromEntries(queue.attributes),
  };
}

/** Finds an attribute in which a queue differs from what is asked; undefined where there is none. */
export function findDifference(
  queue: Queue,
  asked: Readonly<Record<string, string>>,
): string | undefined {
  const held = allAttributes(queue, queue.createdAtMs);
  return Object.keys(asked).find((name) => asked[name] !== (held[name] ?? ''));
}

/** Names what SQS knows of a queue, for those who ask for attributes by name. */
export function isAttributeName(name: string): boolean {
  const settable = Object.hasOwn(BOUNDS, name) || TEXTS.includes(name) || FLAGS.includes(name);
  return (
    settable || /^(QueueArn|CreatedTimestamp|LastModifiedTimestamp|Approximate\w+)$/.test(name)
  );
}

function checkAttribute(name: string, value: string): void {
  const bounds = Object.hasOwn(BOUNDS, name) ? BOUNDS[name] : undefined;
  if (bounds !== undefined) checkNumber(name, value, bounds);
  else if (FLAGS.includes(name)) checkFlag(name, value);
  else if (!TEXTS.includes(name)) {
    throw sqsFault('InvalidAttributeName', `Unknown Attribute ${name}.`);
  }
}

function checkFlag(name: string, value: string): void {
  if (!/^(true|false)$/.test(value)) throw invalidValue(name, 'expected true or false');
}

function checkNumber(name: string, value: string, [least, most]: readonly [number, number]): void {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= most) return;
  throw invalidValue(name, `must be between ${least} and ${most}`);
}

function parsePolicy(name: string, text: string): Queue['policy'] {
  const read = readPolicy(name, text, { allowPrincipal: true });
  if (!read.ok) throw invalidValue('Policy', read.reason);
  return compilePolicy(read.document);
}

function parseRedrive(text: string, exists: Exists): Redrive {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null) {
    throw badParameter('RedrivePolicy', text, 'Redrive policy is not a valid JSON map.');
  }
  const { deadLetterTargetArn, maxReceiveCount } = value as Record<string, unknown>;
  const count = Number(maxReceiveCount);
  if (!Number.isInteger(count) || count < 1 || count > 1000) {
    throw badParameter(
      'RedrivePolicy',
      text,
      'Invalid value for maxReceiveCount. Valid values are from 1 to 1000 both inclusive.',
    );
  }
  if (typeof deadLetterTargetArn !== 'string' || !exists(deadLetterTargetArn)) {
    throw badParameter('RedrivePolicy', text, 'Dead letter target does not exist.');
  }
  return { deadLetterArn: deadLetterTargetArn, maxReceiveCount: count };
}

function invalidValue(name: string, reason: string): Error {
  return sqsFault(
    'InvalidAttributeValue',
    `Invalid value for the parameter ${name}. Reason: ${reason}.`,
  );
}

function assign<Name extends 'redrive' | 'policy'>(
  queue: Queue,
  name: Name,
  value: Queue[Name] | undefined,
): void {
  if (value === undefined) delete queue[name];
  else queue[name] = value;
}

function toSeconds(timeMs: number): string {
  return String(Math.floor(timeMs / 1000));
}
