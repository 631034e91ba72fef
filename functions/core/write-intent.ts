import { attachmentKey } from './attachment.ts';
import { type HistoryState, keep, remediationOf, type Told } from './history.ts';
import type { Look } from './look.ts';
import type { Notice } from './notice.ts';
import { releaseNotice } from './notices/resolution-notices.ts';
import { remediationNotice } from './notices/violation-notices.ts';
import { type AttachIntent, type FunctionRecord, type Intent, isAttaching } from './record.ts';
import type { ActingRemediation } from './remediation.ts';
import { stableId } from './stable-id.ts';

/** A record that holds an intent. */
export type IntendedRecord = FunctionRecord & { readonly intent: Intent };

/**
 * Writes a remediation into the record, with how to undo it and with the notice that tells of it.
 *
 * The same remediation on the same occasion has the same id, so a redelivered message is recognised.
 */
export function writeIntent(look: Look, remediation: ActingRemediation): IntendedRecord {
  const { record, snapshot, nowMs } = look;
  const { functionArn, revisionId, attachment, reservedConcurrency } = snapshot;
  const { kind } = remediation;
  const remediationId = stableId(functionArn, kind, ...occasionOf(look, remediation));
  const notice = noticeOf(look, remediation, remediationId);
  const intent: Intent = {
    remediationId,
    revisionId,
    startedAtMs: nowMs,
    status: 'open',
    ...goalOf(remediation),
    undo: { attachment, ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }) },
    ...(notice === undefined ? {} : { noticeId: notice.id }),
  };
  const kept = keep(record, { nowMs, key: remediationId }, toldOf(look, remediation, intent));
  return {
    ...kept,
    intent,
    outbox: notice === undefined ? record.outbox : [...record.outbox, notice],
  };
}

function toldOf(
  { record: { violation, hold }, policy }: Look,
  remediation: ActingRemediation,
  intent: Intent,
): Told {
  const { kind, reason } = remediation;
  const isAgainst = kind !== 'release' && kind !== 'wake';
  return {
    event: 'decided',
    why: reason,
    ...(isAgainst && violation?.actor !== undefined ? { who: violation.actor } : {}),
    ...(violation === undefined ? {} : { controlIds: violation.controlIds }),
    ...remediationOf(intent),
    ...(kind === 'release' && hold !== undefined ? { holdUntilMs: hold.untilMs } : {}),
    before: intent.undo,
    after: afterOf(intent),
    undo: intent.undo,
    policyHash: policy.hash,
  };
}

/** A wake leaves everything as it was. */
function afterOf(intent: Intent): HistoryState {
  if (isAttaching(intent)) return { ...intent.undo, attachment: intent.target.attachment };
  if (intent.kind === 'wake') return intent.undo;
  const { reservedConcurrency } = intent;
  const { attachment } = intent.undo;
  return { attachment, ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }) };
}

/**
 * Tells two remediations of one kind apart.
 *
 * AWS counts a revision when an update ends, too, and none for a reservation or a wake: only a revert goes by it.
 */
function occasionOf(
  { record: { violation, quarantine, wakes }, snapshot }: Look,
  remediation: ActingRemediation,
): readonly string[] {
  switch (remediation.kind) {
    case 'revert':
    case 'fallback':
      return [snapshot.revisionId, attachmentKey(remediation.target.attachment)];
    case 'quarantine':
      return [`${violation?.id}`, `${violation?.quarantines}`];
    case 'release':
      return [`${quarantine?.remediationId}`];
    case 'wake':
      return [`${wakes}`];
  }
}

function goalOf(
  remediation: ActingRemediation,
):
  | Pick<AttachIntent, 'kind' | 'target'>
  | Pick<
      Extract<Intent, { readonly kind: 'quarantine' | 'release' }>,
      'kind' | 'reservedConcurrency'
    >
  | Pick<Extract<Intent, { readonly kind: 'wake' }>, 'kind'> {
  switch (remediation.kind) {
    case 'revert':
    case 'fallback':
      return { kind: remediation.kind, target: remediation.target };
    case 'quarantine':
      return { kind: 'quarantine', reservedConcurrency: 0 };
    case 'release':
      return remediation.previous === undefined
        ? { kind: 'release' }
        : { kind: 'release', reservedConcurrency: remediation.previous };
    case 'wake':
      return { kind: 'wake' };
  }
}

/** A wake is told of when it ends. */
function noticeOf(
  look: Look,
  remediation: ActingRemediation,
  remediationId: string,
): Notice | undefined {
  const { violation } = look.record;
  if (remediation.kind === 'wake') return undefined;
  if (remediation.kind === 'release') return releaseNotice(look, { remediationId, ...remediation });
  if (violation === undefined) return undefined;
  return remediationNotice(look, { violation, remediation, remediationId });
}
