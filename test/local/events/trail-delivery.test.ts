import { CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { createTrailDelivery, type TrailRules } from '../../../lib/local/events/trail-delivery.ts';
import { startFullAccount } from '../full-account.ts';

const INBOX = 'arn:aws:sqs:us-east-1:123456789012:inbox';
const ANYBODY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: INBOX }],
});

interface Envelope {
  readonly id: string;
  readonly detail: { readonly eventID: string };
}

function deliver(count: number, rules: Partial<TrailRules>, seed = 1) {
  const trail = createTrailDelivery(seed, rules);
  return { trail, delays: Array.from({ length: count }, () => trail.next()) };
}

describe('createTrailDelivery', () => {
  it('delivers every record once, after two seconds', () => {
    const { trail, delays } = deliver(3, {});

    expect(delays).toEqual([[2000], [2000], [2000]]);
    expect(trail.describe()).toEqual({ delivered: 3, twice: 0, lost: 0 });
  });

  it('spreads records, so that they overtake each other', () => {
    const { delays } = deliver(50, { delayMs: 1000, spreadMs: 60_000 });

    const flat = delays.flat();
    expect(Math.min(...flat)).toBeGreaterThanOrEqual(1000);
    expect(Math.max(...flat)).toBeLessThanOrEqual(61_000);
    expect(flat).not.toEqual(flat.toSorted((one, other) => one - other));
  });

  it('loses and doubles about as many as it is told to', () => {
    const { trail } = deliver(2000, { duplicates: 0.25, losses: 0.1 });

    const { delivered, twice, lost } = trail.describe();
    expect(delivered + lost).toBe(2000);
    expect(lost).toBeGreaterThan(150);
    expect(lost).toBeLessThan(250);
    expect(twice / delivered).toBeCloseTo(0.25, 1);
  });

  it.each([
    [{ losses: 1 }, []],
    [{ duplicates: 1 }, [2000, 2000]],
  ])('does with %j what is certain', (rules, delays) => {
    expect(deliver(1, rules).delays).toEqual([delays]);
  });

  it('does the same again with the same seed, and something else with another', () => {
    const rules = { spreadMs: 1000, duplicates: 0.3, losses: 0.3 };

    expect(deliver(50, rules, 3).delays).toEqual(deliver(50, rules, 3).delays);
    expect(deliver(50, rules, 3).delays).not.toEqual(deliver(50, rules, 4).delays);
  });

  it('changes what it is told to, and keeps the rest', () => {
    const { trail } = deliver(0, { delayMs: 5 });

    trail.change({ losses: 1 });

    expect(trail.rules()).toEqual({ delayMs: 5, spreadMs: 0, duplicates: 0, losses: 1 });
    expect(trail.next()).toEqual([]);
  });
});

describe('CloudTrail that is not at its best', () => {
  const CALLS = 12;
  /** Makes some calls that a rule tells a queue of; answers the event ids that were made, and what the queue has. */
  const told = async (rules: Partial<TrailRules>) => {
    const account = await startFullAccount({ trail: rules, seed: 5 });
    const [events, ec2, sqs] = [
      new EventBridgeClient(account.settings()),
      new EC2Client(account.settings()),
      new SQSClient(account.settings()),
    ];
    await sqs.send(new CreateQueueCommand({ QueueName: 'inbox', Attributes: { Policy: ANYBODY } }));
    const EventPattern = '{"detail":{"eventName":["CreateVpc"]}}';
    await events.send(new PutRuleCommand({ Name: 'calls', EventPattern }));
    const Targets = [{ Id: 'inbox', Arn: INBOX }];
    await events.send(new PutTargetsCommand({ Rule: 'calls', Targets }));
    for (let index = 0; index < CALLS; index += 1) {
      await ec2.send(new CreateVpcCommand({ CidrBlock: `10.${index}.0.0/16` }));
      await account.advance(1000);
    }
    await account.advance(120_000);
    for (const client of [events, ec2, sqs]) client.destroy();
    await account.close();
    const envelopes = account.queues.peek(INBOX).map(({ body }) => JSON.parse(body) as Envelope);
    return {
      made: account.records('CreateVpc').map(({ eventID }) => String(eventID)),
      eventIds: envelopes.map(({ detail }) => detail.eventID),
      envelopeIds: new Set(envelopes.map(({ id }) => id)),
    };
  };

  it('tells twice under one event id, each time in an envelope of its own', async () => {
    const { made, eventIds, envelopeIds } = await told({ duplicates: 1 });

    expect(eventIds).toHaveLength(2 * CALLS);
    expect(new Set(eventIds)).toEqual(new Set(made));
    expect(envelopeIds.size).toBe(2 * CALLS);
  });

  it('loses some, and those that come overtake each other', async () => {
    const { made, eventIds } = await told({ losses: 0.3, spreadMs: 60_000 });

    expect(eventIds.length).toBeGreaterThan(0);
    expect(eventIds.length).toBeLessThan(CALLS);
    expect(eventIds).not.toEqual(made.filter((id) => eventIds.includes(id)));
  });
});
