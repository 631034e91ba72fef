import { attachmentKey } from './attachment.ts';
import type { ChangeEvent } from './change-event.ts';
import { isEnforcedControl, type Look, violationsOf } from './look.ts';
import { isAtLeast, type WantedRemediation } from './policy.ts';
import type { Cause, OpenViolation } from './record.ts';
import { stableId } from './stable-id.ts';

const STRICTEST_FIRST = ['quarantine', 'revert'] as const satisfies readonly WantedRemediation[];

const WISHES = {
  create: 'onCreate',
  change: 'onChange',
  found: 'onFound',
} as const satisfies Record<Cause, string>;

/** The violation that stands now: the one that the record has, or a new one. */
export function openViolation(look: Look): OpenViolation {
  const { record, snapshot, origin } = look;
  const controlIds = violationsOf(look.findings).map(({ controlId }) => controlId);
  const key = `${attachmentKey(snapshot.attachment)}|${whatCounts(look).join(',')}`;
  const known = record.violation;
  const causes = causesOf(controlIds, look);
  if (known?.key === key) return { ...completed(known, look), controlIds, causes };
  // A caller who moves the function on while a revert waits does not start the clock again.
  const isCarriedOver = known?.revertWantedMs !== undefined && known.containedMs === undefined;
  return {
    // The event may come late or again, and a crash may cost writes: what tells two of a kind apart is their number.
    id: stableId(snapshot.functionArn, key, String(record.violations)),
    key,
    controlIds,
    sinceMs: isCarriedOver ? known.sinceMs : (origin?.eventTimeMs ?? look.nowMs),
    ...blame(origin),
    ...(look.after === undefined || origin !== undefined ? {} : { after: look.after }),
    cause: isLeftOver(known, causes) ? known.cause : look.cause,
    causes,
    conflicts: isCarriedOver ? known.conflicts : 0,
    refused: isCarriedOver ? known.refused : [],
    quarantines: 0,
    ...(isCarriedOver ? { revertWantedMs: known.revertWantedMs } : {}),
    isTold: false,
  };
}

/**
 * How each control came to say no.
 *
 * A control that said no of this very attachment before keeps its cause; one that joins in later has the
 * cause of this look: a change of the network condemns nobody for what somebody else once did.
 */
function causesOf(controlIds: readonly string[], look: Look): OpenViolation['causes'] {
  const { record, snapshot, cause } = look;
  const { violation } = record;
  const isSame = violation?.key.startsWith(`${attachmentKey(snapshot.attachment)}|`) === true;
  const before = isSame ? violation.causes : {};
  const causes = controlIds.map((id): [string, Cause] => {
    const known = before[id] ?? cause;
    // The event that explains an attachment may come after the look that found it.
    return [id, known === 'found' && look.origin !== undefined ? cause : known];
  });
  return Object.fromEntries(causes);
}

/** Nothing joined in: it is the rest of the violation before it. */
function isLeftOver(
  known: OpenViolation | undefined,
  causes: OpenViolation['causes'],
): known is OpenViolation {
  const entries = Object.entries(causes);
  return known !== undefined && entries.every(([id, cause]) => known.causes[id] === cause);
}

/** What tells two violations apart: what the policy acts on or tells of; the rest only where there is no such. */
function whatCounts({ findings, policy }: Look): readonly string[] {
  const violations = violationsOf(findings);
  const counting = violations.filter(
    ({ controlId, severity }) =>
      isEnforcedControl(controlId, policy) || isAtLeast(severity, policy.notify.minimumSeverity),
  );
  return (counting.length === 0 ? violations : counting).map(({ controlId }) => controlId);
}

/** The strictest of what the violated controls ask for. */
export function wantedRemediation(
  { findings, policy }: Look,
  { cause, causes }: OpenViolation,
): { readonly wanted: WantedRemediation; readonly contain: boolean } {
  const violations = violationsOf(findings);
  const settings = violations.map(({ controlId }) => policy.controls[controlId]);
  const wishes = violations.map(
    ({ controlId }) => policy.controls[controlId]?.[WISHES[causes[controlId] ?? cause]],
  );
  return {
    wanted: STRICTEST_FIRST.find((remediation) => wishes.includes(remediation)) ?? 'notify',
    contain: settings.some((control) => control?.contain === true),
  };
}

/** The event that explains an attachment may come after the look that found it. */
function completed(known: OpenViolation, { cause, origin }: Look): OpenViolation {
  return {
    ...known,
    ...(known.actor === undefined ? blame(origin) : {}),
    cause: known.cause === 'found' ? cause : known.cause,
  };
}

function blame(
  origin: ChangeEvent | undefined,
): Pick<OpenViolation, 'eventId'> & Pick<OpenViolation, 'actor'> {
  return origin === undefined ? {} : { eventId: origin.eventId, actor: origin.actor };
}
