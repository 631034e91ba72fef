import { decide } from '../../../functions/core/decide.ts';
import type { Look } from '../../../functions/core/look.ts';
import type { Mode } from '../../../functions/core/policy.ts';
import { isAttach } from '../../../functions/core/remediation.ts';
import type { Choice, LiveRemediation } from './live.ts';

/** Tells what the guardrail would decide about a function in the mode of its policy, and in enforce. */
export function describeRemediation(look: Look): Omit<LiveRemediation, 'runTime'> {
  const { mode } = look.policy;
  return { mode, inMode: choose(look, mode), inEnforce: choose(look, 'enforce') };
}

function choose(look: Look, mode: Mode): Choice {
  const { remediation } = decide({ ...look, mode });
  const { kind, reason } = remediation;
  if (isAttach(remediation)) return { kind, reason, target: remediation.target.attachment };
  return { kind, reason, ...('wanted' in remediation ? { wanted: remediation.wanted } : {}) };
}
