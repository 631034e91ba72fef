import type { ChangeEvent } from '../../functions/core/change-event.ts';
import type { Order } from '../../functions/core/order.ts';
import { isInFlight } from '../../functions/core/snapshot.ts';
import type { Ports } from '../../functions/workflows/ports.ts';
import { ARN, DEPLOYER, snapshotOf } from './builders.ts';
import { createObstacles } from './drilled-obstacles.ts';
import { claimOf, createDrilledPeople, type DrilledFunction, present } from './drilled-people.ts';
import type { FakeWorld } from './fakes.ts';

/** The role that the guardrail calls AWS with. */
export const OWN_ROLE = 'arn:aws:iam::123456789012:role/guardrail-enforce';

const TRAIL_DELAY_MS = 3_000;

/** A message in the queue. */
export interface Message {
  readonly order: Order;
  /** What happens instead of a look at the function. */
  readonly act?: () => Promise<void> | void;
  dueMs: number;
  receives: number;
}

/** AWS around the fakes: calls by people, updates that take time, and CloudTrail. */
export function createDrilledAws(world: FakeWorld) {
  const { clock, snapshots } = world;
  const messages: Message[] = [];
  const calls = { people: 0, own: 0, revisions: 0 };
  const obstacles = createObstacles(world);
  const tell: DrilledFunction['tell'] = (kind, by, given = {}) => {
    const who = by === OWN_ROLE ? 'own' : 'people';
    calls[who] += 1;
    const change: ChangeEvent = {
      eventId: `${who}-${calls[who]}`,
      eventName: kind,
      kind,
      eventTimeMs: Math.floor(clock.nowMs / 1000) * 1000,
      functionArn: ARN,
      actor: { principalArn: by },
      isAttachmentRequested: false,
      ...given,
    };
    const order: Order = { functionArn: ARN, change, hops: 0, wake: false };
    messages.push({ order, dueMs: clock.nowMs + TRAIL_DELAY_MS, receives: 0 });
  };
  const change: DrilledFunction['change'] = (to) => {
    const changed = { ...(snapshots.get(ARN) ?? snapshotOf()), ...to };
    calls.revisions += 1;
    snapshots.set(ARN, { ...changed, revisionId: `by-people-${calls.revisions}` });
    if (isInFlight(changed)) obstacles.beginWork(DEPLOYER);
    return changed;
  };
  return {
    messages,
    obstacles,
    settleWhatIsDue: obstacles.settleWhatIsDue,
    people: createDrilledPeople(world, { tell, change }),
    ports: obstacles.inTheWay({
      ...world.ports,
      attach: async (functionArn, attachment, revisionId) => {
        const outcome = await world.ports.attach(functionArn, attachment, revisionId);
        if (outcome.status !== 'done') return outcome;
        obstacles.beginWork(OWN_ROLE);
        const changed = present(snapshots.get(ARN));
        tell('configuration', OWN_ROLE, { isAttachmentRequested: true, ...claimOf(changed) });
        return outcome;
      },
      reserveConcurrency: async (functionArn, reservedConcurrency) => {
        const outcome = await world.ports.reserveConcurrency(functionArn, reservedConcurrency);
        if (outcome.status === 'done') tell('concurrency', OWN_ROLE);
        return outcome;
      },
      wake: async (functionArn) => {
        obstacles.beginWork(OWN_ROLE);
        return world.ports.wake(functionArn);
      },
    } satisfies Ports),
  };
}
