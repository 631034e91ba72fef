import { randomUUID } from 'node:crypto';
import type { Call } from '../wire/operation.ts';
import { type Engine, hold } from './deliver.ts';
import { checkMessage, type GivenMessage } from './message-checks.ts';
import { attributesChecksumOf, checksumOf } from './message-checksum.ts';
import { numberOf, type Queue } from './queue-state.ts';

/** What SQS answers of a message that it took. */
export interface Sent {
  readonly MessageId: string;
  readonly MD5OfMessageBody: string;
  readonly MD5OfMessageAttributes?: string;
  readonly MD5OfMessageSystemAttributes?: string;
}

/** Checks a message and puts it into a queue. */
export function sendTo(
  engine: Engine,
  queue: Queue,
  { message, call }: { readonly message: GivenMessage; readonly call: Call },
): Sent {
  const traceHeader =
    message.MessageSystemAttributes?.AWSTraceHeader?.StringValue ?? call.traceHeader;
  const { MessageBody: body, DelaySeconds: delaySeconds } = message;
  const messageAttributes = checkMessage(message, numberOf(queue, 'MaximumMessageSize'));
  const messageId = randomUUID();
  hold(engine, queue, {
    messageId,
    body,
    messageAttributes,
    senderId: call.caller.principalId,
    ...(traceHeader === undefined ? {} : { traceHeader }),
    ...(delaySeconds === undefined ? {} : { delaySeconds }),
  });
  const checksum = attributesChecksumOf(messageAttributes);
  const systemChecksum = systemChecksumOf(message);
  return {
    MessageId: messageId,
    MD5OfMessageBody: checksumOf(body),
    ...(checksum === undefined ? {} : { MD5OfMessageAttributes: checksum }),
    ...(systemChecksum === undefined ? {} : { MD5OfMessageSystemAttributes: systemChecksum }),
  };
}

/** AWS: the trace header is the only system attribute that a sender may give, and it is a text. */
function systemChecksumOf({ MessageSystemAttributes: given }: GivenMessage): string | undefined {
  const stringValue = given?.AWSTraceHeader?.StringValue;
  return stringValue === undefined
    ? undefined
    : attributesChecksumOf({ AWSTraceHeader: { dataType: 'String', stringValue } });
}
