import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startGuard, startWatch } from '../../../lib/local/execution/guard.ts';

describe('startGuard', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('expires what makes no call, and not what still makes some', () => {
    let last: string | undefined;
    let isExpired = false;
    const stop = startGuard({ guardMs: 100, lastCall: () => last }, () => {
      isExpired = true;
    });

    for (const call of ['first', 'second', 'third']) {
      last = call;
      vi.advanceTimersByTime(100);
      expect(isExpired).toBe(false);
    }
    vi.advanceTimersByTime(100);
    stop();

    expect(isExpired).toBe(true);
  });

  it('is over once it is stopped', () => {
    let expiries = 0;
    const count = () => {
      expiries += 1;
    };
    startGuard({ guardMs: 100, lastCall: () => undefined }, count)();

    vi.advanceTimersByTime(1000);

    expect(expiries).toBe(0);
  });
});

describe('startWatch', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const watch = (timeoutMs: number) => {
    const startedMs = Date.now();
    const seen: [string, number][] = [];
    const note = (what: string) => () => seen.push([what, Date.now() - startedMs]);
    const watched = { guardMs: 60_000, lastCall: () => undefined, timeoutMs };
    const { begin, stop } = startWatch({
      ...watched,
      expire: note('expired'),
      overdue: note('overdue'),
    });
    return { seen, begin, stop };
  };

  it.each([
    [1000, 1000, 3000],
    [3000, 3000, 4000],
    [59_500, 59_500, 60_000],
    [900_000, undefined, 60_000],
  ])('of a timeout of %i ms', (timeoutMs, overdueMs, expiredMs) => {
    const { seen, begin, stop } = watch(timeoutMs);

    begin();
    vi.advanceTimersByTime(expiredMs);
    stop();

    expect(seen).toEqual([
      ...(overdueMs === undefined ? [] : [['overdue', overdueMs]]),
      ['expired', expiredMs],
    ]);
  });

  it('counts only the time since the handler was called', () => {
    const { seen, begin, stop } = watch(1000);

    vi.advanceTimersByTime(59_000);
    expect(seen).toEqual([]);
    begin();
    vi.advanceTimersByTime(999);
    stop();
    vi.advanceTimersByTime(60_000);

    expect(seen).toEqual([]);
  });
});
