import { tellWithheldRelease } from './apply-outcome.ts';
import { type Choice, chooseRemediation } from './choose-remediation.ts';
import { isCompliant, isHeld, type Look } from './look.ts';
import { worstSeverity } from './notices/frame-notice.ts';
import { resolutionNotice } from './notices/resolution-notices.ts';
import { violationNotice } from './notices/violation-notices.ts';
import { isAtLeast } from './policy.ts';
import { recheckDelaySeconds } from './recheck.ts';
import type { FunctionRecord, OpenViolation } from './record.ts';
import { isActing, isWaiting, type Remediation } from './remediation.ts';
import { settleIntent, told } from './settle-intent.ts';
import { isInFlight, isSettled } from './snapshot.ts';
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
  const record = note(settled, choice);
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

/** Writes down what the look showed: a violation that stands, or an attachment that is good. */
function note(look: Look, { remediation, violation }: Choice): FunctionRecord {
  const record = withoutStale(look);
  if (violation !== undefined) return noteViolation({ ...look, record }, violation, remediation);
  if (!isCompliant(look.findings)) return record;
  const good = { ...look, record: noteGood(record, look) };
  const isReleaseWithheld = remediation.kind === 'withheld' && remediation.wanted === 'release';
  return isReleaseWithheld ? tellWithheldRelease(good, remediation.reason) : noteResolution(good);
}

/** Drops a hold that no longer holds, and a quarantine that its owner ended. */
function withoutStale(look: Look): FunctionRecord {
  const { hold, quarantine, ...rest } = look.record;
  const stands = look.snapshot.reservedConcurrency === 0;
  return {
    ...rest,
    ...(hold !== undefined && isHeld(look) ? { hold } : {}),
    ...(quarantine !== undefined && stands ? { quarantine } : {}),
  };
}

function noteViolation(
  look: Look,
  violation: OpenViolation,
  remediation: Remediation,
): FunctionRecord {
  const { policy } = look;
  const { candidate, ...rest } = look.record;
  const record = { ...rest, violation };
  const isLoud = isAtLeast(worstSeverity(look, violation), policy.notify.minimumSeverity);
  if (violation.isTold || isActing(remediation) || isWaiting(remediation) || !isLoud) return record;
  const notice = violationNotice(look, { violation, remediation });
  return told({ ...record, outbox: [...record.outbox, notice] });
}

/** A compliant attachment is a candidate once it is requested, and the baseline once AWS is seen to run it. */
function noteGood(record: FunctionRecord, { snapshot }: Look): FunctionRecord {
  const { candidate, current, ...rest } = record;
  if (current === undefined) return record;
  const { role, ...origin } = current;
  if (isSettled(snapshot)) return { ...rest, current, baseline: origin };
  return { ...rest, current, candidate: origin };
}

function noteResolution(look: Look): FunctionRecord {
  const { record, snapshot } = look;
  const { violation, ...rest } = record;
  const isOver = isSettled(snapshot) && record.quarantine === undefined;
  if (violation === undefined || !isOver) return record;
  if (!violation.isTold) return rest;
  return { ...rest, outbox: [...record.outbox, resolutionNotice(look, violation)] };
}
