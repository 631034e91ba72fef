import type { EventBridge } from '@aws-sdk/client-eventbridge';
import { refused } from './watched-service.ts';

const EventPattern = '{"source":["orders"]}';
const EVENT = { Source: 'orders', DetailType: 'Order', Detail: '{}' };
const ENVELOPE = {
  id: '1',
  'detail-type': 'Order',
  source: 'orders',
  account: '123456789012',
  time: '2026-11-22T10:00:00Z',
  region: 'us-east-1',
  resources: [],
};

/** Rules, their targets and events on the default bus. */
export async function walkEvents(events: EventBridge): Promise<void> {
  const { RuleArn } = await events.putRule({
    Name: 'orders',
    EventPattern,
    Description: 'of orders',
    RoleArn: 'arn:aws:iam::123456789012:role/lambda-role',
    Tags: [{ Key: 'team', Value: 'payments' }],
  });
  await walkRules(events, RuleArn);
  await walkTargets(events);
  await events.putEvents({ Entries: [EVENT, { ...EVENT, Detail: 'no JSON' }] });
  await events.testEventPattern({ EventPattern, Event: JSON.stringify(ENVELOPE) });
  await refused(events.testEventPattern({ EventPattern: '{', Event: '{}' }));
  await events.deleteRule({ Name: 'refunds' });
  await fillBus(events);
}

async function walkRules(events: EventBridge, RuleArn: string | undefined): Promise<void> {
  await events.putRule({ Name: 'refunds', EventPattern });
  await events.disableRule({ Name: 'orders' });
  await events.enableRule({ Name: 'orders' });
  await events.describeRule({ Name: 'orders' });
  await events.listRules({ Limit: 1 });
  await events.listTagsForResource({ ResourceARN: RuleArn });
  const elsewhere = { EventBusName: 'none' };
  await refused(
    events.putRule({ Name: 'other', EventPattern: '{' }),
    events.putRule({ Name: 'other', EventPattern, ...elsewhere }),
    events.deleteRule({ Name: 'orders', ...elsewhere }),
    events.enableRule({ Name: 'none' }),
    events.disableRule({ Name: 'none' }),
    events.describeRule({ Name: 'none' }),
    events.listRules(elsewhere),
    events.listTagsForResource({ ResourceARN: `${RuleArn}-none` }),
  );
}

async function walkTargets(events: EventBridge): Promise<void> {
  const Arn = 'arn:aws:sqs:us-east-1:123456789012:orders';
  const whole = {
    Arn,
    Input: '{}',
    RoleArn: 'arn:aws:iam::123456789012:role/lambda-role',
    RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 60 },
    DeadLetterConfig: { Arn },
  };
  const Targets = ['1', '2', '3', '4', '5'].map((Id) => ({ Id, ...whole }));
  await events.putTargets({ Rule: 'orders', Targets });
  await events.listTargetsByRule({ Rule: 'orders', Limit: 1 });
  await refused(
    events.putTargets({ Rule: 'orders', Targets: [{ Id: '6', Arn }] }),
    events.putTargets({ Rule: 'none', Targets }),
    events.listTargetsByRule({ Rule: 'none' }),
    events.removeTargets({ Rule: 'none', Ids: ['1'] }),
  );
  await events.removeTargets({ Rule: 'orders', Ids: ['1', 'none'] });
}

async function fillBus(events: EventBridge): Promise<void> {
  const names = [...Array(299).keys()].map((index) => `rule-${index}`);
  await Promise.all(names.map((Name) => events.putRule({ Name, EventPattern })));
  await refused(events.putRule({ Name: 'one-too-many', EventPattern }));
}
