import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startGuard } from '../../../lib/local/execution/guard.ts';

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
