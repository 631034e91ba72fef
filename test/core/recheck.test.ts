import { describe, expect, it } from 'vitest';
import { recheckDelaySeconds } from '../../functions/core/recheck.ts';

describe('recheckDelaySeconds', () => {
  it('waits longer each time, and ends after ten looks', () => {
    const delays = Array.from({ length: 12 }, (_, hops) => recheckDelaySeconds(hops));

    expect(delays).toEqual([15, 30, 60, 120, 240, 480, 900, 900, 900, 900, undefined, undefined]);
  });
});
