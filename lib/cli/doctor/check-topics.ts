import {
  paginateListSubscriptionsByTopic,
  SNSClient,
  type Subscription,
} from '@aws-sdk/client-sns';
import { nameSome } from '../../../functions/core/name-some.ts';
import { redact } from '../../../functions/core/redact.ts';
import { clientSettingsOf } from '../aws-access.ts';
import { counted } from '../operator/counted.ts';
import { type About, bad, type Checkup, good, off } from './checkup.ts';
import type { GuardedAccount } from './doctor-account.ts';
import { judgeFact, type Read, readFact, withClient } from './read-fact.ts';
import { shellWord } from './shell-word.ts';

/** AWS: what stands in place of the ARN of a subscription that nobody confirmed. */
const PENDING = 'PendingConfirmation';
const MOST_NAMES = 3;

/** A topic, and who subscribed to it. */
export interface SeenTopic {
  readonly kind: 'findings' | 'chat';
  readonly topicArn: string;
  readonly subscriptions: Read<readonly Subscription[]>;
}

/** Looks who is told. */
export async function checkTopics(account: GuardedAccount): Promise<readonly Checkup[]> {
  const { findingsTopicArn, chatTopicArn } = account.deployed;
  const [findings, chat] = await Promise.all([
    readSubscriptions(account, findingsTopicArn),
    readSubscriptions(account, chatTopicArn),
  ]);
  return judgeTopics([
    { kind: 'findings', topicArn: findingsTopicArn, subscriptions: findings },
    { kind: 'chat', topicArn: chatTopicArn, subscriptions: chat },
  ]);
}

function readSubscriptions({ access }: GuardedAccount, TopicArn: string) {
  return withClient(new SNSClient(clientSettingsOf(access)), (client) =>
    readFact('sns:ListSubscriptionsByTopic', async () => {
      const found: Subscription[] = [];
      for await (const page of paginateListSubscriptionsByTopic({ client }, { TopicArn })) {
        found.push(...(page.Subscriptions ?? []));
      }
      return found;
    }),
  );
}

/** Judges the topics together: one of them may have nobody, not both. */
export function judgeTopics(topics: readonly SeenTopic[]): readonly Checkup[] {
  const isNobodyTold = topics.every(
    ({ subscriptions }) => 'value' in subscriptions && subscriptions.value.length === 0,
  );
  return topics.map(({ kind, topicArn, subscriptions }) => {
    const about = { topic: 'topic', subject: kind } as const;
    return judgeFact(about, subscriptions, (held) => {
      if (held.length > 0) return judgeSubscriptions(about, held, topicArn);
      const fix = SUBSCRIBE[kind](topicArn);
      return isNobodyTold && kind === 'findings'
        ? bad(about, 'nobody subscribed to any topic: nobody is told of anything', fix)
        : off(about, 'nobody subscribed', fix);
    });
  });
}

function judgeSubscriptions(
  about: About,
  subscriptions: readonly Subscription[],
  topicArn: string,
): Checkup {
  const pending = subscriptions.filter(({ SubscriptionArn }) => SubscriptionArn === PENDING);
  const all = counted(subscriptions.length, 'subscription');
  const [first] = pending;
  if (first === undefined) return good(about, `${all}, confirmed`);
  // The addresses of webhooks are secrets.
  const [endpoint = '', ...others] = pending.map(({ Endpoint = '' }) => redact(Endpoint));
  return bad(
    about,
    `${pending.length} of ${all} not confirmed: ${nameSome([endpoint, ...others], MOST_NAMES)}`,
    `follow the link in AWS's message; to have it sent again: aws sns subscribe --topic-arn ${topicArn} --protocol ${first.Protocol} --notification-endpoint ${shellWord(endpoint)}`,
  );
}

const SUBSCRIBE = {
  findings: (topicArn: string) =>
    `aws sns subscribe --topic-arn ${topicArn} --protocol email --notification-endpoint ADDRESS, or npx cdk deploy -c alertEmails=ADDRESS`,
  chat: () => 'npx cdk deploy -c slackWorkspaceId=ID -c slackChannelId=ID',
};
