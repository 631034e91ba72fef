import { type Decision, decide } from '../core/decide.ts';
import type { Look } from '../core/look.ts';
import type { Order } from '../core/order.ts';
import { type FunctionRecord, isSameRecord } from '../core/record.ts';
import { isAttach } from '../core/remediation.ts';
import { type Carried, carryOut } from './carry-out.ts';
import { keepHistory } from './keep-history.ts';
import type { Outcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import { tellPeople } from './tell-people.ts';

/** What a look came to, for its log line. */
type Concluded = Pick<
  Outcome,
  'remediation' | 'reason' | 'remediationId' | 'recheckAfterSeconds' | 'error'
>;

/** What is known after a look, and when the next one is due. */
type Conclusion = Pick<Decision, 'record' | 'recheckAfterSeconds'>;

/** A delayed look that is due this soon may be the one that is under way. */
const CLOCK_SKEW_MS = 2_000;

/** Looks again at the same function, with what is known of it since. */
type LookAgain = (record: FunctionRecord) => Promise<Look>;

/** Decides on a look, does what was decided, tells people, and writes down what is known then. */
export async function enforceLook(
  look: Look,
  ports: Ports,
  lookAgain: LookAgain,
): Promise<Concluded> {
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
    return enforceLook(await lookAgain(record), ports, lookAgain);
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
  const recheck = nextLook(look, concluded.recheckAfterSeconds);
  const claimed = await claim(concluded.record, look, { ports, recheck });
  for (const notice of claimed.outbox) await tellPeople(notice, look, ports);
  const { tellingSinceMs, ...record } = await keepHistory(claimed, ports);
  if (recheck?.order !== undefined) await ports.enqueue(recheck.order, recheck.delaySeconds);
  const recheckAtMs = recheck?.dueMs ?? record.recheckAtMs;
  await writeWhatIsNew({ ...record, outbox: [], recheckAtMs }, look, ports);
  return recheck === undefined ? {} : { recheckAfterSeconds: recheck.delaySeconds };
}

/** When the function is looked at again. */
interface NextLook {
  readonly dueMs: number;
  readonly delaySeconds: number;
  /** Absent where a look is due by then already. */
  readonly order?: Order;
}

/**
 * Writes down first what two handlers could tell, and what a delayed look could miss.
 *
 * That look may come before the event that asked for this one, which comes again where this handler dies.
 * Who wrote the record in this look already has it to itself.
 */
async function claim(
  record: FunctionRecord,
  { known, news, nowMs }: Look,
  { ports, recheck }: { readonly ports: Ports; readonly recheck: NextLook | undefined },
): Promise<FunctionRecord> {
  if (record.version !== known.version) return record;
  if (record.outbox.length > 0) return ports.writeRecord({ ...record, tellingSinceMs: nowMs });
  const isOvertaken = news !== undefined && recheck?.order !== undefined;
  return isOvertaken ? ports.writeRecord(record) : record;
}

async function writeWhatIsNew(record: FunctionRecord, { known }: Look, ports: Ports) {
  if (isSameRecord(record, known)) return;
  await ports.writeRecord(record);
}

/** The next look, unless one is due by then already. */
function nextLook(
  { known, policy, mode, nowMs, hops }: Look,
  delaySeconds: number | undefined,
): NextLook | undefined {
  if (delaySeconds === undefined) return undefined;
  const { functionArn, recheckAtMs } = known;
  const dueMs = nowMs + delaySeconds * 1000;
  const isDue = recheckAtMs > nowMs + CLOCK_SKEW_MS && recheckAtMs <= dueMs;
  // INVARIANT: a look in a lowered mode starts no chain, for others would rely on it to act.
  if (isDue || mode !== policy.mode) return { dueMs: recheckAtMs, delaySeconds };
  return { dueMs, delaySeconds, order: { functionArn, hops: hops + 1, wake: false } };
}
