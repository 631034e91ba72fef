import { tellWithheldRelease } from './apply-outcome.ts';
import { type Choice, chooseRemediation } from './choose-remediation.ts';
import { isAcceptable, isCompliant, isEnforcedControl, isHeld, type Look } from './look.ts';
import { worstSeverity } from './notices/frame-notice.ts';
import { resolutionNotice } from './notices/resolution-notices.ts';
import { tagNotice } from './notices/tag-notice.ts';
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

/** Writes down what the look showed: an attachment that is good, and a violation that stands. */
function note(look: Look, { remediation, violation }: Choice): FunctionRecord {
  const seen = { ...look, record: noteJudgement(withNews(withoutStale(look), look), look) };
  if (violation !== undefined) return noteViolation(seen, violation, remediation);
  const isReleaseWithheld = remediation.kind === 'withheld' && remediation.wanted === 'release';
  if (isReleaseWithheld) return tellWithheldRelease(seen, remediation.reason);
  return isAcceptable(look.findings, look.policy) ? noteResolution(seen) : seen.record;
}

/** Tells who changed a tag that the policy goes by. */
function withNews(record: FunctionRecord, look: Look): FunctionRecord {
  const notice = tagNotice(look);
  return notice === undefined ? record : { ...record, outbox: [...record.outbox, notice] };
}

/** Remembers what no control stands against, and what no control has anything to say of. */
function noteJudgement({ judgedBy, ...record }: FunctionRecord, look: Look): FunctionRecord {
  const { findings, policy } = look;
  if (!isAcceptable(findings, policy)) {
    const { candidate, ...rest } = record;
    return rest;
  }
  const good = noteGood(record, look);
  return isCompliant(findings) ? { ...good, judgedBy: policy.hash } : good;
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
  const record = succeed(look, violation);
  const isLoud = isAtLeast(worstSeverity(look, violation), policy.notify.minimumSeverity);
  if (record.violation.isTold || isActing(remediation) || isWaiting(remediation) || !isLoud) {
    return record;
  }
  const notice = violationNotice({ ...look, record }, { violation, remediation });
  return told({ ...record, outbox: [...record.outbox, notice] });
}

/**
 * Puts a violation into the place of the one before it.
 *
 * Where nothing is left that the policy acts on, people hear that this is over, and are not told of the rest again.
 */
function succeed(
  look: Look,
  violation: OpenViolation,
): FunctionRecord & { readonly violation: OpenViolation } {
  const { record, policy } = look;
  const before = record.violation;
  const isSuccessor = before !== undefined && before.id !== violation.id && before.isTold;
  if (!isSuccessor || violation.controlIds.some((id) => isEnforcedControl(id, policy))) {
    return { ...record, violation };
  }
  const isTold = violation.controlIds.every((id) => before.controlIds.includes(id));
  const isOver = before.controlIds.some((id) => isEnforcedControl(id, policy));
  return {
    ...record,
    violation: { ...violation, isTold },
    outbox: isOver ? [...record.outbox, resolutionNotice(look, before)] : record.outbox,
  };
}

/** A compliant attachment is a candidate once it is requested, and the baseline once AWS is seen to run it. */
function noteGood(record: FunctionRecord, { snapshot }: Look): FunctionRecord {
  const { candidate, current, ...rest } = record;
  // AWS still runs what was there before an update that failed.
  if (current === undefined || snapshot.lastUpdateStatus === 'Failed') return record;
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
