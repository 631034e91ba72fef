import {
  CreateTopic$,
  type CreateTopicInput,
  type CreateTopicResponse,
  DeleteTopic$,
  type DeleteTopicInput,
  GetTopicAttributes$,
  type GetTopicAttributesInput,
  type GetTopicAttributesResponse,
  ListTagsForResource$,
  type ListTagsForResourceRequest,
  type ListTagsForResourceResponse,
  ListTopics$,
  type ListTopicsInput,
  type ListTopicsResponse,
  SetTopicAttributes$,
  type SetTopicAttributesInput,
  type Tag,
  TagResource$,
  type TagResourceRequest,
} from '@aws-sdk/client-sns';
import type { AccountCore } from '../account-core.ts';
import { toTrailShape } from '../cloudtrail.ts';
import type { Given } from '../wire/given.ts';
import { type Operation, operation, type Trail } from '../wire/operation.ts';
import { cutPage } from '../wire/paging.ts';
import { invalidParameter, snsFault } from './sns-faults.ts';
import {
  allTopicAttributes,
  checkArn,
  findTopic,
  needOn,
  setTopicAttributes,
  type Topic,
  type Topics,
  topicArnOf,
} from './topics.ts';

type CreateInput = Given<CreateTopicInput, 'Name'>;
type OnTopic<Request extends { TopicArn: string | undefined }> = Given<Request, 'TopicArn'>;

/** The most that SNS answers at once. */
export const PAGE_SIZE = 100;

const MOST_TAGS = 50;

/** What CloudTrail writes of an operation of SNS. */
export function recorded(eventName: string, input: object): Trail {
  return {
    eventName,
    request: toTrailShape(input),
    response: (output) => (Object.keys(Object(output)).length === 0 ? null : toTrailShape(output)),
  };
}

/** The operations on topics. */
export function topicOperations(core: AccountCore, topics: Topics): readonly Operation[] {
  return [
    operation<CreateInput, CreateTopicResponse>(CreateTopic$, {
      needs: ({ Name }) => [{ action: 'sns:CreateTopic', resource: topicArnOf(core, Name) }],
      handle: (input) => createTopic(core, topics, input),
      trail: (input) => recorded('CreateTopic', input),
    }),
    operation<OnTopic<DeleteTopicInput>, void>(DeleteTopic$, {
      needs: ({ TopicArn }) => [needOn(topics, 'DeleteTopic', TopicArn)],
      // AWS: deleting a topic that is gone succeeds.
      handle: ({ TopicArn }) => {
        checkArn('TopicArn', TopicArn);
        topics.delete(TopicArn);
      },
      trail: (input) => recorded('DeleteTopic', input),
    }),
    operation<OnTopic<GetTopicAttributesInput>, GetTopicAttributesResponse>(GetTopicAttributes$, {
      needs: ({ TopicArn }) => [needOn(topics, 'GetTopicAttributes', TopicArn)],
      handle: ({ TopicArn }) => ({
        Attributes: { ...allTopicAttributes(findTopic(topics, TopicArn), core) },
      }),
    }),
    operation<
      OnTopic<SetTopicAttributesInput> & Given<SetTopicAttributesInput, 'AttributeName'>,
      void
    >(SetTopicAttributes$, {
      needs: ({ TopicArn }) => [needOn(topics, 'SetTopicAttributes', TopicArn)],
      handle: ({ TopicArn, AttributeName, AttributeValue = '' }) =>
        setTopicAttributes(findTopic(topics, TopicArn), { [AttributeName]: AttributeValue }),
      trail: (input) => recorded('SetTopicAttributes', input),
    }),
    listTopics(core, topics),
    ...tagOperations(topics),
  ];
}

function createTopic(
  core: AccountCore,
  topics: Topics,
  { Name: name, Attributes = {}, Tags = [] }: CreateInput,
): CreateTopicResponse {
  if (name.endsWith('.fifo')) throw invalidParameter('the local account has no FIFO topics');
  if (!/^[\w-]{1,256}$/.test(name)) throw invalidParameter('Topic Name');
  const arn = topicArnOf(core, name);
  const held = topics.get(arn);
  if (held !== undefined) {
    checkSame(held, Attributes, core);
    return { TopicArn: arn };
  }
  const topic: Topic = {
    arn,
    name,
    attributes: new Map(),
    tags: new Map(),
    subscriptions: new Map(),
  };
  setTopicAttributes(topic, Attributes);
  addTags(topic, Tags);
  topics.set(arn, topic);
  return { TopicArn: arn };
}

/** AWS: creating a topic again answers it, unless its attributes would change. */
function checkSame(topic: Topic, asked: Readonly<Record<string, string>>, core: AccountCore): void {
  const held = allTopicAttributes(topic, core);
  if (Object.keys(asked).every((name) => asked[name] === (held[name] ?? ''))) return;
  throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
}

function listTopics(core: AccountCore, topics: Topics): Operation {
  return operation<ListTopicsInput, ListTopicsResponse>(ListTopics$, {
    needs: () => [{ action: 'sns:ListTopics', resource: topicArnOf(core, '*') }],
    handle: ({ NextToken }) => {
      const page = cutPage([...topics.keys()], { limit: PAGE_SIZE, token: NextToken });
      if (page === undefined) throw invalidParameter('NextToken');
      return {
        Topics: page.items.map((TopicArn) => ({ TopicArn })),
        ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
      };
    },
  });
}

function tagOperations(topics: Topics): readonly Operation[] {
  const find = (arn: string) => {
    checkArn('ResourceArn', arn);
    const topic = topics.get(arn);
    if (topic === undefined) throw snsFault('ResourceNotFound', 'Resource does not exist', 404);
    return topic;
  };
  return [
    operation<Given<ListTagsForResourceRequest, 'ResourceArn'>, ListTagsForResourceResponse>(
      ListTagsForResource$,
      {
        needs: ({ ResourceArn }) => [needOn(topics, 'ListTagsForResource', ResourceArn)],
        handle: ({ ResourceArn }) => ({
          Tags: [...find(ResourceArn).tags].map(([Key, Value]) => ({ Key, Value })),
        }),
      },
    ),
    operation<Given<TagResourceRequest, 'ResourceArn' | 'Tags'>, void>(TagResource$, {
      needs: ({ ResourceArn }) => [needOn(topics, 'TagResource', ResourceArn)],
      handle: ({ ResourceArn, Tags }) => addTags(find(ResourceArn), Tags),
      trail: (input) => recorded('TagResource', input),
    }),
  ];
}

function addTags(topic: Topic, tags: readonly Tag[]): void {
  const keys = new Set([...topic.tags.keys(), ...tags.map(({ Key = '' }) => Key)]);
  if (keys.size > MOST_TAGS) {
    throw snsFault(
      'TagLimitExceeded',
      'Could not complete request: tag quota of per resource exceeded',
    );
  }
  for (const { Key = '', Value = '' } of tags) topic.tags.set(Key, Value);
}
