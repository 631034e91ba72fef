import { expect, it } from 'vitest';
import { tellListing } from '../../../lib/cli/explain/tell-listing.ts';

it('says how far a long list has come, every five seconds, and nothing of a short one', () => {
  let nowMs = 1_000;
  const told: string[] = [];
  const onListed = tellListing({ tell: (line) => told.push(line) }, () => nowMs);
  for (const [count, passedMs] of [
    [50, 1_000],
    [1, 3_999],
    [250, 1],
    [300, 4_999],
    [5000, 1],
  ] as const) {
    nowMs += passedMs;
    onListed(count);
  }

  const why = 'to find who shares its network interfaces; --quick does without';
  expect(told).toEqual([`listed 250 functions ${why}`, `listed 5000 functions ${why}`]);
});
