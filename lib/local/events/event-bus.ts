import { randomUUID } from 'node:crypto';
import type { RuleState, Target } from '@aws-sdk/client-eventbridge';
import type { AccountCore } from '../account-core.ts';
import type { TrailRecord } from '../journal.ts';
import type { AccountQueues } from '../sqs/account-queues.ts';
import type { Given } from '../wire/given.ts';
import type { EventTest } from './event-pattern.ts';
import { sendToTarget } from './send-to-target.ts';
import { PERFECT_TRAIL, type TrailDelivery } from './trail-delivery.ts';

/** A target as a rule holds it. */
export type RuleTarget = Given<Target, 'Id' | 'Arn'>;

/** A rule. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly pattern: string;
  readonly matches: EventTest;
  readonly state: RuleState;
  readonly description?: string;
  readonly roleArn?: string;
  readonly targets: Map<string, RuleTarget>;
  readonly tags: Map<string, string>;
}

/** An event as EventBridge carries it. */
export interface EventEnvelope {
  readonly version: string;
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** The default event bus of the account. */
export interface EventBus {
  readonly arn: string;
  readonly rules: Map<string, Rule>;
  /** Sends an event to the targets of every rule that it matches; answers the ARNs of those rules. */
  readonly deliver: (event: EventEnvelope) => readonly string[];
}

/** AWS: EventBridge leaves out calls that only read. */
const READS = /^(List|Get|Describe)/;

/** Creates the default event bus: CloudTrail's records reach it where a trail logs them, as the delivery says. */
export function createEventBus(
  core: AccountCore,
  {
    queues,
    trail = { next: () => [PERFECT_TRAIL.delayMs] },
    isLogged = () => true,
  }: {
    readonly queues: AccountQueues;
    readonly trail?: Pick<TrailDelivery, 'next'>;
    /** Whether any trail logs a record: EventBridge gets no other. Default: one does. */
    readonly isLogged?: (record: TrailRecord) => boolean;
  },
): EventBus {
  const rules = new Map<string, Rule>();
  const deliver = (event: EventEnvelope) => {
    const matching = [...rules.values()].filter(
      ({ state, matches }) => state !== 'DISABLED' && matches(event),
    );
    for (const rule of matching) {
      for (const target of rule.targets.values()) sendToTarget(queues, { rule, target, event });
    }
    return matching.map(({ arn }) => arn);
  };
  core.trailListeners.push((record) => {
    if (READS.test(record.eventName) || !isLogged(record)) return;
    for (const delayMs of trail.next()) {
      core.clock.after(delayMs, () => deliver(toEnvelope(core, record)));
    }
  });
  return {
    arn: `arn:aws:events:${core.region}:${core.accountId}:event-bus/default`,
    rules,
    deliver,
  };
}

/** Wraps a CloudTrail record as EventBridge does. */
export function toEnvelope(
  { accountId, region }: Pick<AccountCore, 'accountId' | 'region'>,
  record: TrailRecord,
): EventEnvelope {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${String(record['eventSource']).split('.')[0]}`,
    account: accountId,
    time: record.eventTime,
    region,
    resources: [],
    detail: record,
  };
}
