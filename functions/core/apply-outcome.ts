import type { Look } from './look.ts';
import { refusalNotice, withheldNotice } from './notices/violation-notices.ts';
import type { FunctionRecord } from './record.ts';
import {
  closeIntent,
  markSent,
  quarantined,
  refused,
  released,
  withoutNotice,
} from './settle-intent.ts';
import type { IntendedRecord } from './write-intent.ts';

/** AWS took the call: what has no end to wait for is closed, the rest is looked at again. */
export function applyDone(record: IntendedRecord, look: Look): FunctionRecord {
  const { intent } = record;
  switch (intent.kind) {
    case 'quarantine':
      return closeIntent(quarantined(record, intent, look.nowMs));
    case 'release':
      return closeIntent(released(record));
    case 'revert':
    case 'wake':
      return markSent(record, intent, look);
  }
}

/** The function was busy or had moved on: the intent is dropped, and the next look decides afresh. */
export function applyConflict(record: IntendedRecord): FunctionRecord {
  const { violation } = record;
  const dropped = withoutNotice(closeIntent(record), record.intent);
  if (violation === undefined) return dropped;
  return { ...dropped, violation: { ...violation, conflicts: violation.conflicts + 1 } };
}

/** AWS refused for good: the target is out, and people are told where no other remediation follows. */
export function applyRefusal(record: IntendedRecord, look: Look, error: string): FunctionRecord {
  const { intent } = record;
  const dropped = withoutNotice(closeIntent(refused(record, intent, error)), intent);
  if (intent.kind === 'revert') return dropped;
  const notice = refusalNotice(look, { ...intent, error });
  return { ...dropped, outbox: [...dropped.outbox, notice] };
}

/** The account's budget or its kill switch withheld the remediation: nothing was called, and people are told once. */
export function applyWithheld(record: IntendedRecord, look: Look, reason: string): FunctionRecord {
  const { intent } = record;
  const dropped = withoutNotice(closeIntent(record), intent);
  const wasTold = look.record.violation?.isTold === true;
  if (dropped.violation === undefined || wasTold) return dropped;
  const notice = withheldNotice(look, { violation: dropped.violation, intent, reason });
  return { ...dropped, outbox: [...dropped.outbox, notice] };
}
