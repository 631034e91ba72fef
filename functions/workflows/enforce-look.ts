import { type Decision, decide } from '../core/decide.ts';
import type { Look } from '../core/look.ts';
import type { FunctionRecord } from '../core/record.ts';
import { isActing } from '../core/remediation.ts';
import { type Carried, carryOut } from './carry-out.ts';
import type { Outcome } from './outcome.ts';
import type { Ports } from './ports.ts';

/** What a look came to, for its log line. */
type Concluded = Pick<
  Outcome,
  'remediation' | 'reason' | 'remediationId' | 'recheckAfterSeconds' | 'error'
>;

/** A look, what was decided on it, and what is known after it. */
interface Conclusion {
  readonly look: Look;
  readonly decision: Decision;
  readonly record: FunctionRecord;
}

/** Decides on a look, does what was decided, tells people, and writes down what is known then. */
export async function enforceLook(look: Look, ports: Ports): Promise<Concluded> {
  const decision = decide(look);
  const { intent } = decision.record;
  if (!isActing(decision.remediation) || intent === undefined) {
    return conclude({ look, decision, record: decision.record }, ports);
  }
  const carried = await carryOut({ ...decision.record, intent }, look, ports);
  if (carried.status === 'refused' && decision.remediation.kind === 'revert') {
    // INVARIANT: a refused target is never chosen again, so this ends with the next remediation.
    return enforceLook({ ...look, record: carried.record }, ports);
  }
  const { remediationId } = intent;
  return {
    ...(await conclude({ look, decision, record: carried.record }, ports)),
    remediationId,
    ...described(carried),
  };
}

function described({
  status,
  error,
}: Carried): Pick<Concluded, 'error'> & { remediation?: string } {
  return {
    ...(status === 'withheld' ? { remediation: 'withheld' } : {}),
    ...(error === undefined ? {} : { error }),
  };
}

/**
 * Publishes what is to be told and then writes the record.
 *
 * In this order a crash tells twice rather than never.
 */
export async function conclude(from: Conclusion, ports: Ports): Promise<Concluded> {
  const { look, decision, record } = from;
  for (const notice of record.outbox) await ports.publish(notice);
  const recheck = await scheduleRecheck(from, ports);
  const written = { ...record, outbox: [], ...recheck };
  if (!isSame(written, look.known)) await ports.writeRecord(written);
  const { kind, reason } = decision.remediation;
  return {
    remediation: kind,
    reason,
    ...(decision.recheckAfterSeconds === undefined
      ? {}
      : { recheckAfterSeconds: decision.recheckAfterSeconds }),
  };
}

/** Enqueues the next look, unless one is due by then already. */
async function scheduleRecheck(
  { look, decision, record }: Conclusion,
  ports: Ports,
): Promise<{ readonly recheckAtMs?: number }> {
  const { recheckAfterSeconds: delay } = decision;
  if (delay === undefined || decision.remediation.kind === 'release') return {};
  const dueMs = look.nowMs + delay * 1000;
  const isDue = record.recheckAtMs > look.nowMs && record.recheckAtMs <= dueMs;
  if (isDue) return {};
  const { functionArn } = record;
  await ports.enqueue({ functionArn, hops: look.hops + 1, wake: false }, delay);
  return { recheckAtMs: dueMs };
}

function isSame(left: FunctionRecord, right: FunctionRecord): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
