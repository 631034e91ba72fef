import type { Look } from './look.ts';
import { withheldReleaseNotice } from './notices/resolution-notices.ts';
import { refusalNotice, withheldNotice } from './notices/violation-notices.ts';
import { type FunctionRecord, isAttaching } from './record.ts';
import {
  closeIntent,
  DONE,
  markSent,
  quarantined,
  refusalKey,
  refused,
  released,
  told,
  withoutNotice,
} from './settle-intent.ts';
import { keepEnd } from './tell-history.ts';
import type { IntendedRecord } from './write-intent.ts';

const CONFLICTS = {
  stale: 'the function changed since it was read',
  busy: 'AWS works on the function',
  gone: 'the function is gone',
} as const;

/** AWS took the call: what has no end to wait for is closed, the rest is looked at again. */
export function applyDone(record: IntendedRecord, look: Look): FunctionRecord {
  const { intent } = record;
  switch (intent.kind) {
    case 'quarantine':
      return closeIntent(quarantined(keepEnd(record, look, DONE), intent, look.nowMs));
    case 'release':
      return closeIntent(released({ ...look, record: keepEnd(record, look, DONE) }));
    case 'revert':
    case 'fallback':
    case 'wake':
      return markSent(record, intent, look);
  }
}

/** The function was busy or had moved on: the intent is dropped, and the next look decides afresh. */
export function applyConflict(
  record: IntendedRecord,
  look: Look,
  conflict: keyof typeof CONFLICTS,
): FunctionRecord {
  const { violation } = record;
  const kept = keepEnd(record, look, ['conflict', CONFLICTS[conflict]]);
  const dropped = withoutNotice(closeIntent(kept), record.intent);
  if (violation === undefined) return dropped;
  return { ...dropped, violation: { ...violation, conflicts: violation.conflicts + 1 } };
}

/** AWS refused for good: after a revert comes the next remediation, of the others people are told once. */
export function applyRefusal(record: IntendedRecord, look: Look, error: string): FunctionRecord {
  const { intent, violation } = record;
  const kept = keepEnd(refused(record, intent, error), look, ['refused', error]);
  const dropped = withoutNotice(closeIntent(kept), intent);
  const wasRefused = violation?.refused.some(({ target }) => target === refusalKey(intent));
  const isWakeTold = intent.kind === 'wake' && record.wakeRefusal === error;
  if (isAttaching(intent) || wasRefused || isWakeTold) return dropped;
  const notice = refusalNotice({ ...look, record }, { violation, intent, error });
  const noted = intent.kind === 'wake' ? { ...dropped, wakeRefusal: error } : dropped;
  return told({ ...noted, outbox: [...dropped.outbox, notice] });
}

/** The account's budget or its kill switch withheld the remediation: nothing was called, and people are told once. */
export function applyWithheld(record: IntendedRecord, look: Look, reason: string): FunctionRecord {
  const { intent, violation } = record;
  const kept = keepEnd(record, look, ['withheld', reason]);
  const dropped = withoutNotice(closeIntent(kept), intent);
  if (intent.kind === 'release') return tellWithheldRelease({ ...look, record: dropped }, reason);
  if (violation === undefined) return dropped;
  // While it is withheld a revert does not run out of time: it begins to wait when it may be done again.
  const { revertWantedMs, ...waiting } = violation;
  const withheld = { ...dropped, violation: waiting };
  if (violation.isTold) return withheld;
  const notice = withheldNotice({ ...look, record }, { violation, intent, reason });
  return told({ ...withheld, outbox: [...dropped.outbox, notice] });
}

/** People wait for the release that they were promised: they are told once that it does not come. */
export function tellWithheldRelease(look: Look, reason: string): FunctionRecord {
  const { record } = look;
  const { quarantine } = record;
  if (quarantine === undefined || quarantine.isWithheldTold) return record;
  const { remediationId } = quarantine;
  return {
    ...record,
    quarantine: { ...quarantine, isWithheldTold: true },
    outbox: [...record.outbox, withheldReleaseNotice(look, { remediationId, reason })],
  };
}
