import { beforeAll, describe, expect, it } from 'vitest';
import { type ChaosResult, runChaos, sumOf } from '../support/chaos.ts';

const SIZE = { functions: 80, events: 400 };
const SEEDS = [1, 2, 3];

describe('chaos', () => {
  const results: ChaosResult[] = [];

  beforeAll(async () => {
    for (const seed of SEEDS) results.push(await runChaos({ seed, ...SIZE }));
  }, 30_000);

  it.each(SEEDS.map((seed, at) => ({ seed, at })))(
    'breaks no promise, with seed $seed',
    ({ at }) => {
      const { failures = [], steps = 0 } = results[at] ?? {};

      expect(failures).toEqual([]);
      expect(steps).toBeGreaterThan(5_000);
    },
  );

  it('lets everything happen that it counts', () => {
    const never = Object.entries(sumOf(results)).filter(([, count]) => count === 0);

    expect(never).toEqual([]);
  });

  it('repeats itself by its seed', async () => {
    const small = { seed: 7, functions: 20, events: 60 };

    expect(await runChaos(small)).toEqual(await runChaos(small));
  });
});
