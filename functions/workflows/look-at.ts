import type { Look } from '../core/look.ts';
import { observe } from '../core/observe.ts';
import type { Order } from '../core/order.ts';
import { lowerMode } from '../core/policy.ts';
import type { FunctionRecord } from '../core/record.ts';
import type { FunctionSnapshot } from '../core/snapshot.ts';
import { judge } from './judge.ts';
import type { Settings } from './settings.ts';

/** What was read of a function, and what asked for it. */
interface Seen {
  readonly known: FunctionRecord;
  readonly snapshot: FunctionSnapshot;
  readonly order: Pick<Order, 'change' | 'hops' | 'wake' | 'mode'>;
  readonly nowMs: number;
}

/** Puts together what a decision rests on. */
export function lookAt({ known, snapshot, order, nowMs }: Seen, settings: Settings): Look {
  const { policy, deployment } = settings;
  const { change } = order;
  const { record, ...how } = observe(known, {
    snapshot,
    nowMs,
    ownRoleArns: deployment.ownRoleArns,
    ...(change === undefined ? {} : { change }),
  });
  return {
    snapshot,
    findings: judge(snapshot, record.current, settings),
    known,
    record,
    ...how,
    policy,
    mode: lowerMode(policy.mode, order.mode),
    nowMs,
    hops: order.hops,
    isWakeRequested: order.wake,
  };
}

/** Adds where a revert may go to: the baseline, judged by today's policy. */
export function withTarget(look: Look, missing: readonly string[], settings: Settings): Look {
  const { baseline: origin } = look.record;
  if (origin === undefined) return look;
  return { ...look, target: { origin, missing, findings: judge(look.snapshot, origin, settings) } };
}
