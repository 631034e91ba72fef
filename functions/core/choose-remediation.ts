import { attachmentKey } from './attachment.ts';
import { chooseRevert } from './choose-revert.ts';
import { roleManagesInterfaces } from './controls/role-manages-interfaces.ts';
import { functionNameOf } from './function-name.ts';
import {
  isAcceptable,
  isEnforcedControl,
  isHeld,
  type Look,
  violationsOf,
  violationsToActOn,
} from './look.ts';
import { openViolation, wantedRemediation } from './open-violation.ts';
import type { OpenViolation } from './record.ts';
import { isActing, isAttach, isWaiting, type Remediation } from './remediation.ts';
import { isIdle, isInFlight, isNotRestored, isSettled } from './snapshot.ts';
import { COMPLIANT, standing } from './standing.ts';
import { isTrusted, parseTagPattern } from './trusted-tags.ts';
import { matchesAny } from './wildcard.ts';

/** What is to be done, and the violation that it is done about. */
export interface Choice {
  readonly remediation: Remediation;
  readonly violation?: OpenViolation;
}

const ACTIONABLE_STATES: ReadonlySet<string> = new Set(['Active', 'Inactive', 'Pending']);

const WAITING: Remediation = {
  kind: 'none',
  awaits: 'revert',
  reason: 'the revert waits until AWS has finished the change that it undoes',
};

/** Chooses the least harmful remediation that the policy asks for and the facts allow. */
export function chooseRemediation(look: Look): Choice {
  if (violationsToActOn(look.findings, look.policy).length > 0) return onViolation(look);
  const choice = isAcceptable(look.findings, look.policy)
    ? (onFailedRevert(look) ?? { remediation: inMode(look, onAcceptance(look)) })
    : { remediation: none('a control could not tell') };
  const isReported = violationsOf(look.findings).length > 0;
  return isReported ? onReportedViolation(look, choice) : choice;
}

/** Tells whether the policy wants a function woken when it is idle. */
export function isListedToWake({ policy, snapshot, record }: Look): boolean {
  const { tags, functionArn } = snapshot;
  const tagged = { tags, tagWrites: record.tagWrites ?? {} };
  return policy.idle.wake.some((pattern) => {
    const tag = parseTagPattern(pattern);
    return tag === undefined
      ? matchesAny([pattern], functionNameOf(functionArn))
      : isTrusted(tag, policy.trustedTags, tagged);
  });
}

/** Only controls that the policy never acts on say no: the rest goes its way, and people are told. */
function onReportedViolation(look: Look, { remediation, violation }: Choice): Choice {
  return {
    remediation: remediation.kind === 'none' ? none('the policy only asks to notify') : remediation,
    violation: violation ?? unfinishedViolation(look) ?? openViolation(look),
  };
}

/** What was acted on is not over before AWS runs the remedy. */
function unfinishedViolation({ record, snapshot, policy }: Look): OpenViolation | undefined {
  const { violation, quarantine } = record;
  const isQuarantined = quarantine !== undefined && snapshot.reservedConcurrency === 0;
  if (isSettled(snapshot) && !isQuarantined) return undefined;
  return violation?.controlIds.some((id) => isEnforcedControl(id, policy)) ? violation : undefined;
}

function onViolation(look: Look): Choice {
  const violation = openViolation(look);
  const wished = judgeViolation(look, violation);
  const remediation = inMode(look, wished);
  const isRevertWanted = isAttach(remediation) || isWaiting(remediation);
  return {
    remediation,
    violation: isRevertWanted
      ? { ...violation, revertWantedMs: violation.revertWantedMs ?? look.nowMs }
      : violation,
  };
}

/** In audit nothing is done, and what would have been done is said. */
function inMode({ mode }: Look, remediation: Remediation): Remediation {
  if (mode === 'enforce') return remediation;
  const reason = 'the mode is audit';
  if (isWaiting(remediation)) return { kind: 'withheld', wanted: 'revert', reason };
  if (!isActing(remediation)) return remediation;
  return { kind: 'withheld', wanted: remediation.kind, reason };
}

