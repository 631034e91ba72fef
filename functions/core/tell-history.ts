import { type Attachment, attachmentKey, isSameAttachment } from './attachment.ts';
import { type Beginning, groupByBeginning } from './beginning.ts';
import type { ChangeEvent } from './change-event.ts';
import { freeFor } from './containment.ts';
import { type HistoryEntry, type HistoryEvent, keep, remediationOf } from './history.ts';
import { type Look, violationsOf } from './look.ts';
import {
  type AttachmentOrigin,
  type FunctionRecord,
  type Intent,
  isAttaching,
  type OpenViolation,
  type Quarantine,
} from './record.ts';
import type { Remediation } from './remediation.ts';
import { standing } from './standing.ts';

/** Keeps where the function went, and who moved it. */
export function keepMove(record: FunctionRecord, look: Look): FunctionRecord {
  const { known, snapshot, origin, nowMs } = look;
  const { attachment } = snapshot;
  const isSameLife = record.generation === known.generation;
  const before = isSameLife ? known.current?.attachment : undefined;
  if (before !== undefined && isSameAttachment(before, attachment)) return record;
  const own = ownMove(known, attachment);
  return keep(
    record,
    { nowMs, key: attachmentKey(attachment) },
    {
      event: 'attached',
      why: own === undefined ? whyMoved(before, origin) : 'the guardrail put it there',
      ...(own === undefined ? {} : remediationOf(own)),
      ...blame(origin),
      ...(before === undefined ? {} : { before: { attachment: before } }),
      after: { attachment },
    },
  );
}

/** The remediation by which the guardrail itself put the function where it is. */
function ownMove({ intent }: FunctionRecord, attachment: Attachment): Intent | undefined {
  if (intent === undefined || !isAttaching(intent)) return undefined;
  return isSameAttachment(intent.target.attachment, attachment) ? intent : undefined;
}

function whyMoved(before: Attachment | undefined, origin: ChangeEvent | undefined): string {
  if (origin?.kind === 'create') return 'it was created there';
  return before === undefined ? 'nobody had looked at it before' : 'its attachment changed';
}

function blame(origin: ChangeEvent | undefined): Pick<HistoryEntry, 'who' | 'eventId'> {
  return origin === undefined ? {} : { who: origin.actor, eventId: origin.eventId };
}

/** Keeps a violation that nobody knew of, and what is done about it. */
export function keepViolation(
  { record, findings, snapshot, policy, nowMs }: Look,
  violation: OpenViolation,
  remediation: Remediation,
): FunctionRecord {
  const { id, controlIds, actor, eventId, after, sinceMs } = violation;
  if (record.violation?.id === id) return record;
  const begun = groupByBeginning(violation);
  return keep(
    record,
    { nowMs, key: id },
    {
      event: 'violation',
      why: violationsOf(findings)
        .map(({ verdict }) => verdict.reason)
        .join('; '),
      ...(actor === undefined ? {} : { who: actor }),
      ...(eventId === undefined ? {} : { eventId }),
      ...(after === undefined ? {} : { network: after }),
      ...(begun.length === 1 ? {} : { begun }),
      controlIds,
      ...answerOf(remediation),
      after: { attachment: snapshot.attachment },
      policyHash: policy.hash,
      sinceMs,
    },
  );
}

/** What is done about a violation, or would be, and why. */
function answerOf(remediation: Remediation) {
  const { kind, reason } = remediation;
  const answer = { remediation: kind, remediationReason: reason };
  if (kind === 'withheld') return { ...answer, wanted: remediation.wanted };
  const { awaits } = kind === 'none' ? remediation : {};
  return awaits === undefined ? answer : { ...answer, wanted: awaits };
}

/** Keeps where reverts go from now on. */
export function keepBaseline(
  record: FunctionRecord,
  { attachment }: AttachmentOrigin,
  look: Look,
): FunctionRecord {
  const before = record.baseline?.attachment;
  if (before !== undefined && isSameAttachment(before, attachment)) return record;
  return keep(
    record,
    { nowMs: look.nowMs, key: attachmentKey(attachment) },
    {
      event: 'baseline',
      why: `${standing(look)}, and AWS runs it`,
      ...(before === undefined ? {} : { before: { attachment: before } }),
      after: { attachment },
    },
  );
}

/** Keeps that somebody else ended a quarantine. */
export function keepLift(
  record: FunctionRecord,
  { remediationId }: Quarantine,
  { look: { snapshot, nowMs }, lift }: { readonly look: Look; readonly lift: Beginning },
): FunctionRecord {
  const { attachment, reservedConcurrency } = snapshot;
  return keep(
    record,
    { nowMs, key: remediationId },
    {
      event: 'lifted',
      why: 'somebody else changed its reserved concurrency',
      ...(lift.actor === undefined ? {} : { who: lift.actor }),
      ...(lift.eventId === undefined ? {} : { eventId: lift.eventId }),
      remediation: 'quarantine',
      remediationId,
      before: { attachment, reservedConcurrency: 0 },
      after: { attachment, ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }) },
    },
  );
}

/** Keeps that a violation is over, and how long it took. */
export function keepResolution<Kept extends FunctionRecord>(
  record: Kept,
  violation: OpenViolation,
  look: Look,
): Kept {
  const { snapshot, nowMs } = look;
  const { id, controlIds, sinceMs, containedMs } = violation;
  const freeForMs = freeFor(violation, nowMs);
  return keep(
    record,
    { nowMs, key: id },
    {
      event: 'resolved',
      why: standing(look),
      controlIds,
      after: { attachment: snapshot.attachment },
      sinceMs,
      ...(containedMs === undefined ? {} : { containedMs }),
      ...(freeForMs === 0 ? {} : { freeForMs }),
    },
  );
}

/** Keeps how the remediation that a record holds ended. */
export function keepEnd(
  record: FunctionRecord,
  { nowMs }: Pick<Look, 'nowMs'>,
  [event, why]: readonly [HistoryEvent, string],
): FunctionRecord {
  const { intent } = record;
  if (intent === undefined) return record;
  return keep(
    record,
    { nowMs, key: intent.remediationId },
    { event, why, ...remediationOf(intent) },
  );
}
