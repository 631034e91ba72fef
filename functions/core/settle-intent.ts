import { attachmentKey, isSameAttachment } from './attachment.ts';
import { recentReverts } from './choose-revert.ts';
import type { Look } from './look.ts';
import { wakeNotice } from './notices/resolution-notices.ts';
import type { FunctionRecord, Intent } from './record.ts';
import { type FunctionSnapshot, isInFlight, isSettled } from './snapshot.ts';

/** What became of a remediation that was written down. */
type IntentState =
  /** AWS is seen to run what it asked for. */
  | 'landed'
  /** AWS took the call and works on it. */
  | 'in-flight'
  /** AWS took the call and failed. */
  | 'failed'
  /** Nothing of it is seen: the call was never made, or somebody changed the function since. */
  | 'not-applied';

/** Compares the remediation that is written down with what AWS reports now, and closes it where it is over. */
export function settleIntent(look: Look): FunctionRecord {
  const { record, snapshot } = look;
  const { intent } = record;
  if (intent === undefined) return record;
  switch (intentState(intent, snapshot)) {
    case 'landed':
      return closeIntent(landed(look, intent));
    case 'in-flight':
      return markSent(record, intent, look);
    case 'failed':
      return closeIntent(failed(look, intent));
    case 'not-applied':
      return withoutNotice(closeIntent(record), intent);
  }
}

function intentState(intent: Intent, snapshot: FunctionSnapshot): IntentState {
  switch (intent.kind) {
    case 'revert':
      return revertState(intent, snapshot);
    case 'quarantine':
    case 'release':
      return snapshot.reservedConcurrency === intent.reservedConcurrency ? 'landed' : 'not-applied';
    case 'wake':
      return wakeState(snapshot);
  }
}

function revertState({ target, status }: Intent, snapshot: FunctionSnapshot): IntentState {
  const isThere = target !== undefined && isSameAttachment(target.attachment, snapshot.attachment);
  if (isThere) return isSettled(snapshot) ? 'landed' : 'in-flight';
  return status === 'sent' && snapshot.lastUpdateStatus === 'Failed' ? 'failed' : 'not-applied';
}

function wakeState(snapshot: FunctionSnapshot): IntentState {
  if (isInFlight(snapshot)) return 'in-flight';
  return snapshot.state === 'Active' ? 'landed' : 'failed';
}

function landed(look: Look, intent: Intent): FunctionRecord {
  switch (intent.kind) {
    case 'revert':
      return contained(markSent(look.record, intent, look), look.nowMs);
    case 'quarantine':
      return quarantined(look.record, intent, look.nowMs);
    case 'release':
      return released(look.record);
    case 'wake':
      return told(look, intent, true);
  }
}

function failed(look: Look, intent: Intent): FunctionRecord {
  if (intent.kind === 'wake') return told(look, intent, false);
  const { lastUpdateStatusReasonCode: code } = look.snapshot;
  return refused(look.record, intent, `the update failed: ${code ?? 'no reason given'}`);
}

function told(look: Look, intent: Intent, isAwake: boolean): FunctionRecord {
  const { remediationId, startedAtMs } = intent;
  const notice = wakeNotice(look, { remediationId, startedAtMs, isAwake });
  return { ...look.record, outbox: [...look.record.outbox, notice] };
}

/** Notes that AWS took the call; a revert counts against the function's limit once. */
export function markSent(
  record: FunctionRecord,
  intent: Intent,
  { policy, nowMs }: Pick<Look, 'policy' | 'nowMs'>,
): FunctionRecord {
  if (intent.status === 'sent') return record;
  const sent = { ...record, intent: { ...intent, status: 'sent' as const } };
  if (intent.kind !== 'revert') return sent;
  const { perMinutes } = policy.limits.functionReverts;
  const recent = recentReverts(record.revertsMs, { nowMs, perMinutes });
  return { ...sent, revertsMs: [...recent, nowMs] };
}

/** Notes that a function no longer runs, and what was reserved before. */
export function quarantined(record: FunctionRecord, intent: Intent, nowMs: number): FunctionRecord {
  const { reservedConcurrency: previous } = intent.undo;
  return contained(
    {
      ...record,
      quarantine: {
        remediationId: intent.remediationId,
        sinceMs: record.quarantine?.sinceMs ?? nowMs,
        ...(previous === undefined ? {} : { previous }),
      },
    },
    nowMs,
  );
}

/** Notes that a quarantine is over, and with it the violation. */
export function released({ quarantine, violation, ...record }: FunctionRecord): FunctionRecord {
  return record;
}

/** Notes that AWS will not do this, in AWS's words. */
export function refused(record: FunctionRecord, intent: Intent, error: string): FunctionRecord {
  const { violation } = record;
  if (violation === undefined || intent.target === undefined) return record;
  const target = attachmentKey(intent.target.attachment);
  return {
    ...record,
    violation: { ...violation, refused: [...violation.refused, { target, error }] },
  };
}

/** The record without its intent. */
export function closeIntent({ intent, ...record }: FunctionRecord): FunctionRecord {
  return record;
}

/** The record without the notice of a remediation that was not done. */
export function withoutNotice(record: FunctionRecord, { noticeId }: Intent): FunctionRecord {
  return { ...record, outbox: record.outbox.filter(({ id }) => id !== noticeId) };
}

function contained(record: FunctionRecord, nowMs: number): FunctionRecord {
  const { violation } = record;
  if (violation === undefined) return record;
  return {
    ...record,
    violation: { ...violation, containedMs: violation.containedMs ?? nowMs },
  };
}
