import type { CompiledPolicy } from '../../functions/core/policy.ts';
import { ATTACHMENTS, controlsWith, enforcingPolicy } from './builders.ts';
import type { End } from './crash-play.ts';
import type { Drill } from './drill.ts';

/** What people do to one function, and what is in the guardrail's way. */
export interface CrashScenario {
  readonly name: string;
  /** Absent: the approved network is enforced. */
  readonly policy?: CompiledPolicy;
  /** What happened before; it is run until nothing is left to do. */
  readonly before?: (drill: Drill) => Promise<void> | void;
  /** Its calls are the points to crash at. */
  readonly act: (drill: Drill) => Promise<void> | void;
  /**
   * What is compared. Absent: everything.
   *
   * Where people or AWS do not wait, who comes three minutes later meets something else.
   */
  readonly compared?: readonly (keyof End)[];
}

/** A minute of virtual time. */
export const MINUTE_MS = 60_000;

/** A function with a baseline in the approved network. */
export function good(drill: Drill): void {
  drill.create(ATTACHMENTS.approved);
}

/** A function that was created where it must not be: it is quarantined. */
export function bad(drill: Drill): void {
  drill.create(ATTACHMENTS.detached);
}

/** Somebody moves the function into the forbidden network. */
export function misplace(drill: Drill): void {
  drill.update(ATTACHMENTS.forbidden);
}

/** The approved network, enforced with other settings of LVG.1 and others. */
export function policyWith(
  controls: Parameters<typeof controlsWith>[0],
  given: Partial<CompiledPolicy> = {},
): CompiledPolicy {
  return enforcingPolicy({ controls: controlsWith(controls), ...given });
}
