import { isSameAttachment } from './attachment.ts';
import type { ChangeEvent } from './change-event.ts';
import type { AttachmentOrigin, FunctionRecord } from './record.ts';

/**
 * Answers the recorded origin of an attachment that an event provably left as it was; undefined where the
 * function has to be read.
 *
 * Absence proves nothing, since CloudTrail cuts long records: only an event that names everything counts.
 */
export function unchangedOrigin(
  record: FunctionRecord,
  change: ChangeEvent | undefined,
): AttachmentOrigin | undefined {
  const { current } = record;
  if (change?.claim === undefined || current === undefined) return undefined;
  const isKnown =
    isSameAttachment(current.attachment, change.claim.attachment) &&
    current.role === change.claim.role &&
    isOfGeneration(record, change);
  return isKnown && isQuiet(record) ? current : undefined;
}

/** A create begins a generation unless it is the very event that the record knows; ties are looked at. */
function isOfGeneration(record: FunctionRecord, change: ChangeEvent): boolean {
  if (record.isDeleted) return false;
  if (change.eventId === record.lastEventId) return true;
  return change.kind !== 'create' && change.eventTimeMs > record.changedAtMs;
}

function isQuiet({ outbox, ...record }: FunctionRecord): boolean {
  const { intent, quarantine, violation, missingSinceMs } = record;
  return [intent, quarantine, violation, missingSinceMs, outbox[0]].every(
    (open) => open === undefined,
  );
}
