import type { ChangeEvent, ChangeKind } from '../../functions/core/change-event.ts';
import type { Order } from '../../functions/core/order.ts';
import type { FunctionSnapshot } from '../../functions/core/snapshot.ts';
import type { Agenda } from './chaos-agenda.ts';
import type { Happenings } from './chaos-happenings.ts';
import type { Ledger } from './chaos-ledger.ts';
import type { Random } from './chaos-random.ts';
import { claimOf } from './drilled-people.ts';
import type { FakeWorld } from './fakes.ts';

/** What no log, record or notice may hold. */
export const SECRET = 'hunter2-d41d8cd98f00b204';

/** What an environment, a code location and a record of CloudTrail hold beside what is asked for. */
export const SECRETS = {
  environment: { TOKEN: SECRET },
  codeLocation: `https://example.com/${SECRET}`,
};

/** What AWS around the functions is made of. */
export interface AccountParts {
  readonly world: FakeWorld;
  readonly agenda: Agenda;
  readonly random: Random;
  readonly happenings: Happenings;
  readonly ledger: Ledger;
  readonly send: (order: Order, delayMs: number) => void;
  /** False once everything has to end well. */
  readonly isRough: () => boolean;
}

const SLOW_WORK_MS = 400_000;

/** AWS works on a function for a while; now and then for long, or in vain. */
export function createWork(parts: AccountParts): (functionArn: string) => void {
  const { world, agenda, random, happenings, isRough } = parts;
  const works = new Map<string, number>();
  let begun = 0;
  return (functionArn) => {
    begun += 1;
    const work = begun;
    works.set(functionArn, work);
    const isSlow = isRough() && random.chance(0.02);
    const isInVain = isRough() && random.chance(0.05);
    if (isSlow) happenings.count('slow update');
    agenda.after(isSlow ? SLOW_WORK_MS : random.between(3_000, 40_000), () => {
      const snapshot = world.snapshots.get(functionArn);
      if (works.get(functionArn) !== work || snapshot === undefined) return;
      finish(snapshot, isInVain, parts);
    });
  };
}

/** An update may fail: AWS names what was asked for, and runs what it ran before. */
function finish(
  { functionArn, lastUpdateStatus }: FunctionSnapshot,
  isInVain: boolean,
  { world, ledger, happenings }: AccountParts,
): void {
  world.settle(functionArn);
  const settled = world.snapshots.get(functionArn);
  const truth = ledger.truths.get(functionArn);
  if (settled === undefined || truth === undefined) return;
  if (lastUpdateStatus !== 'InProgress' || !isInVain) {
    truth.runs = settled.attachment;
    return;
  }
  happenings.count('failed update');
  const failed = { lastUpdateStatus: 'Failed', lastUpdateStatusReasonCode: 'InternalError' };
  world.snapshots.set(functionArn, { ...settled, ...failed });
}

/** Tells CloudTrail of a call. */
export type Trail = (
  kind: ChangeKind,
  by: string,
  snapshot: FunctionSnapshot,
  given?: Partial<ChangeEvent>,
) => void;

/** CloudTrail and EventBridge: late, in any order, twice, or never. */
export function createTrail(parts: AccountParts): Trail {
  let events = 0;
  return (kind, by, snapshot, given = {}) => {
    events += 1;
    const { functionArn } = snapshot;
    const change: ChangeEvent = {
      eventId: `event-${events}`,
      eventName: kind,
      kind,
      eventTimeMs: Math.floor(parts.world.clock.nowMs / 1000) * 1000,
      functionArn,
      actor: { principalArn: by },
      isAttachmentRequested: false,
      ...(kind === 'create' || kind === 'configuration' ? claimOf(snapshot) : {}),
      ...given,
      ...SECRETS,
    };
    deliver({ functionArn, change, hops: 0, wake: false }, parts);
  };
}

function deliver(order: Order, { random, happenings, send, isRough }: AccountParts): void {
  if (isRough() && random.chance(0.02)) {
    happenings.count('lost event');
    return;
  }
  const isLate = random.chance(0.1);
  const delayMs = isLate ? random.between(20_000, 90_000) : random.between(800, 9_000);
  send(order, delayMs);
  if (!random.chance(0.08)) return;
  happenings.count('duplicate message');
  send(order, delayMs + random.between(0, random.chance(0.6) ? 400 : 60_000));
}
