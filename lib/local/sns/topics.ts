import type { AccessJudge } from '../../../functions/core/iam/evaluate.ts';
import type { AccountCore } from '../account-core.ts';
import { compilePolicy, readPolicy } from '../identity/resource-policy.ts';
import type { Need } from '../wire/operation.ts';
import { ownersPolicy } from './owners-policy.ts';
import { invalidParameter, snsFault } from './sns-faults.ts';

/** One subscription of a topic. */
export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** Nobody reads the account's mail, so nobody confirms a subscription by mail. */
  readonly isPending: boolean;
  readonly attributes: Map<string, string>;
}

/** A topic. */
export interface Topic {
  readonly arn: string;
  readonly name: string;
  /** As they were given. */
  readonly attributes: Map<string, string>;
  readonly tags: Map<string, string>;
  readonly subscriptions: Map<string, Subscription>;
  policy?: AccessJudge;
}

/** The topics of the account by ARN. */
export type Topics = Map<string, Topic>;

const SETTABLE = [
  'DisplayName',
  'Policy',
  'KmsMasterKeyId',
  'DeliveryPolicy',
  'TracingConfig',
  'SignatureVersion',
];

/** The ARN of a topic that may not exist. */
export function topicArnOf({ region, accountId }: AccountCore, name: string): string {
  return `arn:aws:sns:${region}:${accountId}:${name}`;
}

/** Refuses what is no ARN. */
export function checkArn(name: string, arn: string): void {
  const { length } = arn.split(':');
  if (length >= 6) return;
  throw invalidParameter(`${name} Reason: An ARN must have at least 6 elements, not ${length}`);
}

/** Finds a topic, or says that there is none. */
export function findTopic(topics: Topics, arn: string): Topic {
  checkArn('TopicArn', arn);
  const topic = topics.get(arn);
  if (topic === undefined) throw snsFault('NotFound', 'Topic does not exist', 404);
  return topic;
}

/** What a caller needs to act on a topic: the topic's own policy may refuse it. */
export function needOn(topics: Topics, action: string, topicArn: string): Need {
  const resourcePolicy = topics.get(topicArn)?.policy;
  return {
    action: `sns:${action}`,
    resource: topicArn,
    ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
  };
}

/** Sets attributes of a topic, all or none; an empty text takes one back. */
export function setTopicAttributes(topic: Topic, given: Readonly<Record<string, string>>): void {
  const unknown = Object.keys(given).find((name) => !SETTABLE.includes(name));
  if (unknown === 'FifoTopic') throw invalidParameter('the local account has no FIFO topics');
  if (unknown !== undefined) throw invalidParameter('AttributeName');
  const policy = given['Policy'] ? parsePolicy(topic.name, given['Policy']) : undefined;
  for (const [name, value] of Object.entries(given)) {
    if (value === '') topic.attributes.delete(name);
    else topic.attributes.set(name, value);
  }
  if (policy !== undefined) topic.policy = policy;
  else if ('Policy' in given) delete topic.policy;
}

/** Everything that a topic answers of itself. */
export function allTopicAttributes(
  topic: Topic,
  { accountId }: AccountCore,
): Readonly<Record<string, string>> {
  const subscriptions = [...topic.subscriptions.values()];
  const pending = subscriptions.filter(({ isPending }) => isPending).length;
  return {
    TopicArn: topic.arn,
    Owner: accountId,
    DisplayName: '',
    Policy: ownersPolicy(topic.arn, accountId),
    SubscriptionsConfirmed: String(subscriptions.length - pending),
    SubscriptionsPending: String(pending),
    SubscriptionsDeleted: '0',
    ...Object.fromEntries(topic.attributes),
  };
}

function parsePolicy(name: string, text: string): AccessJudge {
  const read = readPolicy(name, text, { allowPrincipal: true });
  if (!read.ok) throw invalidParameter(`Policy Reason: ${read.reason}`);
  return compilePolicy(read.document);
}
