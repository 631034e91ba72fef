import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPace, type Pace } from '../../functions/runtime/pace.ts';

/** A pace on a clock that only moves where somebody waits, or the test says so. */
function timed(rate: Parameters<typeof createPace>[0]) {
  const clock = { nowMs: 1_000_000 };
  const waits: number[] = [];
  const pace = createPace(rate, {
    nowMs: () => clock.nowMs,
    sleep: async (ms) => {
      waits.push(ms);
    },
  });
  return { clock, waits, pace };
}

/** What each of some turns that are asked for at once waits; 0 where it does not. */
async function turns(pace: Pace, waits: number[], count: number): Promise<readonly number[]> {
  const waited: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const before = waits.length;
    await pace.turn();
    waited.push(Math.round(waits.slice(before)[0] ?? 0));
  }
  return waited;
}

describe('createPace', () => {
  it('lets a burst through and spaces the rest by the rate', async () => {
    const { pace, waits } = timed({ perSecond: 10, burst: 3 });

    expect(await turns(pace, waits, 6)).toEqual([0, 0, 0, 100, 200, 300]);
  });

  it('saves up no more than one burst', async () => {
    const { pace, waits, clock } = timed({ perSecond: 10, burst: 3 });
    await turns(pace, waits, 3);

    clock.nowMs += 3_600_000;

    expect(await turns(pace, waits, 4)).toEqual([0, 0, 0, 100]);
  });

  it('goes at half the rate after a refusal, without a burst', async () => {
    const { pace, waits } = timed({ perSecond: 10, burst: 3 });

    pace.slow();

    expect(await turns(pace, waits, 3)).toEqual([200, 400, 600]);
  });

  it('is back at the whole rate ten seconds later', async () => {
    const { pace, waits, clock } = timed({ perSecond: 10, burst: 3 });
    pace.slow();

    clock.nowMs += 10_000;

    expect(await turns(pace, waits, 4)).toEqual([0, 0, 0, 100]);
  });

  it('never stops, however often it is refused', async () => {
    const { pace, waits } = timed({ perSecond: 10, burst: 1 });
    for (let refusal = 0; refusal < 20; refusal += 1) pace.slow();

    expect(await turns(pace, waits, 2)).toEqual([1000, 2000]);
  });

  it('never lets more through in any second than the rate and a burst', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 30 }),
        async (gaps) => {
          const { pace, waits, clock } = timed({ perSecond: 10, burst: 5 });
          const times: number[] = [];
          for (const gap of gaps) {
            clock.nowMs += gap;
            const before = waits.length;
            await pace.turn();
            times.push(clock.nowMs + (waits.slice(before)[0] ?? 0));
          }
          for (const from of times) {
            const within = times.filter((at) => at >= from && at < from + 1000);
            expect(within.length).toBeLessThanOrEqual(15);
          }
        },
      ),
    );
  });
});
