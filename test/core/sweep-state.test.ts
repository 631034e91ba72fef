import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dueSweep,
  HEARTBEAT_MS,
  isHeartbeatMissing,
  NEW_SWEEP,
  overdueSinceMs,
  type SweepState,
  type SweepUnderway,
} from '../../functions/core/sweep-state.ts';
import { NO_TOTALS } from '../../functions/core/sweep-totals.ts';
import { NOW_MS } from '../support/builders.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const POLICY = { hash: 'abc', sweep: { everyHours: 6 } };

describe('dueSweep', () => {
  it.each<[string, string, SweepState]>([
    ['begin', 'nobody has swept', NEW_SWEEP],
    ['not-due', 'the last began less than so many hours ago', ended(5 * HOUR)],
    ['begin', 'the last began so many hours ago', ended(6 * HOUR)],
    ['begin', 'a tick comes up to a minute early', ended(6 * HOUR - MINUTE)],
    ['not-due', 'a tick comes earlier than that', ended(6 * HOUR - MINUTE - 1)],
    ['begin', 'another policy was deployed since', ended(HOUR, 'old')],
    ['busy', 'somebody works on one', underway({ leaseUntilMs: NOW_MS + 1 })],
    [
      'busy',
      'somebody works on one by another policy',
      underway({ leaseUntilMs: NOW_MS + 1, policyHash: 'old' }),
    ],
    ['go-on', 'nobody works any more on one that has begun', underway({ leaseUntilMs: NOW_MS })],
    ['begin', 'the one that stopped went by another policy', underway({ policyHash: 'old' })],
    ['go-on', 'it began less than 23 hours ago', underway({ startedMs: NOW_MS - 23 * HOUR + 1 })],
    ['begin', 'what it listed is no longer kept', underway({ startedMs: NOW_MS - 23 * HOUR })],
    ['go-on', 'the last is long over', { ...ended(9 * HOUR), ...underway({}) }],
  ])('answers %s where %s', (due, _, state) => {
    expect(dueSweep(state, POLICY, NOW_MS)).toBe(due);
  });

  it('lets nobody begin or go on beside somebody who works', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), fc.integer({ min: 1 }), (age, policyHash, lease) => {
        const state = underway({
          policyHash,
          startedMs: NOW_MS - age,
          leaseUntilMs: NOW_MS + lease,
        });

        expect(dueSweep(state, POLICY, NOW_MS)).toBe('busy');
      }),
    );
  });
});

describe('isHeartbeatMissing', () => {
  const sentMs = NOW_MS - HEARTBEAT_MS;

  it.each<[boolean, string, number | undefined, number | undefined]>([
    [false, 'none was sent', undefined, undefined],
    [false, 'the time for it is not over', sentMs + 1, undefined],
    [true, 'none ever came back', sentMs, undefined],
    [true, 'only an earlier one came back', sentMs, sentMs - 1],
    [false, 'it came back', sentMs, sentMs],
    [false, 'a later one came back', sentMs, sentMs + 1],
  ])('is %s where %s', (expected, _, sent, seen) => {
    const state =
      sent === undefined
        ? NEW_SWEEP
        : { ...NEW_SWEEP, heartbeat: { sentMs: sent, isMissingTold: false } };

    expect(isHeartbeatMissing(state, seen, NOW_MS)).toBe(expected);
  });
});

describe('overdueSinceMs', () => {
  it('is twice the time between two sweeps after the last one that ended began', () => {
    const hours = (count: number) => count * 60 * MINUTE;

    expect(overdueSinceMs(NEW_SWEEP, 6, NOW_MS)).toBeUndefined();
    expect(overdueSinceMs(ended(hours(12) - 1), 6, NOW_MS)).toBeUndefined();
    expect(overdueSinceMs(ended(hours(12)), 6, NOW_MS)).toBe(NOW_MS - hours(12));
    expect(overdueSinceMs(underway({ startedMs: NOW_MS - hours(2) }), 1, NOW_MS)).toBe(
      NOW_MS - hours(2),
    );
  });
});

function ended(agoMs: number, policyHash = POLICY.hash): SweepState {
  const startedMs = NOW_MS - agoMs;
  return { version: 1, last: { id: 'sweep-1', policyHash, startedMs, endedMs: startedMs + 1 } };
}

function underway(given: Partial<SweepUnderway>): SweepState {
  return {
    version: 1,
    underway: {
      id: 'sweep-2',
      policyHash: POLICY.hash,
      startedMs: NOW_MS - MINUTE,
      leaseUntilMs: NOW_MS - 1,
      parts: 0,
      totals: NO_TOTALS,
      ...given,
    },
  };
}
