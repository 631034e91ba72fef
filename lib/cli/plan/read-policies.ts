import { statSync } from 'node:fs';
import { type NamedPolicy, readPolicy, USUAL_FILE } from '../scan/read-policy.ts';
import type { Terminal } from '../terminal.ts';

/** How the policies of a plan are named. */
export interface PolicyOptions {
  readonly policy: string;
  /** False: compared with nothing, whatever is here. */
  readonly against?: string | false;
}

/** The policy of a plan, and the one that it is compared with. */
export interface PlanPolicies {
  readonly named: NamedPolicy;
  readonly against: NamedPolicy | undefined;
}

/** Reads both policies; undefined where one is faulty: every fault of both is told. */
export function readPolicies(options: PolicyOptions, terminal: Terminal): PlanPolicies | undefined {
  const named = readPolicy(options.policy, terminal);
  const other = otherOf(options);
  const against = other === undefined ? undefined : readPolicy(other, terminal);
  const isMissing = other !== undefined && against === undefined;
  return named === undefined || isMissing ? undefined : { named, against };
}

function otherOf({ policy, against }: PolicyOptions): string | undefined {
  if (against === false) return undefined;
  if (against !== undefined) return against;
  const here = identityOf(USUAL_FILE);
  return here === undefined || here === identityOf(policy) ? undefined : USUAL_FILE;
}

/** Two names may be one file. */
function identityOf(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? undefined : `${stat.dev}:${stat.ino}`;
}
