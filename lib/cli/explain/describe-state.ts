import type { Look } from '../../../functions/core/look.ts';
import { redact } from '../../../functions/core/redact.ts';
import type { FunctionSnapshot } from '../../../functions/core/snapshot.ts';
import type { NotSeen } from '../report/report.ts';
import { findDrift } from './drift.ts';
import type { LiveFunction } from './live.ts';

/** What a function is, beside what is judged of it. */
export type LiveState = Pick<
  LiveFunction,
  | 'unseen'
  | 'state'
  | 'stateReasonCode'
  | 'lastUpdateStatus'
  | 'lastUpdateStatusReasonCode'
  | 'role'
  | 'owner'
  | 'reservedConcurrency'
  | 'attachment'
  | 'attachedBy'
  | 'baseline'
  | 'drift'
>;

/** What a state is described by, beside the look. */
export interface StateSeen {
  readonly ownerTag: string | undefined;
  readonly notSeen: readonly NotSeen[];
  /** Whether it is known what is recorded, be it nothing. */
  readonly isRecordSeen: boolean;
}

const BY_WHOLE_READ = ['owner', 'reservedConcurrency'] as const;
const BY_ANY_READ = ['state', 'lastUpdateStatus'] as const;
const BY_RECORD = ['attachedBy', 'baseline', 'drift'] as const;

/** Describes what a function is now, where it is attached, and how that differs from its baseline. */
export function describeState(
  { snapshot, record: { current, baseline } }: Look,
  seen: StateSeen,
): LiveState {
  const { ownerTag } = seen;
  const { role, attachment, reservedConcurrency, tags } = snapshot;
  const owner = ownerTag === undefined ? undefined : tags[ownerTag];
  const drift = baseline && findDrift(baseline.attachment, attachment);
  const { principalArn, call } = current ?? {};
  return {
    unseen: unseenOf(snapshot, seen),
    ...statesOf(snapshot),
    role,
    // A tag says what its writer likes.
    ...(owner === undefined ? {} : { owner: redact(owner) }),
    ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
    attachment,
    ...(principalArn === undefined || call === undefined
      ? {}
      : { attachedBy: { principalArn, call } }),
    ...(baseline === undefined ? {} : { baseline: baseline.attachment }),
    ...(drift === undefined ? {} : { drift }),
  };
}

function unseenOf(
  { unread }: FunctionSnapshot,
  { notSeen, isRecordSeen }: StateSeen,
): readonly string[] {
  const isWhole = notSeen.every(({ what }) => what !== 'lambda:GetFunction');
  return [
    ...(unread === undefined ? [] : BY_ANY_READ),
    ...(isWhole ? [] : BY_WHOLE_READ),
    ...(isRecordSeen ? [] : BY_RECORD),
  ];
}

function statesOf(snapshot: FunctionSnapshot) {
  if (snapshot.unread !== undefined) return {};
  const { state, stateReasonCode, lastUpdateStatus, lastUpdateStatusReasonCode } = snapshot;
  return {
    state,
    ...(stateReasonCode === undefined ? {} : { stateReasonCode }),
    ...(lastUpdateStatus === undefined ? {} : { lastUpdateStatus }),
    ...(lastUpdateStatusReasonCode === undefined ? {} : { lastUpdateStatusReasonCode }),
  };
}
