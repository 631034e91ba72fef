import { attachmentKey, isSameAttachment } from './attachment.ts';
import { recentReverts } from './choose-revert.ts';
import { contain, containedBy, free } from './containment.ts';
import { type Look, violationsToActOn } from './look.ts';
import { wakeNotice } from './notices/resolution-notices.ts';
import { type AttachIntent, type FunctionRecord, type Intent, isAttaching } from './record.ts';
import { type FunctionSnapshot, isSettled } from './snapshot.ts';
import { keepEnd, keepResolution } from './tell-history.ts';

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

/** How the history tells that AWS took a call. */
export const DONE = ['done', 'AWS took the call'] as const;
const LANDED = ['landed', 'AWS runs what was asked for'] as const;

/** No handler works longer than this on what it has written down. */
export const HANDLER_MS = 30_000;

/** Tells whether another handler may be about to make the call of an intent, or to publish notices. */
export function isBeingDone({ intent, tellingSinceMs }: FunctionRecord, nowMs: number): boolean {
  const begun = [intent?.status === 'open' ? intent.startedAtMs : undefined, tellingSinceMs];
  return begun.some((atMs) => atMs !== undefined && nowMs - atMs < HANDLER_MS);
}

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
      return withoutNotice(
        closeIntent(keepEnd(record, look, ['dropped', 'nothing of it is seen'])),
        intent,
      );
  }
}

function intentState(intent: Intent, snapshot: FunctionSnapshot): IntentState {
  switch (intent.kind) {
    case 'revert':
    case 'fallback':
      return revertState(intent, snapshot);
    case 'quarantine':
    case 'release':
      return snapshot.reservedConcurrency === intent.reservedConcurrency ? 'landed' : 'not-applied';
    case 'wake':
      return wakeState(intent, snapshot);
  }
}

/** AWS may name the attachment that was asked for, or the one that it still runs, after a failed update. */
function revertState({ target, status }: AttachIntent, snapshot: FunctionSnapshot): IntentState {
  const isThere = isSameAttachment(target.attachment, snapshot.attachment);
  if (snapshot.lastUpdateStatus === 'Failed' && (isThere || status === 'sent')) return 'failed';
  if (!isThere) return 'not-applied';
  return isSettled(snapshot) ? 'landed' : 'in-flight';
}

function wakeState({ status }: Intent, { state }: FunctionSnapshot): IntentState {
  if (state === 'Pending') return 'in-flight';
  if (state === 'Active') return 'landed';
  return status === 'sent' ? 'failed' : 'not-applied';
}

function landed(look: Look, intent: Intent): FunctionRecord {
  const { record, nowMs } = look;
  switch (intent.kind) {
    case 'revert':
    case 'fallback':
      return contained(keepEnd(markSent(record, intent, look), look, LANDED), nowMs);
    case 'quarantine':
      return quarantined(keepEnd(record, look, DONE), intent, nowMs);
    case 'release':
      return released({ ...look, record: keepEnd(record, look, DONE) });
    case 'wake':
      return woken(
        { ...look, record: keepEnd(markSent(record, intent, look), look, LANDED) },
        intent,
        true,
      );
  }
}

function failed(look: Look, intent: Intent): FunctionRecord {
  if (intent.kind === 'wake') {
    return keepEnd(woken(look, intent, false), look, ['failed', 'it did not become active']);
  }
  const { lastUpdateStatusReasonCode: code = 'AWS gives no reason' } = look.snapshot;
  const error = `the update failed: ${code}`;
  return keepEnd(refused(markSent(look.record, intent, look), intent, error), look, [
    'failed',
    error,
  ]);
}

function woken(look: Look, { remediationId, startedAtMs }: Intent, isAwake: boolean) {
  const notice = wakeNotice(look, { remediationId, startedAtMs, isAwake });
  const { wakeRefusal, ...record } = look.record;
  return { ...record, wakes: record.wakes + 1, outbox: [...record.outbox, notice] };
}

/** Notes that AWS took the call; a revert counts against the function's limit once. */
export function markSent(
  record: FunctionRecord,
  intent: Intent,
  { policy, nowMs }: Pick<Look, 'policy' | 'nowMs'>,
): FunctionRecord {
  if (intent.status === 'sent') return record;
  const kept = keepEnd(record, { nowMs }, DONE);
  const sent: FunctionRecord = { ...kept, intent: { ...intent, status: 'sent' } };
  if (!isAttaching(intent)) return sent;
  const { perMinutes } = policy.limits.functionReverts;
  const recent = recentReverts(record.revertsMs, { nowMs, perMinutes });
  return { ...told(sent), revertsMs: [...recent, nowMs] };
}

/** Notes that a function no longer runs, and what was reserved before. */
export function quarantined(
  record: FunctionRecord,
  { remediationId, undo }: Intent,
  nowMs: number,
): FunctionRecord {
  const { reservedConcurrency: previous } = undo;
  const { lift, violation, ...rest } = contained(told(record), nowMs);
  return {
    ...rest,
    ...(violation === undefined
      ? {}
      : { violation: { ...violation, quarantines: violation.quarantines + 1 } }),
    quarantine: {
      remediationId,
      sinceMs: nowMs,
      ...(previous === undefined ? {} : { previous }),
    },
  };
}

/** Notes that a quarantine is over, and with it the violation unless it was held off by force. */
export function released(look: Look): FunctionRecord {
  const { findings, policy } = look;
  const { quarantine, violation, ...rest } = look.record;
  if (violation === undefined) return rest;
  const contained = containedBy(violation, quarantine);
  const isOver = violationsToActOn(findings, policy).length === 0;
  if (isOver) return keepResolution(rest, contained, look);
  return { ...rest, violation: free(contained, look.nowMs) };
}

/** Notes that AWS will not do this, in AWS's words. */
export function refused(record: FunctionRecord, intent: Intent, error: string): FunctionRecord {
  const { violation } = record;
  if (violation === undefined) return record;
  const refusal = { target: refusalKey(intent), error };
  const others = violation.refused.filter(({ target }) => target !== refusal.target);
  return { ...record, violation: { ...violation, refused: [...others, refusal] } };
}

/** Names what AWS may refuse: a revert by its target, the others by their kind. */
export function refusalKey(intent: Intent): string {
  return isAttaching(intent) ? attachmentKey(intent.target.attachment) : intent.kind;
}

/** The record without its intent. */
export function closeIntent({ intent, ...record }: FunctionRecord): FunctionRecord {
  return record;
}

/** The record without the notice of a remediation that was not done. */
export function withoutNotice(record: FunctionRecord, { noticeId }: Intent): FunctionRecord {
  return { ...record, outbox: record.outbox.filter(({ id }) => id !== noticeId) };
}

/** Notes that a notice on the violation goes out. */
export function told(record: FunctionRecord): FunctionRecord {
  const { violation } = record;
  return violation === undefined
    ? record
    : { ...record, violation: { ...violation, isTold: true } };
}

function contained(record: FunctionRecord, nowMs: number): FunctionRecord {
  const { violation } = record;
  return violation === undefined ? record : { ...record, violation: contain(violation, nowMs) };
}
