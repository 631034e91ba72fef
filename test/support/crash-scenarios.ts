import { LIMITS } from './crash-limits.ts';
import { LIVES } from './crash-lives.ts';
import { QUARANTINES, RELEASES } from './crash-quarantines.ts';
import { REVERTS } from './crash-reverts.ts';
import type { CrashScenario } from './crash-scenario.ts';
import { SURROUNDINGS } from './crash-surroundings.ts';

/** Every scenario that the guardrail has to come through, wherever its process dies. */
export const CRASH_SCENARIOS: readonly CrashScenario[] = [
  ...REVERTS,
  ...QUARANTINES,
  ...RELEASES,
  ...LIVES,
  ...LIMITS,
  ...SURROUNDINGS,
];
