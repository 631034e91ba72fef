import { attachmentKey } from './attachment.ts';
import type { Look } from './look.ts';
import type { Notice } from './notice.ts';
import { releaseNotice } from './notices/resolution-notices.ts';
import { remediationNotice } from './notices/violation-notices.ts';
import type { FunctionRecord, Intent } from './record.ts';
import type { ActingRemediation } from './remediation.ts';
import { stableId } from './stable-id.ts';

/** A record that holds an intent. */
export type IntendedRecord = FunctionRecord & { readonly intent: Intent };

/**
 * Writes a remediation into the record, with how to undo it and with the notice that tells of it.
 *
 * The same remediation of the same revision has the same id, so a redelivered message is recognised.
 */
export function writeIntent(look: Look, remediation: ActingRemediation): IntendedRecord {
  const { record, snapshot, nowMs } = look;
  const remediationId = remediationIdOf(look, remediation);
  const notice = noticeOf(look, remediation, remediationId);
  const intent: Intent = {
    remediationId,
    kind: remediation.kind,
    revisionId: snapshot.revisionId,
    startedAtMs: nowMs,
    status: 'open',
    ...(remediation.kind === 'revert' ? { target: remediation.target } : {}),
    ...concurrencyTarget(remediation),
    undo: {
      attachment: snapshot.attachment,
      ...(snapshot.reservedConcurrency === undefined
        ? {}
        : { reservedConcurrency: snapshot.reservedConcurrency }),
    },
    ...(notice === undefined ? {} : { noticeId: notice.id }),
  };
  const { violation } = record;
  return {
    ...record,
    intent,
    ...(violation === undefined ? {} : { violation: { ...violation, isTold: true } }),
    outbox: notice === undefined ? record.outbox : [...record.outbox, notice],
  };
}

function remediationIdOf({ snapshot, record }: Look, remediation: ActingRemediation): string {
  const target =
    remediation.kind === 'revert'
      ? attachmentKey(remediation.target.attachment)
      : `${record.violation?.sinceMs ?? record.quarantine?.sinceMs ?? ''}`;
  return stableId(snapshot.functionArn, snapshot.revisionId, remediation.kind, target);
}

function concurrencyTarget(remediation: ActingRemediation): { reservedConcurrency?: number } {
  if (remediation.kind === 'quarantine') return { reservedConcurrency: 0 };
  if (remediation.kind !== 'release' || remediation.previous === undefined) return {};
  return { reservedConcurrency: remediation.previous };
}

/** A wake is told of when it ends. */
function noticeOf(
  look: Look,
  remediation: ActingRemediation,
  remediationId: string,
): Notice | undefined {
  const { violation } = look.record;
  switch (remediation.kind) {
    case 'wake':
      return undefined;
    case 'release':
      return releaseNotice(look, { remediationId, ...remediation });
    case 'revert':
    case 'quarantine':
      return violation === undefined
        ? undefined
        : remediationNotice(look, { violation, remediation, remediationId });
  }
}
