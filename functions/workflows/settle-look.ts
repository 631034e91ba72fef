import { isCounted } from '../core/breaker.ts';
import type { Decision } from '../core/decide.ts';
import { GuardrailError } from '../core/guardrail-error.ts';
import type { Look } from '../core/look.ts';
import type { Order } from '../core/order.ts';
import { type FunctionRecord, isSameRecord } from '../core/record.ts';
import { keepHistory } from './keep-history.ts';
import type { Sweep } from './sweep-functions.ts';
import type { SweepPorts } from './sweep-ports.ts';

/**
 * Enqueues what enforcement has to do, and writes down what only has to be known.
 *
 * A violation that nothing is done about is told by the digest, so its own notice is left out here.
 */
export async function settleLook(
  look: Look,
  decision: Decision,
  { request, gate }: Sweep,
  ports: SweepPorts,
): Promise<void> {
  const { known, nowMs } = look;
  const { record, intended, recheckAfterSeconds } = decision;
  const isNews = !isSameRecord(record, withJudgement(known, record));
  const isWaiting = recheckAfterSeconds !== undefined && (isNews || known.recheckAtMs <= nowMs);
  if (intended !== undefined || isWaiting || isToBeTold(known, record)) {
    return gate.send(orderOf(look, request), intended !== undefined && isCounted(intended));
  }
  if (!isNews) return;
  try {
    await ports.writeRecord(await keepHistory({ ...record, outbox: [] }, ports));
  } catch (error) {
    if (!(error instanceof GuardrailError && error.code === 'RECORD_STALE')) throw error;
    // Another handler works on it: it is looked at once more, with what is known then.
    await gate.send(orderOf(look, request), false);
  }
}

function orderOf({ snapshot: { functionArn } }: Look, { mode, wake }: Sweep['request']): Order {
  const order = { functionArn, hops: 0, wake, isThorough: true } as const;
  return mode === undefined ? order : { ...order, mode };
}

/** What somebody else has left to be told is not the digest's. */
function isToBeTold(known: FunctionRecord, { outbox }: FunctionRecord): boolean {
  return known.outbox.length > 0 || outbox.some(({ kind }) => kind !== 'violation');
}

/** A new policy that finds nothing either is no news: the next event notes it. */
function withJudgement(
  { judgedBy: _, ...known }: FunctionRecord,
  { judgedBy }: FunctionRecord,
): FunctionRecord {
  return judgedBy === undefined ? known : { ...known, judgedBy };
}
