import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenBucket } from '../../../lib/local/quotas/token-bucket.ts';

const RATE = { burst: 5, perSecond: 2 };

describe('createTokenBucket', () => {
  it('gives its burst at once, and nothing more until time passes', () => {
    const bucket = createTokenBucket(RATE, 0);

    const taken = Array.from({ length: 7 }, () => bucket.take(0));

    expect(taken).toEqual([true, true, true, true, true, false, false]);
    expect(bucket.take(499)).toBe(false);
    expect(bucket.take(500)).toBe(true);
    expect(bucket.take(500)).toBe(false);
  });

  it('never holds more than its burst', () => {
    const bucket = createTokenBucket(RATE, 0);
    bucket.take(0);

    expect(bucket.left(0)).toBe(4);
    expect(bucket.left(86_400_000)).toBe(5);
  });

  it('lets pass at most its burst and what came in since', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2000 }), { maxLength: 200 }), (pauses) => {
        const bucket = createTokenBucket({ burst: 15, perSecond: 15 }, 0);
        let nowMs = 0;
        const passed = pauses.filter((pause) => {
          nowMs += pause;
          return bucket.take(nowMs);
        });
        expect(passed.length).toBeLessThanOrEqual(15 + (nowMs * 15) / 1000);
      }),
    );
  });

  it('refuses nobody who keeps to its rate', () => {
    const bucket = createTokenBucket({ burst: 2, perSecond: 15 }, 0);

    const taken = Array.from({ length: 150 }, (_, index) => {
      return bucket.take(Math.ceil((index * 1000) / 15));
    });

    expect(taken).not.toContain(false);
  });
});
