import { describeActor } from './actor.ts';
import { attachmentKey, describeAttachment, isSameAttachment } from './attachment.ts';
import { isCompliant, type Look } from './look.ts';
import type { AttachmentOrigin, OpenViolation } from './record.ts';

/** AWS refused this often, or this long passed without a landed revert: somebody keeps changing the function. */
const MAX_CONFLICTS = 3;
const MAX_WAIT_MS = 5 * 60_000;

/** Where a revert may go, or why there is nowhere to go. */
export type RevertChoice =
  | { readonly target: AttachmentOrigin }
  | { readonly target: undefined; readonly why: string };

/** Finds a target that removes the violation: the baseline, if today's policy and network still hold it. */
export function chooseRevert(look: Look, violation: OpenViolation): RevertChoice {
  const why = objection(look, violation);
  if (look.target === undefined || why !== undefined) {
    return { target: undefined, why: why ?? 'no compliant attachment of it is known' };
  }
  return { target: look.target.origin };
}

function objection(look: Look, violation: OpenViolation): string | undefined {
  const { target, snapshot } = look;
  if (target === undefined) return undefined;
  const { attachment } = target.origin;
  if (isSameAttachment(attachment, snapshot.attachment)) {
    return 'its last good attachment is the present one';
  }
  if (!isCompliant(target.findings)) return 'the policy no longer allows its last good attachment';
  if (target.missing.length > 0) {
    return `of its last good attachment these no longer exist: ${target.missing.join(', ')}`;
  }
  const refused = violation.refused.find((entry) => entry.target === attachmentKey(attachment));
  if (refused !== undefined) {
    return `AWS refused ${describeAttachment(attachment)}: ${refused.error}`;
  }
  return fight(look, violation);
}

function fight({ record, policy, nowMs }: Look, violation: OpenViolation): string | undefined {
  const { max, perMinutes } = policy.limits.functionReverts;
  const who = violation.actor === undefined ? '' : `, last by ${describeActor(violation.actor)}`;
  if (recentReverts(record.revertsMs, { nowMs, perMinutes }).length >= max) {
    return `it was reverted ${max} times within ${perMinutes} minutes and changed again${who}`;
  }
  if (violation.conflicts >= MAX_CONFLICTS) {
    return `${violation.conflicts} reverts met a function that kept changing${who}`;
  }
  if (nowMs - (violation.revertWantedMs ?? nowMs) >= MAX_WAIT_MS) {
    return `no revert landed within five minutes of changes${who}`;
  }
  return undefined;
}

/** The reverts that still count against the function's limit. */
export function recentReverts(
  revertsMs: readonly number[],
  { nowMs, perMinutes }: { readonly nowMs: number; readonly perMinutes: number },
): readonly number[] {
  return revertsMs.filter((atMs) => nowMs - atMs < perMinutes * 60_000);
}
