import { type Decision, decide } from '../core/decide.ts';
import type { Look } from '../core/look.ts';
import { type FunctionRecord, isSameRecord } from '../core/record.ts';
import { isAttach } from '../core/remediation.ts';
import { type Carried, carryOut } from './carry-out.ts';
import type { Outcome } from './outcome.ts';
import type { Ports } from './ports.ts';

/** What a look came to, for its log line. */
type Concluded = Pick<
  Outcome,
  'remediation' | 'reason' | 'remediationId' | 'recheckAfterSeconds' | 'error'
>;

/** What is known after a look, and when the next one is due. */
type Conclusion = Pick<Decision, 'record' | 'recheckAfterSeconds'>;

/** A delayed look that is due this soon may be the one that is under way. */
const CLOCK_SKEW_MS = 2_000;

/** Decides on a look, does what was decided, tells people, and writes down what is known then. */
export async function enforceLook(look: Look, ports: Ports): Promise<Concluded> {
  const decision = decide(look);
  const { intended, remediation } = decision;
  const { kind, reason } = remediation;
  if (intended === undefined) {
    const recheck = await conclude(look, decision, ports);
    return { remediation: kind, reason, ...recheck };
  }
  const carried = await carryOut(intended, look, ports);
  const { status, record, error } = carried;
  if (status === 'refused' && isAttach(remediation)) {
    // INVARIANT: a refused target is never chosen again, so this ends with the next remediation.
    return enforceLook({ ...look, record }, ports);
  }
  return {
    remediation: status === 'withheld' ? status : kind,
    reason,
    remediationId: intended.intent.remediationId,
    ...(error === undefined ? {} : { error }),
    ...(await conclude(look, { record, ...recheckOf(decision, carried) }, ports)),
  };
}

/** What is withheld or refused for good waits for an operator, and a release that is done for nothing. */
function recheckOf(
  { remediation: { kind }, recheckAfterSeconds }: Decision,
  { status }: Carried,
): Omit<Conclusion, 'record'> {
  const isOver =
    status === 'withheld' ||
    (status === 'refused' && kind !== 'release') ||
    (status === 'done' && kind === 'release');
  return isOver || recheckAfterSeconds === undefined ? {} : { recheckAfterSeconds };
}

/**
 * Writes down what is to be told, publishes it, and then notes that it was.
 *
 * In this order two handlers do not tell the same, and a crash tells twice rather than never.
 */
export async function conclude(
  look: Look,
  concluded: Conclusion,
  ports: Ports,
): Promise<Omit<Conclusion, 'record'>> {
  const { recheckAfterSeconds } = concluded;
  const record = await claimNotices(concluded.record, look, ports);
  for (const notice of record.outbox) await ports.publish(notice);
  const recheckAtMs =
    recheckAfterSeconds === undefined
      ? record.recheckAtMs
      : await scheduleRecheck(look, recheckAfterSeconds, ports);
  await writeWhatIsNew({ ...record, outbox: [], recheckAtMs }, look, ports);
  return recheckAfterSeconds === undefined ? {} : { recheckAfterSeconds };
}

/** Who wrote the record in this look already has them to itself. */
async function claimNotices(
  record: FunctionRecord,
  { known }: Look,
  ports: Ports,
): Promise<FunctionRecord> {
  const isClaimed = record.version !== known.version;
  if (isClaimed || record.outbox.length === known.outbox.length) return record;
  return ports.writeRecord(record);
}

async function writeWhatIsNew(record: FunctionRecord, { known }: Look, ports: Ports) {
  if (isSameRecord(record, known)) return;
  await ports.writeRecord(record);
}

/** Enqueues the next look, unless one is due by then already; answers when one is due. */
async function scheduleRecheck(
  { known, policy, mode, nowMs, hops }: Look,
  delaySeconds: number,
  ports: Ports,
): Promise<number> {
  const { functionArn, recheckAtMs } = known;
  const dueMs = nowMs + delaySeconds * 1000;
  if (recheckAtMs > nowMs + CLOCK_SKEW_MS && recheckAtMs <= dueMs) return recheckAtMs;
  // INVARIANT: a look in a lowered mode starts no chain, for others would rely on it to act.
  if (mode !== policy.mode) return recheckAtMs;
  await ports.enqueue({ functionArn, hops: hops + 1, wake: false }, delaySeconds);
  return dueMs;
}
