import { isDetached } from '../attachment.ts';
import { containedBy, freeFor } from '../containment.ts';
import { type Look, violationsOf } from '../look.ts';
import type { Notice } from '../notice.ts';
import type { OpenViolation } from '../record.ts';
import { stableId } from '../stable-id.ts';
import {
  containedAfter,
  duration,
  frameNotice,
  moment,
  sentence,
  whereItIs,
} from './frame-notice.ts';
import { LET_ACT_AGAIN } from './how-to-release.ts';

/** Tells people that a violation is over, and how long it took. */
export function resolutionNotice(look: Look, violation: OpenViolation): Notice {
  return frameNotice(look, {
    id: stableId(violation.id, 'resolution'),
    kind: 'resolution',
    remediation: 'none',
    headline: howItIs(look),
    paragraphs: [whereItIs(look), howLong(violation, look), ...whatRemains(look)],
    nextSteps: [],
    violation,
  });
}

function howItIs({ findings }: Look): string {
  if (violationsOf(findings).length > 0) return 'no longer violates what is acted on';
  const isExempt = findings.some(({ exemption }) => exemption !== undefined);
  return isExempt ? 'is exempt' : 'is compliant again';
}

/** What somebody answers for, and what the policy never acts on. */
function whatRemains({ findings }: Look): readonly string[] {
  return findings.flatMap(({ controlId, verdict, exemption }) => {
    if (verdict.status !== 'violation') return [];
    const how =
      exemption === undefined
        ? 'only told of'
        : `exempt until ${exemption.expires}, ${exemption.owner} answers for it`;
    return [sentence(`${controlId} (${how}): ${verdict.reason}`)];
  });
}

/** Tells people that a quarantine is over. */
export function releaseNotice(
  look: Look,
  from: { readonly remediationId: string; readonly reason: string; readonly previous?: number },
): Notice {
  const { hold, quarantine, violation: open } = look.record;
  const violation = open && containedBy(open, quarantine);
  const { functionArn } = look.snapshot;
  const restored =
    from.previous === undefined
      ? 'No concurrency is reserved for it, as before.'
      : `Its reserved concurrency is ${from.previous}, as before.`;
  return frameNotice(look, {
    id: stableId(from.remediationId, 'notice'),
    kind: 'release',
    remediation: 'release',
    headline: 'was released from quarantine',
    paragraphs: [
      sentence(`${functionArn} was released, because ${from.reason}`),
      restored,
      ...(hold === undefined
        ? []
        : [
            `A violation is left alone until ${moment(hold.untilMs)}, or until the attachment changes. After that the next event on it or the next rescan looks again.`,
          ]),
      ...(hold !== undefined || violation === undefined ? [] : [howLong(violation, look)]),
    ],
    nextSteps: [],
    violation,
  });
}

/** Tells people that a quarantine goes on although the function is compliant again. */
export function withheldReleaseNotice(
  look: Look,
  { remediationId, reason }: { readonly remediationId: string; readonly reason: string },
): Notice {
  return frameNotice(look, {
    id: stableId(remediationId, 'release withheld'),
    kind: 'release',
    remediation: 'withheld',
    headline: 'is compliant again; release withheld',
    paragraphs: [whereItIs(look), sentence(`It stays in quarantine, because ${reason}`)],
    nextSteps: [`Release it by hand, or: ${LET_ACT_AGAIN}`],
    violation: look.record.violation,
  });
}

/** Tells people how a wake ended. */
export function wakeNotice(
  look: Look,
  from: { readonly remediationId: string; readonly startedAtMs: number; readonly isAwake: boolean },
): Notice {
  const { attachment, state, stateReasonCode } = look.snapshot;
  const took = duration(look.nowMs - from.startedAtMs);
  const code = stateReasonCode === undefined ? '' : ` (${stateReasonCode})`;
  return frameNotice(look, {
    id: stableId(from.remediationId, 'notice'),
    kind: 'wake',
    remediation: 'wake',
    headline: from.isAwake ? 'was idle and is awake again' : 'could not be woken',
    paragraphs: [
      whereItIs(look),
      from.isAwake
        ? `AWS had reclaimed what it needs to run, because nobody called it for a long time. It was woken, and is active again after ${took}.`
        : `It was idle and was called to wake it. After ${took} AWS reports it as ${state}${code}.`,
    ],
    nextSteps: from.isAwake || isDetached(attachment) ? [] : [CHECK_NETWORK],
  });
}

const CHECK_NETWORK =
  "Check the network permissions of its execution role, and its subnets' free addresses";

function howLong(violation: OpenViolation, { nowMs }: Look): string {
  const { sinceMs, containedMs } = violation;
  const lasted = `The violation began at ${moment(sinceMs)} and lasted ${duration(nowMs - sinceMs)}`;
  return containedMs === undefined
    ? `${lasted}. It ended without the guardrail.`
    : `${lasted}; it was ${containedAfter({ sinceMs, containedMs }, freeFor(violation, nowMs))}.`;
}
