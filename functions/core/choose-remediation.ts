import { isSameAttachment } from './attachment.ts';
import { chooseRevert } from './choose-revert.ts';
import { functionNameOf } from './function-name.ts';
import { isCompliant, type Look, violationsOf } from './look.ts';
import { openViolation, wantedRemediation } from './open-violation.ts';
import type { OpenViolation } from './record.ts';
import { isWaiting, type Remediation } from './remediation.ts';
import { isIdle, isInFlight, isSettled } from './snapshot.ts';
import { compileWildcards } from './wildcard.ts';

/** What is to be done, and the violation that it is done about. */
export interface Choice {
  readonly remediation: Remediation;
  readonly violation?: OpenViolation;
}

const ACTIONABLE_STATES: ReadonlySet<string> = new Set(['Active', 'Inactive', 'Pending']);

/** Chooses the least harmful remediation that the policy asks for and the facts allow. */
export function chooseRemediation(look: Look): Choice {
  if (violationsOf(look.findings).length > 0) return onViolation(look);
  if (!isCompliant(look.findings)) return { remediation: none('a control could not tell') };
  return { remediation: onCompliance(look) };
}

function none(reason: string): Remediation {
  return { kind: 'none', reason };
}

function onCompliance(look: Look): Remediation {
  const { snapshot, record, policy, mode } = look;
  if (record.quarantine !== undefined && snapshot.reservedConcurrency === 0 && policy.autoRelease) {
    if (!isSettled(snapshot)) return none('released once AWS is seen to run the new attachment');
    if (mode === 'audit') return withheld('release', 'the mode is audit');
    const { previous } = record.quarantine;
    const reason = 'compliant again';
    return { kind: 'release', reason, ...(previous === undefined ? {} : { previous }) };
  }
  return wakeOrNone(look);
}

function wakeOrNone({ snapshot, record, policy, mode, isWakeRequested }: Look): Remediation {
  if (!isWakeRequested || !isIdle(snapshot)) return none('compliant');
  if (record.intent?.kind === 'wake') return none('compliant, and being woken');
  if (!compileWildcards(policy.idle.wake)(functionNameOf(snapshot.functionArn))) {
    return none('compliant; idle, and not listed to be woken');
  }
  if (snapshot.reservedConcurrency === 0) return none('compliant; idle, and throttled to zero');
  if (mode === 'audit') return withheld('wake', 'the mode is audit');
  return { kind: 'wake', reason: 'idle, and listed to be woken' };
}

function withheld(wanted: string, reason: string): Remediation {
  return { kind: 'withheld', wanted, reason };
}

function onViolation(look: Look): Choice {
  const violation = openViolation(look);
  const remediation = judgeViolation(look, violation);
  const isRevertWanted = remediation.kind === 'revert' || isWaiting(remediation);
  return {
    remediation,
    violation: isRevertWanted
      ? { ...violation, revertWantedMs: violation.revertWantedMs ?? look.nowMs }
      : violation,
  };
}

const WAITING: Remediation = {
  kind: 'none',
  awaits: 'revert',
  reason: 'the revert waits until AWS has finished the change that it undoes',
};

function judgeViolation(look: Look, violation: OpenViolation): Remediation {
  const { snapshot, mode } = look;
  if (!ACTIONABLE_STATES.has(snapshot.state)) {
    return none(`reported only: the function's state is ${snapshot.state}`);
  }
  if (isHeld(look)) return none('an operator released it with a hold');
  const { wanted, contain } = wantedRemediation(look, violation);
  if (wanted === 'notify') return none('the policy asks to notify');
  if (mode === 'audit') return withheld(wanted, 'the mode is audit');
  if (wanted === 'quarantine') return quarantine(look, 'the policy asks for it');
  return revertOrContain(look, violation, contain);
}

function isHeld({ record: { hold }, snapshot, nowMs }: Look): boolean {
  return (
    hold !== undefined &&
    nowMs < hold.untilMs &&
    isSameAttachment(hold.attachment, snapshot.attachment)
  );
}

function revertOrContain(look: Look, violation: OpenViolation, contain: boolean): Remediation {
  const { snapshot } = look;
  const choice = chooseRevert(look, violation);
  if (choice.target === undefined) return quarantine(look, choice.why);
  if (!isInFlight(snapshot)) {
    return { kind: 'revert', target: choice.target, reason: 'back to its last good attachment' };
  }
  if (contain && snapshot.reservedConcurrency !== 0) {
    return quarantine(look, 'contained until the revert can land');
  }
  return WAITING;
}

function quarantine({ snapshot, record }: Look, reason: string): Remediation {
  if (snapshot.reservedConcurrency !== 0) return { kind: 'quarantine', reason };
  return none(
    record.quarantine === undefined
      ? 'already harmless: its reserved concurrency is 0'
      : 'already in quarantine',
  );
}
