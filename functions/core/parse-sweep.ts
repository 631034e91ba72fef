import { isRecord } from './json-value.ts';
import type { EndedSweep, Heartbeat, SweepState, SweepUnderway } from './sweep-state.ts';
import { type ControlTotals, NO_TOTALS } from './sweep-totals.ts';

const ENDED: EndedSweep = { id: '', policyHash: '', startedMs: 0, endedMs: 0 };
const HEARTBEAT: Heartbeat = { sentMs: 0, isMissingTold: false };
const DIGEST: NonNullable<SweepState['digest']> = { key: '', atMs: 0 };
const UNDERWAY: SweepUnderway = {
  id: '',
  policyHash: '',
  startedMs: 0,
  leaseUntilMs: 0,
  parts: 0,
  totals: NO_TOTALS,
};
const VIOLATED: ControlTotals = {
  severity: 'low',
  functions: 0,
  names: [],
  fresh: 0,
  freshNames: [],
  heldNames: [],
};

/** Reads the state of sweeps; what is not as it was written is left out, so that a sweep begins anew. */
export function parseSweepState(value: unknown, version: number): SweepState {
  if (!isRecord(value)) return { version };
  const { underway, last, digest, heartbeat, isOverdueTold } = value;
  return {
    version,
    ...(isUnderway(underway) && { underway }),
    ...(isLike(last, ENDED) && { last }),
    ...(isLike(digest, DIGEST) && { digest }),
    ...(isLike(heartbeat, HEARTBEAT) && { heartbeat }),
    ...(isOverdueTold === true && { isOverdueTold }),
  };
}

function isUnderway(value: unknown): value is SweepUnderway {
  if (!isLike(value, UNDERWAY) || !['string', 'undefined'].includes(typeof value.marker))
    return false;
  return Object.values(value.totals.violations).every((found) => isLike(found, VIOLATED));
}

/** Whether a value has what its model has, and of the same types. */
function isLike<Model>(value: unknown, model: Model): value is Model {
  if (Array.isArray(model)) return Array.isArray(value);
  if (!isRecord(model)) return typeof value === typeof model;
  return (
    isRecord(value) && Object.entries(model).every(([name, member]) => isLike(value[name], member))
  );
}
