import { isSameAttachment } from './attachment.ts';
import type { ChangeEvent } from './change-event.ts';
import type { FunctionRecord } from './record.ts';

/**
 * Tells whether an event provably left a function as it was when this policy had nothing to say against it.
 *
 * Absence proves nothing, since CloudTrail cuts long records: only an event that names everything counts. One that
 * may tell who made an attachment is looked at as long as nobody knows.
 */
export function isUnchanged(
  record: FunctionRecord,
  change: ChangeEvent | undefined,
  policyHash: string,
): boolean {
  const { current, judgedBy } = record;
  if (change?.claim === undefined || current === undefined || judgedBy !== policyHash) return false;
  return (
    isSameAttachment(current.attachment, change.claim.attachment) &&
    current.role === change.claim.role &&
    !(change.isAttachmentRequested && current.principalArn === undefined) &&
    isOfGeneration(record, change) &&
    isQuiet(record)
  );
}

/** A create begins a generation unless it is the very event that the record knows; ties are looked at. */
function isOfGeneration(record: FunctionRecord, change: ChangeEvent): boolean {
  if (record.isDeleted) return false;
  if (change.eventId === record.lastEventId) return true;
  return change.kind !== 'create' && change.eventTimeMs > record.changedAtMs;
}

function isQuiet({ outbox, unkept, ...record }: FunctionRecord): boolean {
  const { intent, quarantine, violation, missingSinceMs } = record;
  return [intent, quarantine, violation, missingSinceMs, outbox[0], unkept[0]].every(
    (open) => open === undefined,
  );
}
