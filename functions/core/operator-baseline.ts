import type { Actor } from './actor.ts';
import { type Attachment, attachmentKey, isSameAttachment } from './attachment.ts';
import { keep } from './history.ts';
import type { AttachmentOrigin, FunctionRecord } from './record.ts';

/** Who says something of a function's last good attachment, and why. */
export interface BaselineAct {
  readonly who: Actor;
  readonly reason: string;
  readonly nowMs: number;
}

/**
 * Makes an attachment the last good one because an operator says so; the same record where it is that already.
 *
 * Nobody judges it here: a revert goes there only where the policy of that day allows it.
 */
export function setBaseline(
  record: FunctionRecord,
  attachment: Attachment,
  { who, reason, nowMs }: BaselineAct,
): FunctionRecord {
  const { baseline: before } = record;
  if (before !== undefined && isSameAttachment(before.attachment, attachment)) return record;
  const kept = keep(
    record,
    { nowMs, key: `set ${attachmentKey(attachment)}` },
    {
      event: 'baseline',
      why: `an operator says so: ${reason}`,
      who,
      ...(before === undefined ? {} : { before: { attachment: before.attachment } }),
      after: { attachment },
    },
  );
  return { ...kept, baseline: originOf(record, attachment) };
}

/**
 * Forgets the last good attachment because an operator says so, and the one that was about to become it.
 *
 * The same record where neither is known.
 */
export function forgetBaseline(
  record: FunctionRecord,
  { who, reason, nowMs }: BaselineAct,
): FunctionRecord {
  const { baseline, candidate, ...rest } = record;
  const before = baseline ?? candidate;
  if (before === undefined) return record;
  const { attachment } = before;
  return keep(
    rest,
    { nowMs, key: `forget ${attachmentKey(attachment)}` },
    {
      event: 'baseline',
      why: `an operator wants none: ${reason}`,
      who,
      before: { attachment },
    },
  );
}

/** Whoever attached the function last answers for it there: that principal has to be allowed to go there. */
function originOf({ current }: FunctionRecord, attachment: Attachment): AttachmentOrigin {
  if (current === undefined) return { attachment, call: 'UpdateFunctionConfiguration' };
  const { role, ...origin } = current;
  if (isSameAttachment(origin.attachment, attachment)) return origin;
  const { principalArn } = origin;
  return {
    attachment,
    call: 'UpdateFunctionConfiguration',
    ...(principalArn === undefined ? {} : { principalArn }),
  };
}
