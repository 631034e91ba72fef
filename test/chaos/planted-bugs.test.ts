import { describe, expect, it } from 'vitest';
import { runChaos } from '../support/chaos.ts';
import type { Bug } from '../support/chaos-bug.ts';
import { ACTING_BUGS } from '../support/chaos-bugs-acting.ts';
import { KEEPING_BUGS } from '../support/chaos-bugs-keeping.ts';
import { ENDING } from '../support/chaos-endings.ts';
import { ACTING } from '../support/chaos-invariants-acting.ts';
import { KEEPING } from '../support/chaos-invariants-keeping.ts';

const BUGS = [...ACTING_BUGS, ...KEEPING_BUGS];
const SIZE = { functions: 60, events: 300 };
const SEEDS = 12;

/** The invariants that the first step breaks by which a bug shows, of the seeds until it is caught. */
async function brokenBy(bug: Bug): Promise<readonly string[]> {
  const broken: string[] = [];
  for (let seed = 1; seed <= SEEDS && !broken.includes(bug.caughtBy); seed += 1) {
    const { failures } = await runChaos({ seed, ...SIZE, bug });
    broken.push(...failures.map(({ invariant }) => invariant));
  }
  return broken;
}

describe('the planted bugs', () => {
  it('are at least one for every invariant', () => {
    const names = Object.keys({ ...ACTING, ...KEEPING, ...ENDING });

    expect(new Set(BUGS.map(({ caughtBy }) => caughtBy))).toEqual(new Set(names));
  });
});

describe('a guardrail that', () => {
  it.each(BUGS)('$name is caught by $caughtBy', async (bug) => {
    expect(await brokenBy(bug)).toContain(bug.caughtBy);
  });
});
