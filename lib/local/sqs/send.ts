import { randomUUID } from 'node:crypto';
import { type Engine, hold } from './deliver.ts';
import { checkMessage, type GivenMessage } from './message-checks.ts';
import { attributesChecksumOf, checksumOf } from './message-checksum.ts';
import { numberOf, type Queue } from './queue-state.ts';

/** What SQS answers of a message that it took. */
export interface Sent {
  readonly MessageId: string;
  readonly MD5OfMessageBody: string;
  readonly MD5OfMessageAttributes?: string;
}

/** Checks a message and puts it into a queue. */
export function sendTo(
  engine: Engine,
  queue: Queue,
  { message, senderId }: { readonly message: GivenMessage; readonly senderId: string },
): Sent {
  const { MessageBody: body, DelaySeconds: delaySeconds } = message;
  const messageAttributes = checkMessage(message, numberOf(queue, 'MaximumMessageSize'));
  const messageId = randomUUID();
  hold(engine, queue, {
    messageId,
    body,
    messageAttributes,
    senderId,
    ...(delaySeconds === undefined ? {} : { delaySeconds }),
  });
  const checksum = attributesChecksumOf(messageAttributes);
  return {
    MessageId: messageId,
    MD5OfMessageBody: checksumOf(body),
    ...(checksum === undefined ? {} : { MD5OfMessageAttributes: checksum }),
  };
}
