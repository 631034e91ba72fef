import { randomUUID } from 'node:crypto';
import type { AccountCore } from './account-core.ts';
import type { EventEnvelope } from './events/event-bus.ts';
import type { TrailRules } from './events/trail-delivery.ts';
import { type Answer, bad, isObject, ok, type Route, type Steered } from './steering-route.ts';

/** How CloudTrail's records come to the event bus, and events that come from elsewhere. */
export const TRAIL_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/_local/events',
    about: 'delivers an EventBridge envelope, such as a record from elsewhere',
    answer: (steered, { body }) => deliver(steered, body),
  },
  {
    method: 'GET',
    path: '/_local/trail',
    about: "how CloudTrail's records come to EventBridge, and what became of them",
    answer: (steered) => ok(describeTrail(steered)),
  },
  {
    method: 'POST',
    path: '/_local/trail',
    about:
      'changes that: {"delaySeconds": 2, "spreadSeconds": 30, "duplicates": 0.1, "losses": 0.01}',
    answer: (steered, { body }) => changeTrail(steered, body),
  },
];

async function deliver({ core, bus }: Steered, body: unknown): Promise<Answer> {
  const envelope = parseEnvelope(core, body);
  if (envelope === undefined) {
    return bad('expected an event with `source`, `detail-type` and `detail`');
  }
  const matched = bus.deliver(envelope);
  await core.clock.settle();
  return ok({ matchedRules: matched });
}

/** What an event lacks of its envelope is as if it happened here and now. */
function parseEnvelope(core: AccountCore, body: unknown): EventEnvelope | undefined {
  if (!isObject(body) || !isObject(body['detail'])) return undefined;
  const { source, 'detail-type': detailType } = body;
  if (typeof source !== 'string' || typeof detailType !== 'string') return undefined;
  return {
    version: '0',
    id: randomUUID(),
    account: core.accountId,
    time: `${new Date(core.clock.nowMs()).toISOString().slice(0, 19)}Z`,
    region: core.region,
    resources: [],
    ...body,
    detail: body['detail'],
    source,
    'detail-type': detailType,
  };
}

function describeTrail({ trail }: Steered) {
  const { delayMs, spreadMs, duplicates, losses } = trail.rules();
  return {
    delaySeconds: delayMs / 1000,
    spreadSeconds: spreadMs / 1000,
    duplicates,
    losses,
    records: trail.describe(),
  };
}

interface Member {
  readonly name: keyof TrailRules;
  readonly times: number;
  readonly most: number;
}

const MEMBERS: Readonly<Record<string, Member>> = {
  delaySeconds: { name: 'delayMs', times: 1000, most: 86_400 },
  spreadSeconds: { name: 'spreadMs', times: 1000, most: 86_400 },
  duplicates: { name: 'duplicates', times: 1, most: 1 },
  losses: { name: 'losses', times: 1, most: 1 },
};

function changeTrail(steered: Steered, body: unknown): Answer {
  const entries = isObject(body) ? Object.entries(body) : [];
  const changes = entries.map(([name, value]) => toChange(MEMBERS[name], value));
  const good = changes.filter((change) => change !== undefined);
  if (good.length === 0 || good.length < changes.length) {
    return bad(
      'expected some of delaySeconds and spreadSeconds (0 to 86400), duplicates and losses (0 to 1)',
    );
  }
  steered.trail.change(Object.fromEntries(good));
  return ok(describeTrail(steered));
}

function toChange(
  member: Member | undefined,
  value: unknown,
): readonly [keyof TrailRules, number] | undefined {
  if (member === undefined || typeof value !== 'number') return undefined;
  if (value < 0 || value > member.most) return undefined;
  return [member.name, value * member.times];
}
