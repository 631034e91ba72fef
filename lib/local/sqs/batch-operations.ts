import {
  DeleteMessageBatch$,
  type DeleteMessageBatchRequest,
  type DeleteMessageBatchRequestEntry,
  type DeleteMessageBatchResult,
  SendMessageBatch$,
  type SendMessageBatchRequest,
  type SendMessageBatchRequestEntry,
  type SendMessageBatchResult,
} from '@aws-sdk/client-sqs';
import { AwsFault } from '../wire/aws-fault.ts';
import type { Given } from '../wire/given.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { remove } from './deliver.ts';
import { LARGEST_BYTES } from './message-checks.ts';
import { needAt, queueAt, type SqsContext } from './queue-address.ts';
import { type Sent, sendTo } from './send.ts';
import { sqsFault } from './sqs-faults.ts';

type SendEntry = Given<SendMessageBatchRequestEntry, 'Id' | 'MessageBody'>;
type DeleteEntry = Given<DeleteMessageBatchRequestEntry, 'Id' | 'ReceiptHandle'>;
type SendInput = Given<SendMessageBatchRequest, 'QueueUrl'> & { readonly Entries: SendEntry[] };
type DeleteInput = Given<DeleteMessageBatchRequest, 'QueueUrl'> & {
  readonly Entries: DeleteEntry[];
};

interface Failure {
  readonly Id: string;
  readonly SenderFault: boolean;
  readonly Code: string;
  readonly Message: string;
}

/** The operations on up to ten messages; each entry succeeds or fails by itself. */
export function batchOperations(context: SqsContext): readonly Operation[] {
  const engine = { ...context.queues, clock: context.core.clock };
  return [
    operation<SendInput, SendMessageBatchResult>(SendMessageBatch$, {
      needs: ({ QueueUrl }) => [needAt(context, 'SendMessage', QueueUrl)],
      handle: ({ QueueUrl, Entries }, call) => {
        const queue = queueAt(context, QueueUrl);
        checkEntries('SendMessageBatchRequestEntry', Entries);
        checkSize(Entries);
        const { done, failed } = each(Entries, (entry): Sent => {
          requireMembers(entry, ['MessageBody']);
          return sendTo(engine, queue, { message: entry, call });
        });
        return { Successful: done.map(([Id, sent]) => ({ Id, ...sent })), Failed: failed };
      },
    }),
    operation<DeleteInput, DeleteMessageBatchResult>(DeleteMessageBatch$, {
      needs: ({ QueueUrl }) => [needAt(context, 'DeleteMessage', QueueUrl)],
      handle: ({ QueueUrl, Entries }) => {
        const queue = queueAt(context, QueueUrl);
        checkEntries('DeleteMessageBatchRequestEntry', Entries);
        const { done, failed } = each(Entries, (entry) => {
          requireMembers(entry, ['ReceiptHandle']);
          remove(queue, entry.ReceiptHandle);
        });
        return { Successful: done.map(([Id]) => ({ Id })), Failed: failed };
      },
    }),
  ];
}

function checkEntries(kind: string, entries: readonly { readonly Id: string }[]): void {
  if (entries.length === 0) {
    throw batchFault('EmptyBatchRequest', `There should be at least one ${kind} in the request.`);
  }
  if (entries.length > 10) {
    throw batchFault(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  }
  const seen = new Set<string>();
  for (const { Id = '' } of entries) {
    if (!/^[\w-]{1,80}$/.test(Id)) {
      throw batchFault(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      );
    }
    if (seen.has(Id)) throw batchFault('BatchEntryIdsNotDistinct', `Id ${Id} repeated.`);
    seen.add(Id);
  }
}

function checkSize(entries: readonly SendEntry[]): void {
  const size = entries.reduce(
    (sum, { MessageBody = '' }) => sum + Buffer.byteLength(MessageBody),
    0,
  );
  if (size <= LARGEST_BYTES) return;
  throw batchFault(
    'BatchRequestTooLong',
    `Batch requests cannot be longer than ${LARGEST_BYTES} bytes. You have sent ${size} bytes.`,
  );
}

function requireMembers<Entry extends object>(entry: Entry, names: readonly (keyof Entry)[]): void {
  const missing = names.find((name) => entry[name] === undefined);
  if (missing === undefined) return;
  const message = `The request must contain the parameter ${String(missing)}.`;
  throw sqsFault('MissingParameter', message);
}

function each<Entry extends { readonly Id: string }, Done>(
  entries: readonly Entry[],
  work: (entry: Entry) => Done,
): { readonly done: (readonly [string, Done])[]; readonly failed: Failure[] } {
  const done: (readonly [string, Done])[] = [];
  const failed: Failure[] = [];
  for (const entry of entries) {
    try {
      done.push([entry.Id, work(entry)]);
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      failed.push({
        Id: entry.Id,
        SenderFault: true,
        Code: error.code,
        Message: error.message,
      });
    }
  }
  return { done, failed };
}

function batchFault(code: string, message: string): AwsFault {
  return sqsFault(code, message, { queryCode: `AWS.SimpleQueueService.${code}` });
}
