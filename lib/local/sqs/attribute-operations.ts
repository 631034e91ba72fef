import {
  GetQueueAttributes$,
  type GetQueueAttributesRequest,
  type GetQueueAttributesResult,
  ListQueueTags$,
  type ListQueueTagsRequest,
  type ListQueueTagsResult,
  SetQueueAttributes$,
  type SetQueueAttributesRequest,
  TagQueue$,
  type TagQueueRequest,
  UntagQueue$,
  type UntagQueueRequest,
} from '@aws-sdk/client-sqs';
import type { Given } from '../wire/given.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { needAt, queueAt, type SqsContext } from './queue-address.ts';
import { allAttributes, isAttributeName, setAttributes } from './queue-attributes.ts';
import { recorded } from './queue-operations.ts';
import { sqsFault } from './sqs-faults.ts';

type At<Request extends { QueueUrl: string | undefined }> = Given<Request, 'QueueUrl'>;

/** The operations on attributes and tags of queues. */
export function attributeOperations(context: SqsContext): readonly Operation[] {
  return [
    operation<At<GetQueueAttributesRequest>, GetQueueAttributesResult>(GetQueueAttributes$, {
      needs: ({ QueueUrl }) => [needAt(context, 'GetQueueAttributes', QueueUrl)],
      handle: ({ QueueUrl, AttributeNames = [] }, { nowMs }) => {
        const all = allAttributes(queueAt(context, QueueUrl), nowMs);
        return { Attributes: select(all, AttributeNames) };
      },
    }),
    operation<At<SetQueueAttributesRequest> & Given<SetQueueAttributesRequest, 'Attributes'>, void>(
      SetQueueAttributes$,
      {
        needs: ({ QueueUrl }) => [needAt(context, 'SetQueueAttributes', QueueUrl)],
        handle: ({ QueueUrl, Attributes }, { nowMs }) => {
          const queue = queueAt(context, QueueUrl);
          setAttributes(queue, Attributes, context.queues.exists);
          queue.modifiedAtMs = nowMs;
        },
        trail: (input) => recorded('SetQueueAttributes', input),
      },
    ),
    ...tagOperations(context),
  ];
}

function tagOperations(context: SqsContext): readonly Operation[] {
  return [
    operation<At<ListQueueTagsRequest>, ListQueueTagsResult>(ListQueueTags$, {
      needs: ({ QueueUrl }) => [needAt(context, 'ListQueueTags', QueueUrl)],
      handle: ({ QueueUrl }) => ({
        Tags: Object.fromEntries(queueAt(context, QueueUrl).tags),
      }),
    }),
    operation<At<TagQueueRequest> & Given<TagQueueRequest, 'Tags'>, void>(TagQueue$, {
      needs: ({ QueueUrl }) => [needAt(context, 'TagQueue', QueueUrl)],
      handle: ({ QueueUrl, Tags }) => {
        const { tags } = queueAt(context, QueueUrl);
        for (const [key, value] of Object.entries(Tags)) tags.set(key, value);
      },
      trail: (input) => recorded('TagQueue', input),
    }),
    operation<At<UntagQueueRequest> & Given<UntagQueueRequest, 'TagKeys'>, void>(UntagQueue$, {
      needs: ({ QueueUrl }) => [needAt(context, 'UntagQueue', QueueUrl)],
      handle: ({ QueueUrl, TagKeys }) => {
        const { tags } = queueAt(context, QueueUrl);
        for (const key of TagKeys) tags.delete(key);
      },
      trail: (input) => recorded('UntagQueue', input),
    }),
  ];
}

function select(
  all: Readonly<Record<string, string>>,
  names: readonly string[],
): Record<string, string> {
  if (names.includes('All')) return { ...all };
  const unknown = names.find((name) => !isAttributeName(name));
  if (unknown !== undefined) {
    throw sqsFault('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}
