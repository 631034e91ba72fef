import { applyConflict, applyDone, applyRefusal, applyWithheld } from '../core/apply-outcome.ts';
import type { Look } from '../core/look.ts';
import type { FunctionRecord } from '../core/record.ts';
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
    const error = WITHHELD[token.reason];
    return { record: applyWithheld(record, look, error), status: 'withheld', error };
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
  'breaker-tripped':
    'too much was remediated in a short time, and the breaker waits for an operator',
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
      return { record: applyConflict(record), status: 'conflict', error: outcome.status };
    case 'throttled':
      return refuse(record, look, 'its reserved concurrency does not let it run');
    case 'refused':
      return refuse(record, look, outcome.error);
  }
}

function refuse(record: IntendedRecord, look: Look, error: string): Carried {
  return { record: applyRefusal(record, look, error), status: 'refused', error };
}
