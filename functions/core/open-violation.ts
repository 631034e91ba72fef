import { attachmentKey } from './attachment.ts';
import { type Look, violationsOf } from './look.ts';
import type { ControlSettings, WantedRemediation } from './policy.ts';
import type { OpenViolation } from './record.ts';

const STRICTNESS = [
  'notify',
  'revert',
  'quarantine',
] as const satisfies readonly WantedRemediation[];

/** The violation that stands now: the one that the record has, or a new one. */
export function openViolation({ record, snapshot, findings, ...look }: Look): OpenViolation {
  const controls = violationsOf(findings).map(({ controlId }) => controlId);
  const key = `${attachmentKey(snapshot.attachment)}|${controls.join(',')}`;
  const known = record.violation;
  if (known?.key === key) {
    // INVARIANT: a cause only grows stricter, when the event that explains the attachment comes late.
    return known.cause === 'found' ? { ...known, cause: look.cause } : known;
  }
  const { change } = look;
  // A caller who moves the function on while a revert waits does not start the clock again.
  const isCarriedOver = known?.revertWantedMs !== undefined && known.containedMs === undefined;
  return {
    key,
    controlIds: controls,
    sinceMs: isCarriedOver ? known.sinceMs : (change?.eventTimeMs ?? look.nowMs),
    ...(change === undefined ? {} : { eventId: change.eventId, actor: change.actor }),
    cause: look.cause,
    conflicts: isCarriedOver ? known.conflicts : 0,
    refused: isCarriedOver ? known.refused : [],
    ...(isCarriedOver ? { revertWantedMs: known.revertWantedMs } : {}),
    isTold: false,
  };
}

/** The strictest of what the violated controls ask for. */
export function wantedRemediation(
  { findings, policy }: Look,
  violation: OpenViolation,
): { readonly wanted: WantedRemediation; readonly contain: boolean } {
  const settings = violationsOf(findings).map(({ controlId }) => policy.controls[controlId]);
  const strictest = Math.max(
    ...settings.map((control) => STRICTNESS.indexOf(wish(control, violation))),
  );
  return {
    wanted: STRICTNESS[strictest] ?? 'notify',
    contain: settings.some((control) => control?.contain === true),
  };
}

function wish(control: ControlSettings | undefined, { cause }: OpenViolation): WantedRemediation {
  switch (cause) {
    case 'create':
      return control?.onCreate ?? 'notify';
    case 'change':
      return control?.onChange ?? 'notify';
    case 'found':
      return control?.onFound ?? 'notify';
  }
}
