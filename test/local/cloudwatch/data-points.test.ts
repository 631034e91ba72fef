import { describe, expect, it } from 'vitest';
import { type Asked, toDataPoints } from '../../../lib/local/cloudwatch/data-points.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 12, 30);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const points = (
  counts: readonly (readonly [ageMs: number, count: number])[],
  { agoMs, ...asked }: Partial<Asked> & { readonly agoMs: number },
) =>
  toDataPoints(new Map(counts.map(([ageMs, count]) => [NOW_MS - ageMs, count])), {
    startMs: NOW_MS - agoMs,
    endMs: NOW_MS,
    periodSeconds: 60,
    stat: 'Sum',
    nowMs: NOW_MS,
    ...asked,
  });

const minutesAgo = (minutes: number) => NOW_MS - minutes * MINUTE_MS;

describe('toDataPoints', () => {
  it('sums what began in each period, counted from the start', () => {
    const counts = [
      [25 * MINUTE_MS, 1],
      [20 * MINUTE_MS, 2],
      [11 * MINUTE_MS, 4],
      [1 * MINUTE_MS, 8],
    ] as const;

    expect(points(counts, { agoMs: 25 * MINUTE_MS, periodSeconds: 600 })).toEqual([
      { atMs: minutesAgo(25), value: 3 },
      { atMs: minutesAgo(15), value: 4 },
      { atMs: minutesAgo(5), value: 8 },
    ]);
  });

  it('includes the start, rounded down, and not the end', () => {
    const counts = [
      [10 * MINUTE_MS, 1],
      [5 * MINUTE_MS, 1],
    ] as const;

    expect(
      points(counts, { agoMs: 10 * MINUTE_MS - 1, endMs: minutesAgo(5), periodSeconds: 300 }),
    ).toEqual([{ atMs: minutesAgo(10), value: 1 }]);
  });

  it.each([
    ['a second', 3 * HOUR_MS, 1, 60],
    ['a minute', 15 * DAY_MS, 60, 300],
    ['five minutes', 63 * DAY_MS, 300, 3600],
    ['an hour', 455 * DAY_MS, 3600, undefined],
  ])('keeps data by %s for so long', (_, ageMs, seconds, coarser) => {
    const asked = { agoMs: 500 * DAY_MS };
    const older = ageMs + MINUTE_MS;

    expect(points([[ageMs, 1]], { ...asked, periodSeconds: seconds })).toHaveLength(1);
    expect(points([[older, 1]], { ...asked, periodSeconds: seconds })).toEqual([]);
    if (coarser === undefined) return;
    expect(points([[older, 1]], { ...asked, periodSeconds: coarser })).toHaveLength(1);
  });

  it.each([
    [20 * DAY_MS, 5 * MINUTE_MS],
    [70 * DAY_MS, HOUR_MS],
  ])('rounds a start of %i ms ago down to steps of %i ms', (ago, stepMs) => {
    const startMs = NOW_MS - ago + 3 * MINUTE_MS;

    const [first] = points([[ago, 1]], { agoMs: 0, startMs, periodSeconds: 86_400 });

    expect(first?.atMs).toBe(Math.floor(startMs / stepMs) * stepMs);
  });

  it.each([
    ['Sum', 3],
    ['SampleCount', 3],
    ['Average', 1],
    ['Minimum', 1],
    ['Maximum', 1],
  ])('answers as %s of three invocations: %i', (stat, value) => {
    expect(points([[0 + MINUTE_MS, 3]], { agoMs: HOUR_MS, stat })).toMatchObject([{ value }]);
  });
});
