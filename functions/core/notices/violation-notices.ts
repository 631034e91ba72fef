import { describeActor } from '../actor.ts';
import { describeAttachment } from '../attachment.ts';
import { toIsoTime } from '../iso-time.ts';
import { type Look, violationsOf } from '../look.ts';
import type { Notice } from '../notice.ts';
import type { Intent, OpenViolation } from '../record.ts';
import type { Remediation } from '../remediation.ts';
import { stableId } from '../stable-id.ts';
import { frameNotice } from './frame-notice.ts';

/** Tells people of a violation on which nothing was done, and why not. */
export function violationNotice(
  look: Look,
  { violation, remediation }: { violation: OpenViolation; remediation: Remediation },
): Notice {
  const did =
    remediation.kind === 'withheld'
      ? `Nothing was done: ${remediation.reason}. In enforce mode it would be a ${remediation.wanted}.`
      : `Nothing was done: ${remediation.reason}.`;
  return frameNotice(look, {
    id: stableId(look.snapshot.functionArn, violation.key, String(violation.sinceMs), 'violation'),
    kind: 'violation',
    remediation: remediation.kind,
    headline: 'violates the policy',
    paragraphs: [...whatHappened(look, violation), did],
    nextSteps: [ATTACH, 'Change the policy if this attachment is meant to be allowed'],
    violation,
  });
}

const ATTACH = 'Attach the function to the approved network, in the template that deploys it';

/** Tells people what is being done about a violation. */
export function remediationNotice(
  look: Look,
  from: {
    readonly violation: OpenViolation;
    readonly remediation: Extract<Remediation, { readonly kind: 'revert' | 'quarantine' }>;
    readonly remediationId: string;
  },
): Notice {
  const { violation, remediation, remediationId } = from;
  const isRevert = remediation.kind === 'revert';
  return frameNotice(look, {
    id: stableId(remediationId, 'notice'),
    kind: 'remediation',
    remediation: remediation.kind,
    headline: isRevert ? 'is being reverted' : 'was quarantined',
    paragraphs: [
      ...whatHappened(look, violation),
      isRevert
        ? `It is being reverted to ${describeAttachment(remediation.target.attachment)}. Until AWS finishes the update, running code stays where it is.`
        : `It was quarantined (${remediation.reason}): its reserved concurrency is now 0, so it no longer runs. Invocations that run already may go on for up to 15 minutes; asynchronous events are lost where the function has no dead-letter queue or destination.`,
    ],
    nextSteps: isRevert
      ? [ATTACH]
      : [
          ATTACH,
          'It is released by itself when it is compliant again, or invoke the release function with a reason',
        ],
    violation,
  });
}

/** Tells people that a remediation was decided and withheld by the account's budget or kill switch. */
export function withheldNotice(
  look: Look,
  from: { readonly violation: OpenViolation; readonly intent: Intent; readonly reason: string },
): Notice {
  const { violation, intent, reason } = from;
  return frameNotice(look, {
    id: stableId(intent.remediationId, 'withheld'),
    kind: 'violation',
    remediation: 'withheld',
    headline: `violates the policy; ${intent.kind} withheld`,
    paragraphs: [
      ...whatHappened(look, violation),
      `The ${intent.kind} was withheld: ${reason}. The function stays as it is.`,
    ],
    nextSteps: [
      ATTACH,
      'Go on by hand, or let the guardrail act again once the cause is understood',
    ],
    violation,
  });
}

/** Tells people that AWS refused a remediation for good. */
export function refusalNotice(
  look: Look,
  from: { readonly remediationId: string; readonly kind: string; readonly error: string },
): Notice {
  return frameNotice(look, {
    id: stableId(from.remediationId, 'refused'),
    kind: 'violation',
    remediation: 'withheld',
    headline: `${from.kind} was refused by AWS`,
    paragraphs: [`AWS refused the ${from.kind}: ${from.error}.`],
    nextSteps: ['Act by hand: the guardrail cannot', ATTACH],
    violation: look.record.violation,
  });
}

function whatHappened(look: Look, violation: OpenViolation): readonly string[] {
  const { snapshot, findings } = look;
  const event = violation.eventId === undefined ? '' : ` (CloudTrail event ${violation.eventId})`;
  const who =
    violation.actor === undefined
      ? 'It was found so.'
      : `Changed by ${describeActor(violation.actor)}.`;
  return [
    `Function ${snapshot.functionArn} is attached to ${describeAttachment(snapshot.attachment)}.`,
    `${who} Since ${toIsoTime(violation.sinceMs)}${event}.`,
    ...violationsOf(findings).map(
      ({ controlId, verdict }) =>
        `${controlId}: ${verdict.status === 'compliant' ? '' : verdict.reason}.`,
    ),
  ];
}
