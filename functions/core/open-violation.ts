import { attachmentKey } from './attachment.ts';
import {
  type Beginning,
  beginningOf,
  eventBehind,
  isBesideAttachment,
  isSameBeginning,
  ownBeginning,
  whoOf,
} from './beginning.ts';
import type { ChangeEvent } from './change-event.ts';
import { isEnforcedControl, type Look, violationsOf } from './look.ts';
import { isAtLeast, type WantedRemediation } from './policy.ts';
import type { Cause, OpenViolation } from './record.ts';
import { stableId } from './stable-id.ts';

const STRICTEST_FIRST = ['quarantine', 'revert'] as const satisfies readonly WantedRemediation[];

/** How a control began. */
type Begins = readonly [controlId: string, beginning: Beginning];

const WISHES = {
  create: 'onCreate',
  change: 'onChange',
  found: 'onFound',
} as const satisfies Record<Cause, string>;

/** The violation that stands now: the one that the record has, or a new one. */
export function openViolation(look: Look): OpenViolation {
  const { record, snapshot } = look;
  const controlIds = violationsOf(look.findings).map(({ controlId }) => controlId);
  const key = `${attachmentKey(snapshot.attachment)}|${whatCounts(look).join(',')}`;
  const known = record.violation;
  const causes = causesOf(controlIds, look);
  const beginnings = controlIds.map((id): Begins => [id, beginningIn(look, id)]);
  if (known?.key === key) return { ...completed(known, look, beginnings), controlIds, causes };
  // A caller who moves the function on while a revert waits does not start the clock again.
  const isCarriedOver = known?.revertWantedMs !== undefined && known.containedMs === undefined;
  const { atMs, ...newest } = newestOf(beginnings, look);
  return withOthers(
    {
      // The event may come late or again, and a crash may cost writes: what tells two of a kind apart is their number.
      id: stableId(snapshot.functionArn, key, String(record.violations)),
      key,
      controlIds,
      sinceMs: isCarriedOver ? known.sinceMs : atMs,
      ...newest,
      cause: isLeftOver(known, causes) ? known.cause : look.cause,
      causes,
      conflicts: isCarriedOver ? known.conflicts : 0,
      refused: isCarriedOver ? known.refused : [],
      quarantines: 0,
      ...(isCarriedOver ? { revertWantedMs: known.revertWantedMs } : {}),
      isTold: false,
    },
    beginnings,
  );
}

/**
 * How a control came to say no.
 *
 * One that said no before keeps its beginning: of this very attachment, or of something beside it.
 */
function beginningIn(look: Look, controlId: string): Beginning {
  const event = eventBehind(controlId, look);
  const { violation } = look.record;
  if (violation !== undefined && stoodBefore(violation, controlId, look)) {
    return explained(beginningOf(violation, controlId), event, controlId);
  }
  const { after } = look;
  return {
    atMs: event?.eventTimeMs ?? look.nowMs,
    ...whoOf(event),
    ...(event !== undefined || after === undefined ? {} : { after }),
  };
}

function stoodBefore({ key, controlIds }: OpenViolation, id: string, { snapshot }: Look): boolean {
  const isHere = key.startsWith(`${attachmentKey(snapshot.attachment)}|`);
  return controlIds.includes(id) && (isHere || isBesideAttachment(id));
}

/** The event that explains it may come after the look that found it; what began after it is not explained. */
function explained(known: Beginning, event: ChangeEvent | undefined, controlId: string): Beginning {
  if (event === undefined || known.actor !== undefined || known.after !== undefined) return known;
  if (isBesideAttachment(controlId) && event.eventTimeMs > known.atMs) return known;
  return { ...known, ...whoOf(event) };
}

/** A violation begins with what joined in last. */
function newestOf(beginnings: readonly Begins[], { nowMs }: Look): Beginning {
  const [first = { atMs: nowMs }, ...others] = beginnings.map(([, beginning]) => beginning);
  return others.reduce((newest, other) => (other.atMs > newest.atMs ? other : newest), first);
}

/** Keeps apart how controls began that did not begin with the violation. */
function withOthers(violation: OpenViolation, beginnings: readonly Begins[]): OpenViolation {
  const own = ownBeginning(violation);
  const others = beginnings.filter(([, beginning]) => !isSameBeginning(beginning, own));
  return others.length === 0 ? violation : { ...violation, others: Object.fromEntries(others) };
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
function completed(
  { others = {}, ...known }: OpenViolation,
  { cause }: Look,
  beginnings: readonly Begins[],
): OpenViolation {
  const { controlIds } = known;
  const own = beginnings.find(([id]) => controlIds.includes(id) && others[id] === undefined);
  const { atMs, ...who } = own?.[1] ?? ownBeginning(known);
  return withOthers(
    { ...known, ...who, cause: known.cause === 'found' ? cause : known.cause },
    beginnings,
  );
}
