import type { Actor } from './actor.ts';
import type { ChangeEvent, ChangeKind } from './change-event.ts';
import { CONTROLS } from './controls/registry.ts';
import type { Look } from './look.ts';
import type { NetworkCause } from './network-change.ts';
import type { OpenViolation } from './record.ts';

/** How something began, as far as an event tells. */
export interface Beginning {
  /** Time of the event, or of the look that found it. */
  readonly atMs: number;
  readonly eventId?: string;
  /** Who made the call; absent where nobody knows. */
  readonly actor?: Actor;
  /** What the call did. */
  readonly call?: ChangeKind;
  /** The change of the network that it was found after, where one asked for the look. */
  readonly after?: NetworkCause;
}

/** Controls of one violation that began together. */
export interface Begun extends Beginning {
  readonly controlIds: readonly string[];
}

/** What no attachment of the function changes: versions keep theirs, and roles their rights. */
const BESIDE_ATTACHMENT: ReadonlySet<string> = new Set(
  CONTROLS.filter(({ needs }) =>
    needs.some((kind) => kind === 'versions' || kind === 'role' || kind === 'functionCode'),
  ).map(({ id }) => id),
);

const OF_VERSIONS: ReadonlySet<string> = new Set(
  CONTROLS.filter(({ needs }) => needs.includes('versions')).map(({ id }) => id),
);

/** Tells whether a control says no wherever the function is. */
export function isBesideAttachment(controlId: string): boolean {
  return BESIDE_ATTACHMENT.has(controlId);
}

/** The event because of which a control says no; whoever moves a function has published no version. */
export function eventBehind(
  controlId: string,
  { origin, asked, findings }: Pick<Look, 'origin' | 'asked' | 'findings'>,
): ChangeEvent | undefined {
  if (!OF_VERSIONS.has(controlId)) return origin;
  const verdict = findings.find((finding) => finding.controlId === controlId)?.verdict;
  const condemned = verdict?.status === 'violation' ? (verdict.versions ?? []) : [];
  return asked?.versions?.some((version) => condemned.includes(version)) ? asked : undefined;
}

/** Who made a call, by which event. */
export function whoOf(
  event: ChangeEvent | undefined,
): Pick<Beginning, 'eventId' | 'call'> & Pick<Beginning, 'actor'> {
  if (event === undefined) return {};
  return { eventId: event.eventId, actor: event.actor, call: event.kind };
}

/** How one control of a violation came to say no. */
export function beginningOf(violation: OpenViolation, controlId: string): Beginning {
  return violation.others?.[controlId] ?? ownBeginning(violation);
}

/** The controls of a violation that began to say no after a time. */
export function begunSince(violation: OpenViolation, sinceMs: number): readonly string[] {
  return violation.controlIds.filter((id) => beginningOf(violation, id).atMs > sinceMs);
}

/** How the controls of a violation came to say no, those together that began together. */
export function groupByBeginning(violation: OpenViolation): readonly Begun[] {
  const begun = violation.controlIds.map((id) => ({ id, ...beginningOf(violation, id) }));
  const firsts = begun.filter(
    (one, index) => begun.findIndex((other) => isSameBeginning(one, other)) === index,
  );
  return firsts.map(({ id: _, ...first }) => ({
    ...first,
    controlIds: begun.filter((one) => isSameBeginning(one, first)).map(({ id }) => id),
  }));
}

/** Tells whether two began by the same event, or were found by the same look. */
export function isSameBeginning(left: Beginning, right: Beginning): boolean {
  return (
    left.atMs === right.atMs &&
    left.eventId === right.eventId &&
    left.after?.eventId === right.after?.eventId
  );
}

/** How a violation itself began. */
export function ownBeginning(violation: OpenViolation): Beginning {
  const { sinceMs, eventId, actor, call, after } = violation;
  return {
    atMs: sinceMs,
    ...(eventId === undefined ? {} : { eventId }),
    ...(actor === undefined ? {} : { actor }),
    ...(call === undefined ? {} : { call }),
    ...(after === undefined ? {} : { after }),
  };
}
