import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CompiledPolicy } from '../../../functions/core/policy.ts';
import { PACKAGE_ROOT } from '../../package/places.ts';
import { compilePolicy } from '../../policy/compile-policy.ts';
import type { Terminal } from '../terminal.ts';

/** A policy, and what it is called. */
export interface NamedPolicy {
  readonly file: string;
  readonly policy: CompiledPolicy;
}

/** Where a policy is looked for that nobody names. */
export const USUAL_FILE = 'guardrail.yaml';
const SHIPPED = join(PACKAGE_ROOT, USUAL_FILE);
const SHIPPED_NAME = 'the default policy';

/**
 * Reads the policy to judge by: the one that is named, else `guardrail.yaml` here, else the one that comes along.
 *
 * Undefined where it is faulty: every fault is told.
 */
export function readPolicy(
  named: string | undefined,
  { nowMs, tell }: Terminal,
): NamedPolicy | undefined {
  const here = named ?? (existsSync(USUAL_FILE) ? USUAL_FILE : undefined);
  const compiled = compilePolicy(here ?? SHIPPED, { nowMs });
  if (!compiled.ok) {
    for (const fault of compiled.faults) tell(fault);
    return undefined;
  }
  return { file: here ?? SHIPPED_NAME, policy: compiled.policy };
}
