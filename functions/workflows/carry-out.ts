import { applyConflict, applyDone, applyRefusal, applyWithheld } from '../core/apply-outcome.ts';
import { isSameAttachment } from '../core/attachment.ts';
import { isCounted } from '../core/breaker.ts';
import type { Home } from '../core/function-name.ts';
import type { Look } from '../core/look.ts';
import { type FunctionRecord, isAttaching } from '../core/record.ts';
import type { IntendedRecord } from '../core/write-intent.ts';
import type { Ports, WakeOutcome, WriteOutcome } from './ports.ts';
import { tellTrip } from './tell-trip.ts';

/** What came of a remediation. */
export interface Carried {
  readonly record: FunctionRecord;
  readonly status: 'done' | 'conflict' | 'refused' | 'withheld';
  /** AWS's words, or the reason why it was withheld. */
  readonly error?: string;
}

/**
 * Carries out the remediation that a record holds: written down first, then paid for, then done.
 *
 * A crash at any point leaves either nothing done, or an intent from which the next look goes on.
 */
export async function carryOut(
  intended: IntendedRecord,
  look: Look,
  ports: Ports,
): Promise<Carried> {
  const record = await writeDown(intended, ports);
  const token = await takeToken(record, look, ports);
  if (token.status === 'withheld') {
    const error = WITHHELD[token.reason];
    if (token.untold !== undefined) await tellTrip(token.untold, homeOf(record), ports);
    return { record: applyWithheld(record, look, error), status: 'withheld', error };
  }
  return apply(record, look, await call(record, ports));
}

/**
 * Carries out what an operator asked for in person: neither budget nor kill switch stands in the way.
 */
export async function carryOutForOperator(
  intended: IntendedRecord,
  look: Look,
  ports: Ports,
): Promise<Carried> {
  const record = await writeDown(intended, ports);
  return apply(record, look, await call(record, ports));
}

async function writeDown(intended: IntendedRecord, ports: Ports): Promise<IntendedRecord> {
  return { ...(await ports.writeRecord(intended)), intent: intended.intent };
}

const WITHHELD = {
  'mode-audit': 'an operator switched the guardrail to audit',
  'breaker-tripped': 'too much was to be remediated at once, and the breaker waits for an operator',
} as const;

function takeToken(
  record: IntendedRecord,
  { policy }: Look,
  ports: Ports,
): ReturnType<Ports['takeToken']> {
  const { functionArn, intent } = record;
  const { remediationId } = intent;
  return ports.takeToken(
    { remediationId, functionArn, policyHash: policy.hash, isCounted: isCounted(record) },
    policy.limits.accountRemediations,
  );
}

/** Only functions of the account that the guardrail runs in are looked at. */
function homeOf({ functionArn }: FunctionRecord): Home {
  const [, , , region = '', account = ''] = functionArn.split(':');
  return { account, region };
}

/**
 * Calls AWS; a conflict with what was asked for is no conflict.
 *
 * Where an answer is lost the client asks again by itself, and AWS refuses that because of the first time.
 */
async function call(record: IntendedRecord, ports: Ports): Promise<WriteOutcome | WakeOutcome> {
  const outcome = await act(record, ports);
  const { functionArn, intent } = record;
  const isConflict = outcome.status === 'stale' || outcome.status === 'busy';
  if (!isConflict || !isAttaching(intent)) return outcome;
  const snapshot = await ports.readSnapshot(functionArn);
  const isThere =
    snapshot !== undefined && isSameAttachment(snapshot.attachment, intent.target.attachment);
  return isThere ? { status: 'done' } : outcome;
}

function act(
  { functionArn, intent }: IntendedRecord,
  ports: Ports,
): Promise<WriteOutcome | WakeOutcome> {
  switch (intent.kind) {
    case 'revert':
    case 'fallback':
      return ports.attach(functionArn, intent.target.attachment, intent.revisionId);
    case 'quarantine':
    case 'release':
      return ports.reserveConcurrency(functionArn, intent.reservedConcurrency);
    case 'wake':
      return ports.wake(functionArn);
  }
}

/** Notes in the record how AWS answered. */
function apply(record: IntendedRecord, look: Look, outcome: WriteOutcome | WakeOutcome): Carried {
  switch (outcome.status) {
    case 'done':
    case 'waking':
    case 'ran':
      return { record: applyDone(record, look), status: 'done' };
    case 'stale':
    case 'busy':
    case 'gone':
      return {
        record: applyConflict(record, look, outcome.status),
        status: 'conflict',
        error: outcome.status,
      };
    case 'throttled':
      return refuse(record, look, 'its reserved concurrency does not let it run');
    case 'refused':
      return refuse(record, look, outcome.error);
  }
}

function refuse(record: IntendedRecord, look: Look, error: string): Carried {
  return { record: applyRefusal(record, look, error), status: 'refused', error };
}
