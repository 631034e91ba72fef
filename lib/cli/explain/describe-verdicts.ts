import { CONTROLS } from '../../../functions/core/controls/registry.ts';
import type { Finding } from '../../../functions/core/finding.ts';
import type { CompiledPolicy } from '../../../functions/core/policy.ts';
import type { LiveVerdict } from './live.ts';

/** Tells what every control says, in the order of their ids, and what to do about a violation. */
export function describeVerdicts(findings: readonly Finding[]): readonly LiveVerdict[] {
  return CONTROLS.flatMap(({ id, title, fix }) =>
    findings
      .filter(({ controlId }) => controlId === id)
      .map((finding) => describeVerdict(finding, title, fix)),
  );
}

/** The controls that a policy switches off. */
export function switchedOff({ controls }: Pick<CompiledPolicy, 'controls'>): readonly string[] {
  return CONTROLS.filter(({ id, defaults }) => !(controls[id] ?? defaults).enabled).map(
    ({ id }) => id,
  );
}

function describeVerdict(
  { controlId, severity, verdict, exemption }: Finding,
  title: string,
  fix: string,
): LiveVerdict {
  const said = { controlId, title, severity, verdict: verdict.status };
  if (verdict.status === 'compliant') return said;
  const { reason } = verdict;
  const covered = exemption === undefined ? {} : { exemption };
  if (verdict.status !== 'violation') return { ...said, reason, ...covered };
  const { statement } = verdict;
  return { ...said, reason, ...(statement === undefined ? {} : { statement }), ...covered, fix };
}
