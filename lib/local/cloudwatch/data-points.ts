import { RETENTION_MS } from './metrics.ts';

/** A value for a stretch of time. */
export interface DataPoint {
  /** Where the stretch begins. */
  readonly atMs: number;
  readonly value: number;
}

/** What data points are asked for. */
export interface Asked {
  readonly startMs: number;
  /** No longer in it. */
  readonly endMs: number;
  readonly periodSeconds: number;
  readonly stat: string;
  readonly nowMs: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** AWS: the older data are, the longer the periods that they are kept for. */
const KEPT: readonly { readonly olderThanMs: number; readonly seconds: number }[] = [
  { olderThanMs: 63 * DAY_MS, seconds: 3600 },
  { olderThanMs: 15 * DAY_MS, seconds: 300 },
  { olderThanMs: 3 * HOUR_MS, seconds: 60 },
];

/** What each statistic makes of so many samples, every one of which is 1. */
const STATISTICS: Readonly<Record<string, (samples: number) => number>> = {
  Sum: (samples) => samples,
  SampleCount: (samples) => samples,
  Average: () => 1,
  Minimum: () => 1,
  Maximum: () => 1,
};

/** The statistics that the account computes. */
export const STATISTIC_NAMES = Object.keys(STATISTICS);

/**
 * Makes data points of what was counted by the minute, oldest first; a stretch without samples has none.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export function toDataPoints(
  counts: ReadonlyMap<number, number>,
  asked: Asked,
): readonly DataPoint[] {
  const { endMs, periodSeconds, stat, nowMs } = asked;
  const startMs = roundDown(asked.startMs, nowMs);
  const periodMs = periodSeconds * 1000;
  const sums = new Map<number, number>();
  for (const [minuteMs, count] of counts) {
    if (minuteMs < startMs || minuteMs >= endMs || !isKept(nowMs - minuteMs, periodSeconds)) {
      continue;
    }
    const atMs = minuteMs - ((minuteMs - startMs) % periodMs);
    sums.set(atMs, (sums.get(atMs) ?? 0) + count);
  }
  const statistic = STATISTICS[stat] ?? (() => 0);
  return [...sums].map(([atMs, samples]) => ({ atMs, value: statistic(samples) }));
}

function roundDown(startMs: number, nowMs: number): number {
  const stepMs = Math.max(secondsAt(nowMs - startMs), 60) * 1000;
  return Math.floor(startMs / stepMs) * stepMs;
}

function isKept(ageMs: number, periodSeconds: number): boolean {
  return ageMs <= RETENTION_MS && periodSeconds % secondsAt(ageMs) === 0;
}

function secondsAt(ageMs: number): number {
  return KEPT.find(({ olderThanMs }) => ageMs > olderThanMs)?.seconds ?? 1;
}
