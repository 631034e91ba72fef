import { isDetached, isSameAttachment } from './attachment.ts';
import type { ChangeEvent } from './change-event.ts';
import { beginsGeneration, nextGeneration } from './generation.ts';
import { type AttachmentOrigin, type Cause, type FunctionRecord, isAttaching } from './record.ts';
import type { FunctionSnapshot } from './snapshot.ts';
import { noteTagWrites } from './tag-writes.ts';

/** One look at a function: what AWS reports, and the event that asked for the look, if one did. */
export interface Observation {
  readonly snapshot: FunctionSnapshot;
  readonly change?: ChangeEvent;
  readonly nowMs: number;
  /** The guardrail's own roles: what they write restores what was, and changes nobody's mind. */
  readonly ownRoleArns: ReadonlySet<string>;
  /** The keys of the tags that the policy trusts. */
  readonly trustedKeys: ReadonlySet<string>;
}

/** A record of a function that was seen. */
export type ObservedRecord = FunctionRecord &
  Required<Pick<FunctionRecord, 'current' | 'existedAtMs' | 'tagWrites'>>;

/** What is known after a look, and how the present attachment came about. */
export interface Observed {
  readonly record: ObservedRecord;
  readonly cause: Cause;
  /** The event that provably made the present attachment. */
  readonly origin?: ChangeEvent;
  /** The event that asked for the look, where nobody heard of it before. */
  readonly news?: ChangeEvent;
  /** The event that asked for the look, however late, where the guardrail did not make it itself. */
  readonly asked?: ChangeEvent;
}

/**
 * Brings a record up to what was just seen.
 *
 * The event is a hint and AWS's answer the truth: an event only explains an attachment that it provably made.
 */
export function observe(known: FunctionRecord, given: Observation): Observed {
  const { snapshot, nowMs } = given;
  const change = newerThan(known, given.change);
  const { missingSinceMs, ...record } = beginsGeneration(known, given.change)
    ? nextGeneration(known, given)
    : known;
  const observation = ofThisLife(record, given);
  const asked = ofOthers(observation);
  const origin = explaining(asked, snapshot);
  const current = originOf(record, snapshot, origin);
  return {
    record: {
      ...record,
      changedAtMs: Math.max(record.changedAtMs || nowMs, change?.eventTimeMs ?? 0),
      ...(change === undefined ? {} : { lastEventId: change.eventId }),
      current: { ...current, role: snapshot.role },
      existedAtMs: record.existedAtMs ?? existedAt(observation),
      tagWrites: noteTagWrites(record.tagWrites ?? {}, observation, change !== undefined),
    },
    cause: causeOf(record, current, {
      change: observation.change,
      explained: origin !== undefined,
    }),
    ...(origin === undefined ? {} : { origin }),
    ...(change === undefined ? {} : { news: change }),
    ...(asked === undefined ? {} : { asked }),
  };
}

/** What happened to another function of that name, before this one was there, explains nothing. */
function ofThisLife({ bornMs = 0 }: FunctionRecord, observation: Observation): Observation {
  const { change, ...seen } = observation;
  return change !== undefined && change.eventTimeMs < bornMs ? seen : observation;
}

/** What the guardrail wrote itself is nobody's doing. */
function ofOthers({ change, ownRoleArns }: Observation): ChangeEvent | undefined {
  const { principalArn } = change?.actor ?? {};
  return principalArn !== undefined && ownRoleArns.has(principalArn) ? undefined : change;
}

/** A new function is there since somebody looked; one that nobody saw created, since AWS last changed it. */
function existedAt({ snapshot: { lastModifiedMs }, change, nowMs }: Observation): number {
  return change?.kind === 'create' ? nowMs : Math.min(nowMs, lastModifiedMs ?? nowMs);
}

function newerThan(
  known: FunctionRecord,
  change: ChangeEvent | undefined,
): ChangeEvent | undefined {
  if (change === undefined || change.eventId === known.lastEventId) return undefined;
  return change.eventTimeMs >= known.changedAtMs ? change : undefined;
}

/** Who made the present attachment, by which call. */
function originOf(
  { current, intent }: FunctionRecord,
  { attachment }: FunctionSnapshot,
  origin: ChangeEvent | undefined,
): AttachmentOrigin {
  if (intent && isAttaching(intent) && isSameAttachment(intent.target.attachment, attachment)) {
    return { ...intent.target, attachment };
  }
  const isSame = current !== undefined && isSameAttachment(current.attachment, attachment);
  // Who asks again for what is there already has not changed it.
  const explained = isSame && current.principalArn !== undefined ? undefined : origin;
  if (explained !== undefined) return toOrigin(attachment, explained);
  if (!isSame) return { attachment, call: 'UpdateFunctionConfiguration' };
  const { role, ...known } = current;
  return { ...known, attachment };
}

function toOrigin(attachment: FunctionSnapshot['attachment'], change: ChangeEvent) {
  const { principalArn } = change.actor;
  return {
    attachment,
    call: change.kind === 'create' ? 'CreateFunction' : 'UpdateFunctionConfiguration',
    ...(principalArn === undefined ? {} : { principalArn }),
  } as const;
}

/** The event, where it provably set the attachment that AWS reports now. */
function explaining(
  change: ChangeEvent | undefined,
  { attachment }: FunctionSnapshot,
): ChangeEvent | undefined {
  if (change === undefined || !sets(change)) return undefined;
  const { claim } = change;
  const isThere =
    claim === undefined ? isDetached(attachment) : isSameAttachment(claim.attachment, attachment);
  return isThere ? change : undefined;
}

function sets({ kind, isAttachmentRequested }: ChangeEvent): boolean {
  return kind === 'create' || (kind === 'configuration' && isAttachmentRequested);
}

function causeOf(
  { current }: FunctionRecord,
  origin: AttachmentOrigin,
  { change, explained }: { readonly change: ChangeEvent | undefined; readonly explained: boolean },
): Cause {
  const isSame = current !== undefined && isSameAttachment(current.attachment, origin.attachment);
  if (isSame && current.principalArn === origin.principalArn) return 'found';
  if (change?.kind === 'create' && (explained || current === undefined)) return 'create';
  return current !== undefined || (change !== undefined && sets(change)) ? 'change' : 'found';
}
