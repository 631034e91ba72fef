import { chooseRemediation } from './choose-remediation.ts';
import type { Look } from './look.ts';
import { noteLook } from './note-look.ts';
import { recheckDelaySeconds } from './recheck.ts';
import type { FunctionRecord } from './record.ts';
import { isActing, isWaiting, type Remediation } from './remediation.ts';
import { settleIntent } from './settle-intent.ts';
import { isInFlight } from './snapshot.ts';
import { type IntendedRecord, writeIntent } from './write-intent.ts';

/** What follows from one look at a function. */
export interface Decision {
  readonly remediation: Remediation;
  /** What is known now, with the notices that are to go out. */
  readonly record: FunctionRecord;
  /** The record with the remediation written into it, where it is a call to AWS. */
  readonly intended?: IntendedRecord;
  /** Absent where nothing is in flight, or where the sweep owns it by now. */
  readonly recheckAfterSeconds?: number;
}

/**
 * Decides what to do about one function.
 *
 * Total and pure: every look has an answer, and the same look has the same one.
 */
export function decide(look: Look): Decision {
  const settled = { ...look, record: settleIntent(look) };
  const choice = chooseRemediation(settled);
  const { remediation } = choice;
  const record = noteLook(settled, choice);
  const isOpen = record.intent !== undefined || isActing(remediation) || isWaiting(remediation);
  const recheckAfterSeconds =
    isOpen || isInFlight(look.snapshot) ? recheckDelaySeconds(look.hops) : undefined;
  return {
    remediation,
    record,
    ...(isActing(remediation) ? { intended: writeIntent({ ...look, record }, remediation) } : {}),
    ...(recheckAfterSeconds === undefined ? {} : { recheckAfterSeconds }),
  };
}
