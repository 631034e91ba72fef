import { applyConflict, applyDone, applyRefusal, applyWithheld } from '../core/apply-outcome.ts';
import type { Look } from '../core/look.ts';
import type { FunctionRecord, Intent } from '../core/record.ts';
import type { IntendedRecord } from '../core/write-intent.ts';
import type { Ports, WakeOutcome, WriteOutcome } from './ports.ts';

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
  const token = await ports.takeToken(
    record.intent.remediationId,
    isCounted(record),
    look.policy.limits.accountRemediations,
  );
  if (token.status === 'withheld') {
    const error = token.reason;
    return { record: applyWithheld(record, look, WITHHELD[error]), status: 'withheld', error };
  }
  return apply(record, look, await act(record, ports));
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
  return apply(record, look, await act(record, ports));
}

async function writeDown(intended: IntendedRecord, ports: Ports): Promise<IntendedRecord> {
  return { ...(await ports.writeRecord(intended)), intent: intended.intent };
}

const WITHHELD = {
  'mode-audit': 'an operator switched the guardrail to audit',
  'breaker-tripped': 'too many remediations in a short time; the breaker waits for an operator',
} as const;

/** Nothing relies yet on a function that was just created, so its quarantine costs no budget. */
function isCounted({ intent, violation }: IntendedRecord): boolean {
  if (intent.kind === 'release' || intent.kind === 'wake') return false;
  return intent.kind !== 'quarantine' || violation?.cause !== 'create';
}

function act(
  { functionArn, intent }: IntendedRecord,
  ports: Ports,
): Promise<WriteOutcome | WakeOutcome> {
  switch (intent.kind) {
    case 'revert':
      return revert(functionArn, intent, ports);
    case 'quarantine':
    case 'release':
      return ports.reserveConcurrency(functionArn, intent.reservedConcurrency);
    case 'wake':
      return ports.wake(functionArn);
  }
}

async function revert(functionArn: string, intent: Intent, ports: Ports): Promise<WriteOutcome> {
  const { target, revisionId } = intent;
  if (target === undefined) return { status: 'stale' };
  return ports.attach(functionArn, target.attachment, revisionId);
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
      return { record: applyConflict(record), status: 'conflict', error: outcome.status };
    case 'throttled':
      return {
        record: applyRefusal(record, look, 'its reserved concurrency does not let it run'),
        status: 'refused',
        error: outcome.status,
      };
    case 'refused': {
      const { error } = outcome;
      return { record: applyRefusal(record, look, error), status: 'refused', error };
    }
  }
}
