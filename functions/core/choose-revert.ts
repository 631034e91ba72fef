import { describeActor } from './actor.ts';
import { attachmentKey, describeAttachment, isSameAttachment } from './attachment.ts';
import { isAcceptable, type Look, type RevertTarget } from './look.ts';
import type { AttachmentOrigin, OpenViolation } from './record.ts';

/** AWS refused this often, or this long passed without a landed revert: somebody keeps changing the function. */
const MAX_CONFLICTS = 3;
const MAX_WAIT_MS = 5 * 60_000;

/** Where a function is to be attached and why, or why there is nowhere to go. */
export type RevertChoice =
  | {
      readonly kind: 'revert' | 'fallback';
      readonly target: AttachmentOrigin;
      readonly reason: string;
    }
  | { readonly kind: 'none'; readonly target?: undefined; readonly why: string };

/** Finds a target that removes the violation, if today's policy and network hold it: the baseline, else the fallback. */
export function chooseRevert(look: Look, violation: OpenViolation): RevertChoice {
  const fought = fight(look, violation);
  if (fought !== undefined) return { kind: 'none', why: fought };
  const why = objection(look.target, 'its last good attachment', { look, violation });
  if (look.target !== undefined && why === undefined) {
    const reason = 'its last good attachment is known';
    return { kind: 'revert', target: look.target.origin, reason };
  }
  const reason = why ?? 'no compliant attachment of it is known';
  const { fallback } = look;
  if (fallback === undefined) return { kind: 'none', why: reason };
  const objected = objection(fallback, 'the fallback', { look, violation });
  return objected === undefined
    ? { kind: 'fallback', target: fallback.origin, reason }
    : { kind: 'none', why: `${reason}, and ${objected}` };
}

interface Case {
  readonly look: Look;
  readonly violation: OpenViolation;
}

/** Says what stands against a target; undefined where nothing does. */
function objection(
  target: RevertTarget | undefined,
  name: string,
  { look, violation }: Case,
): string | undefined {
  if (target === undefined) return undefined;
  const { attachment } = target.origin;
  if (isSameAttachment(attachment, look.snapshot.attachment)) return `${name} is the present one`;
  if (target.doubt !== undefined) return `${name} could not be looked up: ${target.doubt}`;
  if (target.missing.length > 0) {
    return `of ${name} these do not exist: ${target.missing.join(', ')}`;
  }
  if (!isAcceptable(target.findings, look.policy)) return `the policy does not allow ${name}`;
  const refused = violation.refused.find((entry) => entry.target === attachmentKey(attachment));
  if (refused === undefined) return undefined;
  return `AWS refused ${describeAttachment(attachment)}: ${refused.error}`;
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
