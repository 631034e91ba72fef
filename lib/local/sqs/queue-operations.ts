import {
  CreateQueue$,
  type CreateQueueRequest,
  type CreateQueueResult,
  DeleteQueue$,
  type DeleteQueueRequest,
  GetQueueUrl$,
  type GetQueueUrlRequest,
  type GetQueueUrlResult,
  ListQueues$,
  type ListQueuesRequest,
  type ListQueuesResult,
  PurgeQueue$,
  type PurgeQueueRequest,
} from '@aws-sdk/client-sqs';
import { toTrailShape } from '../cloudtrail.ts';
import type { Given } from '../wire/given.ts';
import { type Operation, operation, type Trail } from '../wire/operation.ts';
import { cutPage } from '../wire/paging.ts';
import { purge } from './deliver.ts';
import { arnOf, needAt, queueAt, type SqsContext, urlOf } from './queue-address.ts';
import { findDifference, setAttributes } from './queue-attributes.ts';
import type { Queue } from './queue-state.ts';
import { badParameter, queueMissing, sqsFault } from './sqs-faults.ts';

type CreateInput = Given<CreateQueueRequest, 'QueueName'>;

/** Between two purges of a queue, and from its deletion to a new one of its name. */
const PAUSE_MS = 60_000;

/** The operations that make, find and remove queues. */
export function queueOperations(context: SqsContext): readonly Operation[] {
  return [
    operation<CreateInput, CreateQueueResult>(CreateQueue$, {
      needs: ({ QueueName }) => [
        { action: 'sqs:CreateQueue', resource: arnOf(context.core, QueueName) },
      ],
      handle: (input, { nowMs }) => createQueue(context, input, nowMs),
      trail: (input) => recorded('CreateQueue', input),
    }),
    operation<Given<DeleteQueueRequest, 'QueueUrl'>, void>(DeleteQueue$, {
      needs: ({ QueueUrl }) => [needAt(context, 'DeleteQueue', QueueUrl)],
      handle: ({ QueueUrl }, { nowMs }) => {
        const queue = queueAt(context, QueueUrl);
        purge(queue);
        context.queues.byName.delete(queue.name);
        context.deletedAtMs.set(queue.name, nowMs);
      },
      trail: (input) => recorded('DeleteQueue', input),
    }),
    operation<Given<PurgeQueueRequest, 'QueueUrl'>, void>(PurgeQueue$, {
      needs: ({ QueueUrl }) => [needAt(context, 'PurgeQueue', QueueUrl)],
      handle: ({ QueueUrl }, { nowMs }) => purgeQueue(queueAt(context, QueueUrl), nowMs),
      trail: (input) => recorded('PurgeQueue', input),
    }),
    getQueueUrl(context),
    listQueues(context),
  ];
}

/** What CloudTrail writes of an operation on queues. */
export function recorded(eventName: string, input: object): Trail {
  return {
    eventName,
    request: toTrailShape(input),
    response: (output) => (Object.keys(Object(output)).length === 0 ? null : toTrailShape(output)),
  };
}

function createQueue(context: SqsContext, input: CreateInput, nowMs: number): CreateQueueResult {
  const { QueueName: name, Attributes = {}, tags = {} } = input;
  checkName(name);
  const { byName, exists } = context.queues;
  const held = byName.get(name);
  if (held !== undefined) {
    const difference = findDifference(held, Attributes);
    if (difference !== undefined) throw nameExists(difference);
  } else {
    checkPause(context.deletedAtMs.get(name), nowMs);
    const queue: Queue = {
      name,
      arn: arnOf(context.core, name),
      createdAtMs: nowMs,
      modifiedAtMs: nowMs,
      attributes: new Map(),
      tags: new Map(Object.entries(tags)),
      messages: new Map(),
    };
    setAttributes(queue, Attributes, exists);
    byName.set(name, queue);
  }
  return { QueueUrl: urlOf(context, name) };
}

function checkName(name: string): void {
  if (name.endsWith('.fifo')) {
    throw sqsFault('UnsupportedOperation', 'the local account has no FIFO queues', {
      queryCode: 'AWS.SimpleQueueService.UnsupportedOperation',
    });
  }
  if (/^[\w-]{1,80}$/.test(name)) return;
  throw sqsFault(
    'InvalidParameterValue',
    'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
  );
}

function nameExists(attribute: string): Error {
  return sqsFault(
    'QueueNameExists',
    `A queue already exists with the same name and a different value for attribute ${attribute}`,
    { queryCode: 'QueueAlreadyExists' },
  );
}

function checkPause(deletedAtMs: number | undefined, nowMs: number): void {
  if (deletedAtMs === undefined || nowMs >= deletedAtMs + PAUSE_MS) return;
  throw sqsFault(
    'QueueDeletedRecently',
    'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
    { queryCode: 'AWS.SimpleQueueService.QueueDeletedRecently' },
  );
}

function purgeQueue(queue: Queue, nowMs: number): void {
  if (queue.purgedAtMs !== undefined && nowMs < queue.purgedAtMs + PAUSE_MS) {
    throw sqsFault(
      'PurgeQueueInProgress',
      `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
      { queryCode: 'AWS.SimpleQueueService.PurgeQueueInProgress', status: 403 },
    );
  }
  queue.purgedAtMs = nowMs;
  purge(queue);
}

function getQueueUrl(context: SqsContext): Operation {
  const { core, queues } = context;
  return operation<Given<GetQueueUrlRequest, 'QueueName'>, GetQueueUrlResult>(GetQueueUrl$, {
    needs: ({ QueueName }) => [{ action: 'sqs:GetQueueUrl', resource: arnOf(core, QueueName) }],
    handle: ({ QueueName, QueueOwnerAWSAccountId: owner = core.accountId }) => {
      if (owner !== core.accountId || !queues.byName.has(QueueName)) throw queueMissing();
      return { QueueUrl: urlOf(context, QueueName) };
    },
  });
}

function listQueues(context: SqsContext): Operation {
  return operation<ListQueuesRequest, ListQueuesResult>(ListQueues$, {
    needs: () => [{ action: 'sqs:ListQueues', resource: arnOf(context.core, '*') }],
    handle: ({ QueueNamePrefix = '', MaxResults, NextToken }) => {
      const names = [...context.queues.byName.keys()]
        .filter((name) => name.startsWith(QueueNamePrefix))
        .sort();
      const page = cutPage(names, { limit: MaxResults ?? 1000, token: NextToken });
      if (page === undefined) throw badParameter('NextToken', NextToken, 'Unknown token.');
      return {
        QueueUrls: page.items.map((name) => urlOf(context, name)),
        // AWS: only those who ask for a page are told of the next one.
        ...(MaxResults === undefined || page.nextToken === undefined
          ? {}
          : { NextToken: page.nextToken }),
      };
    },
  });
}
