import { randomUUID } from 'node:crypto';
import {
  ListSubscriptions$,
  ListSubscriptionsByTopic$,
  type ListSubscriptionsByTopicInput,
  type ListSubscriptionsByTopicResponse,
  type ListSubscriptionsInput,
  type ListSubscriptionsResponse,
  SetSubscriptionAttributes$,
  type SetSubscriptionAttributesInput,
  Subscribe$,
  type SubscribeInput,
  type SubscribeResponse,
  type Subscription as SubscriptionView,
  Unsubscribe$,
  type UnsubscribeInput,
} from '@aws-sdk/client-sns';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { cutPage } from '../wire/paging.ts';
import { invalidParameter, snsFault } from './sns-faults.ts';
import { PAGE_SIZE, recorded } from './topic-operations.ts';
import {
  checkArn,
  findTopic,
  needOn,
  type Subscription,
  type Topics,
  topicArnOf,
} from './topics.ts';

type SetInput = Given<SetSubscriptionAttributesInput, 'SubscriptionArn' | 'AttributeName'>;
type SubscribeTo = Given<SubscribeInput, 'TopicArn' | 'Protocol'>;

/** By protocol: what an endpoint looks like. */
const ENDPOINTS: Readonly<Record<string, RegExp>> = {
  email: /^[^@\s]+@[^@\s]+$/,
  'email-json': /^[^@\s]+@[^@\s]+$/,
  http: /^http:\/\/\S+$/,
  https: /^https:\/\/\S+$/,
  lambda: /^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:.+$/,
  sqs: /^arn:aws[\w-]*:sqs:[\w-]+:\d{12}:.+$/,
};

/** The operations on subscriptions. */
export function subscriptionOperations(core: AccountCore, topics: Topics): readonly Operation[] {
  return [
    operation<SubscribeTo, SubscribeResponse>(Subscribe$, {
      needs: ({ TopicArn }) => [needOn(topics, 'Subscribe', TopicArn)],
      handle: (input) => subscribe(topics, input),
      trail: (input) => recorded('Subscribe', input),
    }),
    operation<Given<UnsubscribeInput, 'SubscriptionArn'>, void>(Unsubscribe$, {
      needs: ({ SubscriptionArn }) => [needOn(topics, 'Unsubscribe', topicOf(SubscriptionArn))],
      // AWS: taking back a subscription that is gone succeeds.
      handle: ({ SubscriptionArn }) => {
        if (SubscriptionArn.split(':').length < 7) throw invalidParameter('SubscriptionArn');
        for (const { subscriptions } of topics.values()) subscriptions.delete(SubscriptionArn);
      },
      trail: (input) => recorded('Unsubscribe', input),
    }),
    operation<SetInput, void>(SetSubscriptionAttributes$, {
      needs: ({ SubscriptionArn }) => [
        needOn(topics, 'SetSubscriptionAttributes', topicOf(SubscriptionArn)),
      ],
      handle: ({ SubscriptionArn, AttributeName, AttributeValue = '' }) => {
        checkArn('SubscriptionArn', SubscriptionArn);
        const topic = topics.get(topicOf(SubscriptionArn));
        const subscription = topic?.subscriptions.get(SubscriptionArn);
        if (subscription === undefined) {
          throw snsFault('NotFound', 'Subscription does not exist', 404);
        }
        checkAttributes({ [AttributeName]: AttributeValue });
        subscription.attributes.set(AttributeName, AttributeValue);
      },
      trail: (input) => recorded('SetSubscriptionAttributes', input),
    }),
    operation<ListSubscriptionsInput, ListSubscriptionsResponse>(ListSubscriptions$, {
      needs: () => [{ action: 'sns:ListSubscriptions', resource: topicArnOf(core, '*') }],
      handle: ({ NextToken }) => {
        const all = [...topics.values()].flatMap((topic) => [...topic.subscriptions.values()]);
        return answerPage(core, all, NextToken);
      },
    }),
    operation<Given<ListSubscriptionsByTopicInput, 'TopicArn'>, ListSubscriptionsByTopicResponse>(
      ListSubscriptionsByTopic$,
      {
        needs: ({ TopicArn }) => [needOn(topics, 'ListSubscriptionsByTopic', TopicArn)],
        handle: ({ TopicArn, NextToken }) =>
          answerPage(core, [...findTopic(topics, TopicArn).subscriptions.values()], NextToken),
      },
    ),
  ];
}

function topicOf(subscriptionArn: string): string {
  return subscriptionArn.split(':').slice(0, 6).join(':');
}

function subscribe(topics: Topics, input: SubscribeTo): SubscribeResponse {
  const { TopicArn: topicArn, Protocol: protocol, Endpoint: endpoint = '' } = input;
  const topic = findTopic(topics, topicArn);
  checkEndpoint(protocol, endpoint);
  checkAttributes(input.Attributes ?? {});
  const held = [...topic.subscriptions.values()].find(
    (other) => other.protocol === protocol && other.endpoint === endpoint,
  );
  const subscription: Subscription = held ?? {
    arn: `${topicArn}:${randomUUID()}`,
    topicArn,
    protocol,
    endpoint,
    isPending: protocol !== 'sqs' && protocol !== 'lambda',
    attributes: new Map(Object.entries(input.Attributes ?? {})),
  };
  topic.subscriptions.set(subscription.arn, subscription);
  const isShown = !subscription.isPending || input.ReturnSubscriptionArn === true;
  return { SubscriptionArn: isShown ? subscription.arn : 'pending confirmation' };
}

function checkEndpoint(protocol: string, endpoint: string): void {
  const form = Object.hasOwn(ENDPOINTS, protocol) ? ENDPOINTS[protocol] : undefined;
  if (form === undefined) {
    throw invalidParameter(`Does not support this protocol string: ${protocol}`);
  }
  if (!form.test(endpoint)) throw invalidParameter(`${protocol} endpoint`);
}

/** What would change deliveries is refused until it does. */
function checkAttributes(attributes: Readonly<Record<string, string>>): void {
  const { RawMessageDelivery: raw = 'false', ...others } = attributes;
  if (!/^(true|false)$/i.test(raw)) throw invalidParameter('RawMessageDelivery');
  const [unknown] = Object.keys(others);
  if (unknown === undefined) return;
  throw invalidParameter(
    `Attributes Reason: the local account supports RawMessageDelivery, not ${unknown}`,
  );
}

function answerPage(
  { accountId }: AccountCore,
  subscriptions: readonly Subscription[],
  token: string | undefined,
): ListSubscriptionsResponse {
  const page = cutPage(subscriptions, { limit: PAGE_SIZE, token });
  if (page === undefined) throw invalidParameter('NextToken');
  return {
    Subscriptions: page.items.map(
      ({ arn, topicArn, protocol, endpoint, isPending }): SubscriptionView => ({
        SubscriptionArn: isPending ? 'PendingConfirmation' : arn,
        Owner: accountId,
        Protocol: protocol,
        Endpoint: endpoint,
        TopicArn: topicArn,
      }),
    ),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}
