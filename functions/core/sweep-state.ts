import type { SweepTotals } from './sweep-totals.ts';

/** What the table knows of sweeps. */
export interface SweepState {
  /** Counts writes: every write is conditional on the one it was read at; 0: nobody wrote it. */
  readonly version: number;
  /** The sweep that has begun and not ended; absent between two sweeps. */
  readonly underway?: SweepUnderway;
  /** The last sweep that ended. */
  readonly last?: EndedSweep;
  /** What people were last told. */
  readonly digest?: { readonly key: string; readonly atMs: number };
  /** The last sign of life that was sent through the trail. */
  readonly heartbeat?: Heartbeat;
  /** People know that no sweep ends; absent once one has. */
  readonly isOverdueTold?: true;
}

/** A sweep that has begun, and how far it has come. */
export interface SweepUnderway {
  readonly id: string;
  readonly policyHash: string;
  readonly startedMs: number;
  /** Until then somebody works on it; whoever comes later goes on from here. */
  readonly leaseUntilMs: number;
  /** Where the list goes on; absent: at its head. */
  readonly marker?: string;
  /** How many parts were kept of what it has listed. */
  readonly parts: number;
  readonly totals: SweepTotals;
}

/** A sweep that has ended. */
export interface EndedSweep {
  readonly id: string;
  readonly policyHash: string;
  readonly startedMs: number;
  readonly endedMs: number;
}

/** A tag that is written so that the event of it comes back. */
export interface Heartbeat {
  readonly sentMs: number;
  /** Sent again because the first one after a deployment was missing: a new rule takes a while to work. */
  readonly isRepeated?: true;
  /** Whether people know that it did not come back. */
  readonly isMissingTold: boolean;
}

/** The state of an account that nobody has swept. */
export const NEW_SWEEP: SweepState = { version: 0 };

/** How long a worker may be silent before another one goes on with its sweep. */
export const LEASE_MS = 120_000;

/** A heartbeat whose event is not back at the next tick, a quarter of an hour later, is missing. */
export const HEARTBEAT_MS = 14 * 60_000;

/** What a sweep has listed is kept for a day: one that has not ended by then cannot be gone on with. */
const MOST_MS = 23 * 3_600_000;

/** Clocks of schedules run a little early and late. */
const SLACK_MS = 60_000;
const MS_PER_HOUR = 3_600_000;

/** What is to be done now about sweeps. */
export type SweepDue = 'begin' | 'go-on' | 'busy' | 'not-due';

/** Says whether a sweep is due: after so many hours, and at once where another policy was deployed. */
export function dueSweep(
  { underway, last }: SweepState,
  {
    hash,
    sweep: { everyHours },
  }: { readonly hash: string; readonly sweep: { readonly everyHours: number } },
  nowMs: number,
): SweepDue {
  if (underway !== undefined) {
    if (nowMs < underway.leaseUntilMs) return 'busy';
    const isUsable = underway.policyHash === hash && nowMs - underway.startedMs < MOST_MS;
    return isUsable ? 'go-on' : 'begin';
  }
  if (last === undefined || last.policyHash !== hash) return 'begin';
  return nowMs - last.startedMs >= everyHours * MS_PER_HOUR - SLACK_MS ? 'begin' : 'not-due';
}

/** Since when no sweep has ended that should have: for twice as long as lies between two. */
export function overdueSinceMs(
  { underway, last }: SweepState,
  everyHours: number,
  nowMs: number,
): number | undefined {
  const sinceMs = last?.startedMs ?? underway?.startedMs ?? nowMs;
  return nowMs - sinceMs >= 2 * everyHours * MS_PER_HOUR ? sinceMs : undefined;
}

/** Tells whether the event of the last heartbeat should be here, and is not. */
export function isHeartbeatMissing(
  { heartbeat }: SweepState,
  seenMs: number | undefined,
  nowMs: number,
): boolean {
  if (heartbeat === undefined || nowMs - heartbeat.sentMs < HEARTBEAT_MS) return false;
  return seenMs === undefined || seenMs < heartbeat.sentMs;
}
