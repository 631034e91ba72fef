import { tellWithheldRelease } from './apply-outcome.ts';
import { type Beginning, whoOf } from './beginning.ts';
import type { Choice } from './choose-remediation.ts';
import { containedBy, free } from './containment.ts';
import { isAcceptable, isCompliant, isEnforcedControl, isHeld, type Look } from './look.ts';
import { worstSeverity } from './notices/frame-notice.ts';
import { resolutionNotice } from './notices/resolution-notices.ts';
import { tagNotice } from './notices/tag-notice.ts';
import { violationNotice } from './notices/violation-notices.ts';
import { isAtLeast } from './policy.ts';
import type { FunctionRecord, OpenViolation } from './record.ts';
import { isActing, isWaiting, type Remediation } from './remediation.ts';
import { told } from './settle-intent.ts';
import { isSettled } from './snapshot.ts';
import { keepExempt } from './tell-exempt.ts';
import { keepBaseline, keepLift, keepMove, keepResolution, keepViolation } from './tell-history.ts';

/** Writes down what a look showed: an attachment that is good, and a violation that stands. */
export function noteLook(look: Look, { remediation, violation }: Choice): FunctionRecord {
  const lift = liftOf(look);
  const fresh = keepExempt(keepMove(withNews(withoutStale(look, lift), look), look), look);
  const seen = { ...look, record: noteJudgement(fresh, look) };
  if (violation !== undefined) {
    const isSame = violation.id === look.record.violation?.id;
    return noteViolation(seen, isSame ? freed(violation, look, lift) : violation, remediation);
  }
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
  const good = noteGood({ ...look, record });
  return isCompliant(findings) ? { ...good, judgedBy: policy.hash } : good;
}

/** Drops a hold that no longer holds, and a quarantine that its owner ended. */
function withoutStale(look: Look, lift: Beginning | undefined): FunctionRecord {
  const { hold, quarantine, ...rest } = look.record;
  const record = { ...rest, ...(hold !== undefined && isHeld(look) ? { hold } : {}) };
  if (quarantine === undefined) return record;
  if (lift === undefined) return { ...record, quarantine };
  const kept = keepLift(record, quarantine, { look, lift });
  const { violation } = kept;
  return violation === undefined
    ? kept
    : { ...kept, violation: freed(violation, look, lift), lift };
}

/** How somebody else ended the quarantine, where that is what the look shows. */
function liftOf({ record: { quarantine }, snapshot, asked, nowMs }: Look): Beginning | undefined {
  if (quarantine === undefined || snapshot.reservedConcurrency === 0) return undefined;
  // CloudTrail tells no more than the second.
  const isBehind = asked?.kind === 'concurrency' && asked.eventTimeMs + 1000 > quarantine.sinceMs;
  return isBehind ? { atMs: asked.eventTimeMs, ...whoOf(asked) } : { atMs: nowMs };
}

/** A violation whose quarantine was lifted is contained no more. */
function freed(
  violation: OpenViolation,
  { record: { quarantine } }: Look,
  lift: Beginning | undefined,
): OpenViolation {
  return lift === undefined ? violation : free(containedBy(violation, quarantine), lift.atMs);
}

function noteViolation(
  look: Look,
  violation: OpenViolation,
  remediation: Remediation,
): FunctionRecord {
  const { policy } = look;
  const record = succeed(
    { ...look, record: keepViolation(look, violation, remediation) },
    violation,
  );
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
  const { policy } = look;
  const before = look.record.violation;
  const record = countViolation(look.record, violation);
  const isSuccessor = before !== undefined && before.id !== violation.id && before.isTold;
  if (!isSuccessor || violation.controlIds.some((id) => isEnforcedControl(id, policy))) {
    return { ...record, violation };
  }
  const isTold = violation.controlIds.every((id) => before.controlIds.includes(id));
  const isOver = before.controlIds.some((id) => isEnforcedControl(id, policy));
  const succeeded = { ...record, violation: { ...violation, isTold } };
  if (!isOver) return succeeded;
  const kept = keepResolution(succeeded, before, look);
  return { ...kept, outbox: [...kept.outbox, resolutionNotice(look, before)] };
}

function countViolation(record: FunctionRecord, { id }: OpenViolation): FunctionRecord {
  return record.violation?.id === id ? record : { ...record, violations: record.violations + 1 };
}

/** A compliant attachment is a candidate once it is requested, and the baseline once AWS is seen to run it. */
function noteGood(look: Look): FunctionRecord {
  const { record, snapshot } = look;
  const { candidate, current, ...rest } = record;
  if (current === undefined) return record;
  // AWS still runs what was there before an update that failed.
  if (snapshot.lastUpdateStatus === 'Failed') return { ...rest, current };
  const { role, ...origin } = current;
  if (isSettled(snapshot)) {
    return { ...keepBaseline(rest, origin, look), current, baseline: origin };
  }
  return { ...rest, current, candidate: origin };
}

function noteResolution(look: Look): FunctionRecord {
  const { record, snapshot } = look;
  const { violation, lift, ...rest } = record;
  const isOver = isSettled(snapshot) && record.quarantine === undefined;
  if (violation === undefined || !isOver) return record;
  const kept = keepResolution(rest, violation, look);
  if (!violation.isTold) return kept;
  return { ...kept, outbox: [...record.outbox, resolutionNotice(look, violation)] };
}
