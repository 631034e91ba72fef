import {
  ChangeMessageVisibility$,
  type ChangeMessageVisibilityRequest,
  DeleteMessage$,
  type DeleteMessageRequest,
  type Message,
  ReceiveMessage$,
  type ReceiveMessageRequest,
  type ReceiveMessageResult,
  SendMessage$,
  type SendMessageRequest,
  type SendMessageResult,
} from '@aws-sdk/client-sqs';
import type { Given } from '../wire/given.ts';
import type { Call } from '../wire/operation.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { changeVisibility, remove, take } from './deliver.ts';
import { attributesChecksumOf, checksumOf, isBinaryType } from './message-checksum.ts';
import { needAt, queueAt, type SqsContext } from './queue-address.ts';
import type { Queue } from './queue-state.ts';
import type { ReceivedMessage } from './queues.ts';
import { sendTo } from './send.ts';
import { checkBounds } from './sqs-faults.ts';

type SendInput = Given<SendMessageRequest, 'QueueUrl' | 'MessageBody'>;
type ReceiveInput = Given<ReceiveMessageRequest, 'QueueUrl'>;
type DeleteInput = Given<DeleteMessageRequest, 'QueueUrl' | 'ReceiptHandle'>;
type ChangeInput = Given<
  ChangeMessageVisibilityRequest,
  'QueueUrl' | 'ReceiptHandle' | 'VisibilityTimeout'
>;

/** The operations on single messages. */
export function messageOperations(context: SqsContext): readonly Operation[] {
  const engine = { ...context.queues, clock: context.core.clock };
  return [
    operation<SendInput, SendMessageResult>(SendMessage$, {
      needs: ({ QueueUrl }) => [needAt(context, 'SendMessage', QueueUrl)],
      handle: (input, call: Call) =>
        sendTo(engine, queueAt(context, input.QueueUrl), {
          message: input,
          call,
        }),
    }),
    operation<ReceiveInput, ReceiveMessageResult>(ReceiveMessage$, {
      needs: ({ QueueUrl }) => [needAt(context, 'ReceiveMessage', QueueUrl)],
      handle: (input) => {
        const { MaxNumberOfMessages: max = 1, VisibilityTimeout, WaitTimeSeconds } = input;
        const queue = queueAt(context, input.QueueUrl);
        checkBounds('MaxNumberOfMessages', max, [1, 10]);
        checkBounds('VisibilityTimeout', VisibilityTimeout, [0, 43_200]);
        checkBounds('WaitTimeSeconds', WaitTimeSeconds, [0, 20]);
        // Nobody waits in virtual time: what is there is answered at once.
        const taken = take(engine, queue, {
          max,
          ...(VisibilityTimeout === undefined ? {} : { visibilitySeconds: VisibilityTimeout }),
        });
        return taken.length === 0 ? {} : { Messages: taken.map((held) => toMessage(held, input)) };
      },
    }),
    operation<DeleteInput, void>(DeleteMessage$, {
      needs: ({ QueueUrl }) => [needAt(context, 'DeleteMessage', QueueUrl)],
      handle: ({ QueueUrl, ReceiptHandle }) => {
        const queue: Queue = queueAt(context, QueueUrl);
        remove(queue, ReceiptHandle);
      },
    }),
    operation<ChangeInput, void>(ChangeMessageVisibility$, {
      needs: ({ QueueUrl }) => [needAt(context, 'ChangeMessageVisibility', QueueUrl)],
      handle: ({ QueueUrl, ReceiptHandle, VisibilityTimeout }) => {
        checkBounds('VisibilityTimeout', VisibilityTimeout, [0, 43_200]);
        changeVisibility(engine, queueAt(context, QueueUrl), {
          handle: ReceiptHandle,
          seconds: VisibilityTimeout,
        });
      },
    }),
  ];
}

/** AWS: attributes are answered only to those who ask for them, all or by name or prefix. */
function toMessage(held: ReceivedMessage, input: ReceiveInput): Message {
  const asked = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
  const isAsked = isAskedBy(input.MessageAttributeNames ?? []);
  const system = Object.entries(held.attributes).filter(([name]) =>
    asked.some((wanted) => wanted === 'All' || wanted === name),
  );
  const own = Object.fromEntries(
    Object.entries(held.messageAttributes).filter(([name]) => isAsked(name)),
  );
  const checksum = attributesChecksumOf(own);
  return {
    MessageId: held.messageId,
    ReceiptHandle: held.receiptHandle,
    Body: held.body,
    MD5OfBody: checksumOf(held.body),
    ...(system.length === 0 ? {} : { Attributes: Object.fromEntries(system) }),
    ...(checksum === undefined
      ? {}
      : { MD5OfMessageAttributes: checksum, MessageAttributes: toValues(own) }),
  };
}

function isAskedBy(names: readonly string[]): (name: string) => boolean {
  return (name) =>
    names.some(
      (wanted) =>
        wanted === 'All' ||
        wanted === name ||
        (wanted.endsWith('.*') && name.startsWith(wanted.slice(0, -2))),
    );
}

function toValues(attributes: ReceivedMessage['messageAttributes']): Message['MessageAttributes'] {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { dataType, stringValue }]) => [
      name,
      isBinaryType(dataType)
        ? { DataType: dataType, BinaryValue: Buffer.from(stringValue, 'base64') }
        : { DataType: dataType, StringValue: stringValue },
    ]),
  );
}
