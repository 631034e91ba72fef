import { attachmentKey } from './attachment.ts';
import type { Look } from './look.ts';
import type { Notice } from './notice.ts';
import { releaseNotice } from './notices/resolution-notices.ts';
import { remediationNotice } from './notices/violation-notices.ts';
import type { AttachIntent, FunctionRecord, Intent } from './record.ts';
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
  return {
    ...record,
    intent,
    outbox: notice === undefined ? record.outbox : [...record.outbox, notice],
  };
}

/**
 * Tells two remediations of one kind apart.
 *
 * AWS counts a revision when an update ends, too, and none for a reservation or a wake: only a revert goes by it.
 */
function occasionOf(
  { record: { violation, quarantine, version }, snapshot }: Look,
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
      return [`${version}`];
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
