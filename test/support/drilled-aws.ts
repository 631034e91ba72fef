import { type Attachment, isDetached } from '../../functions/core/attachment.ts';
import type { ChangeEvent, ChangeKind } from '../../functions/core/change-event.ts';
import type { Order } from '../../functions/core/order.ts';
import { type FunctionSnapshot, isInFlight } from '../../functions/core/snapshot.ts';
import type { Ports } from '../../functions/workflows/ports.ts';
import { ARN, DEPLOYER, snapshotOf } from './builders.ts';
import type { FakeWorld } from './fakes.ts';

/** The role that the guardrail calls AWS with. */
export const OWN_ROLE = 'arn:aws:iam::123456789012:role/guardrail-enforce';

const TRAIL_DELAY_MS = 3_000;
const UPDATE_MS = 20_000;

/** A message in the queue. */
export interface Message {
  readonly order: Order;
  dueMs: number;
  receives: number;
}

/** AWS around the fakes: calls by people, updates that take time, and CloudTrail. */
export function createDrilledAws(world: FakeWorld) {
  const { clock, snapshots } = world;
  const messages: Message[] = [];
  const calls = { people: 0, own: 0, revisions: 0 };
  let settlesAtMs = Number.POSITIVE_INFINITY;
  const tell = (kind: ChangeKind, by: string, given: Partial<ChangeEvent> = {}): void => {
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
  const change = (to: Partial<FunctionSnapshot>): FunctionSnapshot => {
    const changed = { ...(snapshots.get(ARN) ?? snapshotOf()), ...to };
    calls.revisions += 1;
    snapshots.set(ARN, { ...changed, revisionId: `by-people-${calls.revisions}` });
    if (isInFlight(changed)) settlesAtMs = clock.nowMs + UPDATE_MS;
    return changed;
  };
  const claimOf = ({ attachment, role, revisionId }: FunctionSnapshot): Partial<ChangeEvent> =>
    isDetached(attachment) ? {} : { claim: { attachment, role, revisionId } };
  return {
    messages,
    settleWhatIsDue: (): void => {
      if (clock.nowMs < settlesAtMs) return;
      settlesAtMs = Number.POSITIVE_INFINITY;
      world.settle(ARN);
    },
    people: {
      create: (attachment: Attachment, by = DEPLOYER): void => {
        const { lastUpdateStatus, ...created } = snapshotOf({ attachment, state: 'Pending' });
        snapshots.set(ARN, created);
        tell('create', by, claimOf(change({ state: 'Pending' })));
      },
      update: (attachment: Attachment, by = DEPLOYER): void => {
        const changed = change({ attachment, lastUpdateStatus: 'InProgress' });
        tell('configuration', by, { isAttachmentRequested: true, ...claimOf(changed) });
      },
      tweak: (): void => tell('configuration', DEPLOYER, claimOf(change({}))),
      reserve: (reservedConcurrency: number | undefined): void => {
        const { reservedConcurrency: _, ...unreserved } = present(snapshots.get(ARN));
        snapshots.set(ARN, {
          ...unreserved,
          ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
        });
        tell('concurrency', DEPLOYER);
      },
      tag: (tags: Readonly<Record<string, string>>, by = DEPLOYER): void => {
        change({ tags: { ...present(snapshots.get(ARN)).tags, ...tags } });
        tell('tags', by, { tags });
      },
      fallIdle: (): void => {
        const { lastUpdateStatus: _, ...active } = present(snapshots.get(ARN));
        snapshots.set(ARN, { ...active, state: 'Inactive', stateReasonCode: 'Idle' });
      },
      remove: (): void => {
        snapshots.delete(ARN);
        tell('delete', DEPLOYER);
      },
    },
    ports: {
      ...world.ports,
      attach: async (functionArn, attachment, revisionId) => {
        const outcome = await world.ports.attach(functionArn, attachment, revisionId);
        if (outcome.status !== 'done') return outcome;
        settlesAtMs = clock.nowMs + UPDATE_MS;
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
        settlesAtMs = clock.nowMs + UPDATE_MS;
        return world.ports.wake(functionArn);
      },
    } satisfies Ports,
  };
}

/** A value that has to be there. */
export function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('there is none');
  return value;
}
