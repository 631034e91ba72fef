import { describeAttachment } from '../attachment.ts';
import type { Look } from '../look.ts';
import type { Notice } from '../notice.ts';
import type { OpenViolation } from '../record.ts';
import { stableId } from '../stable-id.ts';
import { frameNotice, seconds } from './frame-notice.ts';

/** Tells people that a violation is over, and how long it took. */
export function resolutionNotice(look: Look, violation: OpenViolation): Notice {
  const { snapshot, nowMs } = look;
  const contained =
    violation.containedMs === undefined
      ? 'It became compliant without the guardrail.'
      : `Contained ${seconds(violation.containedMs - violation.sinceMs)} after it began.`;
  return frameNotice(look, {
    id: stableId(snapshot.functionArn, violation.key, String(violation.sinceMs), 'resolution'),
    kind: 'resolution',
    remediation: 'none',
    headline: 'is compliant again',
    paragraphs: [
      `It is attached to ${describeAttachment(snapshot.attachment)}.`,
      `${contained} Resolved after ${seconds(nowMs - violation.sinceMs)}.`,
    ],
    nextSteps: [],
    violation,
  });
}

/** Tells people that a quarantine ends. */
export function releaseNotice(
  look: Look,
  from: { readonly remediationId: string; readonly reason: string; readonly previous?: number },
): Notice {
  const { violation } = look.record;
  const restored =
    from.previous === undefined
      ? 'Its reserved concurrency is removed, as it was before.'
      : `Its reserved concurrency is ${from.previous} again, as it was before.`;
  const took =
    violation === undefined
      ? ''
      : ` The violation lasted ${seconds(look.nowMs - violation.sinceMs)}.`;
  return frameNotice(look, {
    id: stableId(from.remediationId, 'notice'),
    kind: 'release',
    remediation: 'release',
    headline: 'was released from quarantine',
    paragraphs: [`It was released: ${from.reason}. ${restored}${took}`],
    nextSteps: [],
    violation,
  });
}

/** Tells people how a wake ended. */
export function wakeNotice(
  look: Look,
  from: { readonly remediationId: string; readonly startedAtMs: number; readonly isAwake: boolean },
): Notice {
  const { snapshot } = look;
  const took = seconds(look.nowMs - from.startedAtMs);
  return frameNotice(look, {
    id: stableId(from.remediationId, 'notice'),
    kind: 'wake',
    remediation: 'wake',
    headline: from.isAwake ? 'was idle and is awake again' : 'could not be woken',
    paragraphs: [
      from.isAwake
        ? `AWS had reclaimed its network interfaces because nobody called it. It is active again after ${took}.`
        : `AWS tried for ${took} and left it ${snapshot.state} (${snapshot.stateReasonCode ?? 'no reason given'}).`,
    ],
    nextSteps: from.isAwake
      ? []
      : [
          'Check the network permissions of its execution role and the free addresses of its subnets',
        ],
  });
}
