import { isDetached, isSameAttachment } from './attachment.ts';
import type { ChangeEvent } from './change-event.ts';
import type { AttachmentOrigin, Cause, FunctionRecord } from './record.ts';
import type { FunctionSnapshot } from './snapshot.ts';

/** One look at a function: what AWS reports, and the event that asked for the look, if one did. */
export interface Observation {
  readonly snapshot: FunctionSnapshot;
  readonly change?: ChangeEvent;
  readonly nowMs: number;
  /** The guardrail's own roles: what they write restores what was, and changes nobody's mind. */
  readonly ownRoleArns: ReadonlySet<string>;
}

/** What is known after a look, and how the present attachment came about. */
export interface Observed {
  readonly record: FunctionRecord & { readonly current: NonNullable<FunctionRecord['current']> };
  readonly cause: Cause;
}

/**
 * Brings a record up to what was just seen.
 *
 * The event is a hint and AWS's answer the truth: an event only explains an attachment that it provably made.
 */
export function observe(known: FunctionRecord, observation: Observation): Observed {
  const { snapshot, nowMs } = observation;
  const change = newerThan(known, observation.change);
  const record = beginsGeneration(known, change) ? nextGeneration(known) : known;
  const origin = originOf(record, observation);
  const attachment = snapshot.attachment;
  const isSame =
    record.current !== undefined && isSameAttachment(record.current.attachment, attachment);
  return {
    record: {
      ...record,
      isDeleted: false,
      changedAtMs: Math.max(record.changedAtMs || nowMs, change?.eventTimeMs ?? 0),
      ...(change === undefined ? {} : { lastEventId: change.eventId }),
      current: { ...origin, attachment, role: snapshot.role },
    },
    cause: causeOf({ record, origin, isSame, event: observation.change }),
  };
}

/** Ends a generation: the function is gone, and what was known of it no longer holds. */
export function observeGone(
  known: FunctionRecord,
  { nowMs, eventId }: { readonly nowMs: number; readonly eventId?: string },
): FunctionRecord {
  const { candidate, baseline, violation, intent, quarantine, hold, current, ...kept } = known;
  return {
    ...kept,
    isDeleted: true,
    changedAtMs: Math.max(known.changedAtMs, nowMs),
    ...(eventId === undefined ? {} : { lastEventId: eventId }),
    outbox: [],
  };
}

function newerThan(
  known: FunctionRecord,
  change: ChangeEvent | undefined,
): ChangeEvent | undefined {
  if (change === undefined || change.eventId === known.lastEventId) return undefined;
  return change.eventTimeMs >= known.changedAtMs ? change : undefined;
}

function beginsGeneration(known: FunctionRecord, change: ChangeEvent | undefined): boolean {
  return known.isDeleted || (change?.kind === 'create' && known.current !== undefined);
}

function nextGeneration(known: FunctionRecord): FunctionRecord {
  return {
    functionArn: known.functionArn,
    version: known.version,
    generation: known.generation + 1,
    changedAtMs: known.changedAtMs,
    isDeleted: false,
    revertsMs: known.revertsMs,
    recheckAtMs: known.recheckAtMs,
    outbox: known.outbox,
  };
}

/** Who made the present attachment, by which call. */
function originOf(record: FunctionRecord, observation: Observation): AttachmentOrigin {
  const { attachment } = observation.snapshot;
  const target = record.intent?.target;
  if (target !== undefined && isSameAttachment(target.attachment, attachment)) return target;
  const { current } = record;
  const known =
    current !== undefined && isSameAttachment(current.attachment, attachment)
      ? pickOrigin(current)
      : undefined;
  if (known?.principalArn !== undefined) return known;
  return (
    explainedOrigin(observation) ?? known ?? { attachment, call: 'UpdateFunctionConfiguration' }
  );
}

function explainedOrigin({
  snapshot,
  change,
  ownRoleArns,
}: Observation): AttachmentOrigin | undefined {
  if (change === undefined || !explains(change, snapshot)) return undefined;
  if (isOwn(change, ownRoleArns)) return undefined;
  const { principalArn } = change.actor;
  return {
    attachment: snapshot.attachment,
    call: change.kind === 'create' ? 'CreateFunction' : 'UpdateFunctionConfiguration',
    ...(principalArn === undefined ? {} : { principalArn }),
  };
}

function pickOrigin({ attachment, call, principalArn }: AttachmentOrigin): AttachmentOrigin {
  return { attachment, call, ...(principalArn === undefined ? {} : { principalArn }) };
}

/** Whether this event provably set the attachment that AWS reports now. */
function explains(change: ChangeEvent, { attachment }: FunctionSnapshot): boolean {
  const sets =
    change.kind === 'create' || (change.kind === 'configuration' && change.isAttachmentRequested);
  if (!sets) return false;
  if (change.claim !== undefined) return isSameAttachment(change.claim.attachment, attachment);
  return isDetached(attachment);
}

function isOwn(change: ChangeEvent, ownRoleArns: ReadonlySet<string>): boolean {
  return change.actor.principalArn !== undefined && ownRoleArns.has(change.actor.principalArn);
}

function causeOf(seen: {
  readonly record: FunctionRecord;
  readonly origin: AttachmentOrigin;
  readonly isSame: boolean;
  readonly event: ChangeEvent | undefined;
}): Cause {
  const { record, origin, isSame, event } = seen;
  if (isSame && record.current?.principalArn === origin.principalArn) {
    return record.violation?.cause ?? 'found';
  }
  if (origin.call === 'CreateFunction') return 'create';
  const isRequested = event?.kind === 'configuration' && event.isAttachmentRequested;
  return record.current !== undefined || isRequested ? 'change' : 'found';
}
