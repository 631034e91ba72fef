import { randomUUID } from 'node:crypto';
import { Publish$, type PublishResponse } from '@aws-sdk/client-sns';
import type { AccountCore } from '../account-core.ts';
import { note } from '../journal.ts';
import type { AccountQueues } from '../sqs/account-queues.ts';
import { type Operation, operation } from '../wire/operation.ts';
import {
  type CheckedMessage,
  checkPublish,
  type MessageAttribute,
  type PublishRequest,
} from './check-publish.ts';
import { invalidParameter } from './sns-faults.ts';
import { findTopic, needOn, type Subscription, type Topic, type Topics } from './topics.ts';

interface Published extends CheckedMessage {
  readonly messageId: string;
  readonly atMs: number;
  /** X-Ray's header of the call. */
  readonly traceHeader: string | undefined;
}

/**
 * Publishes to a topic: queues get the message, everybody else finds it in the journal.
 *
 * AWS mails to confirmed subscriptions only. Nobody can confirm here, so the journal holds the mail's text
 * whether or not a mailbox is subscribed.
 */
export function publishOperation(
  core: AccountCore,
  { topics, queues }: { readonly topics: Topics; readonly queues: AccountQueues },
): Operation {
  return operation<PublishRequest, PublishResponse>(Publish$, {
    needs: (input) => [needOn(topics, 'Publish', targetOf(input))],
    handle: (input, { nowMs, traceHeader }) => {
      const topic = findTopic(topics, targetOf(input));
      const message = { ...checkPublish(input), messageId: randomUUID(), atMs: nowMs, traceHeader };
      note(core.journal.messages, {
        atMs: nowMs,
        topicArn: topic.arn,
        messageId: message.messageId,
        ...(message.subject === undefined ? {} : { subject: message.subject }),
        bodies: message.bodies,
        attributes: Object.fromEntries(
          Object.entries(message.attributes).map(([name, { value }]) => [name, value]),
        ),
      });
      for (const subscription of topic.subscriptions.values()) {
        if (subscription.protocol === 'sqs') sendToQueue(queues, { topic, subscription, message });
      }
      return { MessageId: message.messageId };
    },
  });
}

function targetOf({ TopicArn, TargetArn, PhoneNumber }: PublishRequest): string {
  const target = TopicArn ?? TargetArn;
  if (target !== undefined) return target;
  throw invalidParameter(
    PhoneNumber === undefined
      ? 'TopicArn or TargetArn Reason: no value for required parameter'
      : 'PhoneNumber Reason: the local account sends no text messages',
  );
}

/** AWS: a queue whose policy does not let the topic send gets nothing, and nobody is told. */
function sendToQueue(
  queues: AccountQueues,
  {
    topic,
    subscription,
    message,
  }: { readonly topic: Topic; readonly subscription: Subscription; readonly message: Published },
): void {
  const sender = { service: 'sns.amazonaws.com', sourceArn: topic.arn };
  const { endpoint } = subscription;
  if (!queues.exists(endpoint) || !queues.allowsService(endpoint, sender)) return;
  const text = message.bodies['sqs'] ?? message.bodies['default'] ?? '';
  const isRaw = subscription.attributes.get('RawMessageDelivery')?.toLowerCase() === 'true';
  const { traceHeader } = message;
  queues.send(endpoint, {
    ...(isRaw
      ? { body: text, messageAttributes: toQueueAttributes(message.attributes) }
      : { body: toEnvelope({ topic, subscription, message }, text) }),
    ...(traceHeader === undefined ? {} : { traceHeader }),
  });
}

/**
 * The notification around a message.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
 */
function toEnvelope(
  {
    topic,
    subscription,
    message,
  }: { readonly topic: Topic; readonly subscription: Subscription; readonly message: Published },
  text: string,
): string {
  const attributes = Object.entries(message.attributes);
  return JSON.stringify({
    Type: 'Notification',
    MessageId: message.messageId,
    TopicArn: topic.arn,
    ...(message.subject === undefined ? {} : { Subject: message.subject }),
    Message: text,
    Timestamp: new Date(message.atMs).toISOString(),
    SignatureVersion: '1',
    Signature: 'the local account does not sign',
    SigningCertURL: 'the local account does not sign',
    UnsubscribeURL: `the local account: unsubscribe ${subscription.arn}`,
    ...(attributes.length === 0
      ? {}
      : {
          MessageAttributes: Object.fromEntries(
            attributes.map(([name, { type, value }]) => [name, { Type: type, Value: value }]),
          ),
        }),
  });
}

function toQueueAttributes(
  attributes: Readonly<Record<string, MessageAttribute>>,
): Record<string, { readonly dataType: string; readonly stringValue: string }> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { type, value }]) => [
      name,
      { dataType: type, stringValue: value },
    ]),
  );
}
