import { describeActor } from '../actor.ts';
import { describeAttachment } from '../attachment.ts';
import type { Beginning } from '../beginning.ts';
import type { Look } from '../look.ts';
import type { Notice } from '../notice.ts';
import type { Intent, OpenViolation } from '../record.ts';
import {
  type ActingRemediation,
  type Attach,
  isAttach,
  type RestingRemediation,
} from '../remediation.ts';
import { stableId } from '../stable-id.ts';
import { frameNotice, moment, sentence, whereItIs } from './frame-notice.ts';
import { howToRelease, LET_ACT_AGAIN } from './how-to-release.ts';
import { correctTemplate } from './template-advice.ts';
import { fixes, whatHappened } from './violation-words.ts';

const MEANT_SO = 'Change the policy, or exempt the function, if it is meant so';

const STILL_QUARANTINED =
  'It is in quarantine, for what came before; it is released once nothing is left that the policy acts on.';

const DONE = {
  revert: 'reverted',
  fallback: 'moved to the fallback',
  quarantine: 'quarantined',
  release: 'released',
  wake: 'woken',
} as const satisfies Record<ActingRemediation['kind'], string>;

const HEADLINES = {
  revert: 'is being reverted',
  fallback: 'is being moved to the fallback',
  quarantine: 'was quarantined',
} as const;

/** Tells people of a violation on which nothing is done, and why not. */
export function violationNotice(
  look: Look,
  { violation, remediation }: { violation: OpenViolation; remediation: RestingRemediation },
): Notice {
  const { kind, reason } = remediation;
  const otherwise =
    kind === 'withheld' ? `; in enforce mode it would have been ${DONE[remediation.wanted]}` : '';
  return frameNotice(look, {
    id: stableId(violation.id, 'violation'),
    kind: 'violation',
    remediation: kind,
    headline: 'violates the policy',
    paragraphs: [
      ...whatHappened(look, violation),
      sentence(`Nothing was done, because ${reason}${otherwise}`),
      ...(isQuarantined(look) ? [STILL_QUARANTINED] : []),
    ],
    nextSteps: [...fixes(violation), ...(isQuarantined(look) ? [howToRelease(look)] : [MEANT_SO])],
    violation,
  });
}

/** Tells people what AWS was just told to do about a violation. */
export function remediationNotice(
  look: Look,
  from: {
    readonly violation: OpenViolation;
    readonly remediation: Exclude<ActingRemediation, { readonly kind: 'release' | 'wake' }>;
    readonly remediationId: string;
  },
): Notice {
  const { violation, remediation, remediationId } = from;
  const again = violation.quarantines > 0 || look.record.lift !== undefined;
  return frameNotice(look, {
    id: stableId(remediationId, 'notice'),
    kind: 'remediation',
    remediation: remediation.kind,
    headline:
      HEADLINES[remediation.kind] + (again && remediation.kind === 'quarantine' ? ' again' : ''),
    paragraphs: [
      ...whatHappened(look, violation),
      ...(isAttach(remediation)
        ? [whereItGoes(remediation)]
        : howQuarantined(look, remediation, again)),
    ],
    nextSteps: isAttach(remediation)
      ? [correctTemplate(look, violation)]
      : [
          ...(isFought(look) ? [correctTemplate(look, violation)] : []),
          ...fixes(violation),
          howToRelease(look),
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
    id: stableId(violation.id, intent.remediationId, 'withheld'),
    kind: 'violation',
    remediation: 'withheld',
    headline: `violates the policy; ${intent.kind} withheld`,
    paragraphs: [
      ...whatHappened(look, violation),
      sentence(`It was not ${DONE[intent.kind]}, because ${reason}`),
    ],
    nextSteps: [...fixes(violation), LET_ACT_AGAIN],
    violation,
  });
}

/** Tells people that AWS refused a remediation for good. */
export function refusalNotice(
  look: Look,
  from: {
    readonly violation: OpenViolation | undefined;
    readonly intent: Intent;
    readonly error: string;
  },
): Notice {
  const { violation, intent, error } = from;
  return frameNotice(look, {
    id: stableId(intent.remediationId, 'refused'),
    kind: intent.kind === 'wake' ? 'wake' : 'violation',
    remediation: 'withheld',
    headline: `was not ${DONE[intent.kind]}: refused by AWS`,
    paragraphs: [
      ...(violation === undefined ? [whereItIs(look)] : whatHappened(look, violation)),
      sentence(`It should have been ${DONE[intent.kind]}, and AWS refused: ${error}`),
    ],
    nextSteps: [
      'Correct what AWS objects to, then ask for a rescan',
      ...(violation === undefined ? [] : fixes(violation)),
    ],
    violation,
  });
}

/** It was put right before, and moved again. */
function isFought({ record: { revertsMs, violation } }: Look): boolean {
  return revertsMs.length > 0 || (violation?.conflicts ?? 0) > 0;
}

function whereItGoes({ kind, target, reason }: Attach): string {
  const where = describeAttachment(target.attachment);
  const how =
    kind === 'revert' ? `back to ${where}` : `to the fallback, ${where}, because ${reason}`;
  return `${sentence(`It is being moved ${how}`)} Until AWS has finished the update, its code still runs where it is.`;
}

function howQuarantined(
  look: Look,
  { reason }: Pick<ActingRemediation, 'reason'>,
  again: boolean,
): readonly string[] {
  return [
    sentence(`It was quarantined${again ? ' again' : ''}, because ${reason}`),
    ...(again ? [liftedBefore(look)] : []),
    'Its reserved concurrency is 0 now: no new invocation runs. Invocations that have begun may go on for up to 15 minutes.',
  ];
}

function liftedBefore({ snapshot: { reservedConcurrency }, record: { lift } }: Look): string {
  const now =
    reservedConcurrency === undefined
      ? 'no reservation'
      : `a reservation of ${reservedConcurrency}`;
  return `It had been quarantined before, and was found with ${now}: ${whoLifted(lift)}. That is what a release restores.`;
}

function whoLifted(lift: Beginning | undefined): string {
  if (lift === undefined) return 'somebody lifted the quarantine, or a hold has ended';
  const { actor, eventId, atMs } = lift;
  return actor === undefined
    ? 'somebody lifted the quarantine, and no event tells who'
    : `${describeActor(actor)} lifted the quarantine at ${moment(atMs)} (CloudTrail event ${eventId})`;
}

function isQuarantined({ record, snapshot }: Look): boolean {
  return record.quarantine !== undefined && snapshot.reservedConcurrency === 0;
}