function judgeViolation(look: Look, violation: OpenViolation): Remediation {
  const { snapshot } = look;
  if (!ACTIONABLE_STATES.has(snapshot.state)) {
    return none(`in state ${snapshot.state} it is only reported`);
  }
  if (isHeld(look)) return none('an operator released it with a hold');
  const { wanted, contain } = wantedRemediation(look, violation);
  switch (wanted) {
    case 'notify':
      return none('the policy only asks to notify');
    case 'quarantine':
      return quarantine(look, 'the policy asks for it');
    case 'revert':
      return revertOrContain(look, violation, contain);
  }
}

function revertOrContain(look: Look, violation: OpenViolation, contain: boolean): Remediation {
  const { snapshot } = look;
  const choice = chooseRevert(look, violation);
  if (choice.target === undefined) return quarantine(look, choice.why);
  if (!isInFlight(snapshot)) {
    return { kind: choice.kind, target: choice.target, reason: choice.reason };
  }
  if (contain && snapshot.reservedConcurrency !== 0) {
    return quarantine(look, 'it has to be harmless until the revert can land');
  }
  return WAITING;
}

function quarantine({ snapshot, record }: Look, reason: string): Remediation {
  if (snapshot.reservedConcurrency !== 0) return { kind: 'quarantine', reason };
  return none(
    record.quarantine === undefined
      ? 'its reserved concurrency is 0 already, so it does not run'
      : 'it is in quarantine already',
  );
}

/** AWS names the attachment that it was asked for, and goes on running the function where it was. */
function onFailedRevert(look: Look): Choice | undefined {
  const { violation } = look.record;
  const { attachment, lastUpdateStatus, state } = look.snapshot;
  if (lastUpdateStatus !== 'Failed' || !ACTIONABLE_STATES.has(state)) return undefined;
  const refusal = violation?.refused.find(({ target }) => target === attachmentKey(attachment));
  if (violation === undefined || refusal === undefined) return undefined;
  const reason = `the revert failed and it still runs where it was: ${refusal.error}`;
  return { violation, remediation: inMode(look, quarantine(look, reason)) };
}

function onAcceptance(look: Look): Remediation {
  const { snapshot, record, policy } = look;
  if (record.quarantine === undefined || snapshot.reservedConcurrency !== 0) {
    return wakeOrNone(look);
  }
  const why = standing(look);
  const isMistaken = why === COMPLIANT && isWhereItViolated(look);
  if (!policy.autoRelease && !isMistaken) {
    return none(`${why}, and an operator has to release it`);
  }
  if (!isSettled(snapshot)) return none('it is released once AWS runs the new attachment');
  const { previous } = record.quarantine;
  const again = isMistaken
    ? 'it is compliant where it is, and nothing changed'
    : 'it is compliant again';
  const reason = why === COMPLIANT ? again : why;
  return { kind: 'release', reason, ...(previous === undefined ? {} : { previous }) };
}

/** Nobody moved it since: what spoke against it there does not any more. */
function isWhereItViolated({ record: { violation }, snapshot: { attachment } }: Look): boolean {
  return violation?.key.startsWith(`${attachmentKey(attachment)}|`) === true;
}

function wakeOrNone(look: Look): Remediation {
  const { snapshot, record, isWakeRequested } = look;
  const why = standing(look);
  if (!isWakeRequested || !isIdle(snapshot)) return none(why);
  if (record.intent?.kind === 'wake') return none(`${why}, and being woken`);
  if (!isListedToWake(look)) return none(`${why}; idle, and not listed to be woken`);
  if (snapshot.reservedConcurrency === 0) return none(`${why}; idle, and may not run`);
  if (isInVain(look)) return none(`${why}; idle, and AWS could not restore it as things are`);
  return { kind: 'wake', reason: 'it is idle and listed to be woken' };
}

/** AWS could not restore it, and its role is still not allowed to: a later sweep sees when it is. */
function isInVain({ snapshot, findings }: Look): boolean {
  return (
    isNotRestored(snapshot) &&
    findings.some(
      ({ controlId, verdict }) =>
        controlId === roleManagesInterfaces.id && verdict.status === 'violation',
    )
  );
}

function none(reason: string): Remediation {
  return { kind: 'none', reason };
}
