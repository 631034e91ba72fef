import type { ReportedFinding } from '../../../functions/core/finding.ts';
import { SEVERITIES } from '../../../functions/core/policy.ts';
import { counted } from '../operator/counted.ts';
import { printable } from '../printable.ts';
import type { Report, ScanDetails } from './report.ts';
import { isOpenViolation } from './report-status.ts';

/** Says in one line what a report comes to. */
export function countsOf(report: Report): string {
  const { scanned, compliant, findings, idle, unknown, omitted, scan } = report;
  const counts = [
    `${compliant} compliant`,
    `${counted(findings.length + (omitted?.findings ?? 0), 'finding')}${kindsOf(findings)}`,
    `${idle.length + (omitted?.idle ?? 0)} idle`,
    ...(scan === undefined ? [plannedOf(report)] : []),
    `${functionsOf(unknown).size + (omitted?.unknown ?? 0)} not judged in full`,
  ];
  return `scanned ${counted(scanned, 'function')}${effortOf(report)}: ${counts.join(', ')}`;
}

function plannedOf({ remediations, omitted }: Report): string {
  return `${counted(remediations.length + (omitted?.remediations ?? 0), 'remediation')} planned`;
}

/** Says in one line where a scan looked, and by which policy. */
export function judgedBy({ account, region, policy }: ScanDetails): string {
  const { file, mode } = policy;
  return printable(`account ${account}, ${region}, judged by ${file} (mode ${mode})`);
}

/** Tells why each function is not judged in full, each reason once. */
export function functionsOf(unknown: Report['unknown']): ReadonlyMap<string, readonly string[]> {
  const reasons = new Map<string, readonly string[]>();
  for (const { functionArn, reason } of unknown) {
    reasons.set(functionArn, [...new Set([...(reasons.get(functionArn) ?? []), reason])]);
  }
  return reasons;
}

const HOLDERS = {
  breaker: 'the breaker is tripped: what no plan approves is withheld, see `breaker status`',
  'kill-switch': 'an operator set the mode to audit: what is planned is withheld, see `mode`',
} as const;

/** Says what a report does not tell, and what will not come of it. */
export function leftOutOf({ unfinished, omitted, withheldBy }: Report): readonly string[] {
  const left = Object.entries(omitted ?? {}).flatMap(([list, count]) =>
    count === 0 ? [] : [`${count} of \`${list}\``],
  );
  return [
    ...(unfinished === undefined ? [] : [`not finished: ${printable(unfinished.reason)}`]),
    ...(withheldBy === undefined ? [] : [HOLDERS[withheldBy]]),
    ...(left.length === 0 ? [] : [`left out, for the answer had no room: ${left.join(', ')}`]),
  ];
}

function effortOf({ durationMs, apiCalls }: Report): string {
  if (durationMs === undefined || apiCalls === undefined) return '';
  return ` in ${(durationMs / 1000).toFixed(1)} s with ${counted(apiCalls, 'call')}`;
}

function kindsOf(findings: readonly ReportedFinding[]): string {
  const open = findings.filter(isOpenViolation);
  const exempt = findings.filter(({ exemption }) => exemption !== undefined).length;
  const unknown = findings.length - open.length - exempt;
  const kinds = SEVERITIES.toReversed().flatMap((severity) => {
    const { length } = open.filter((finding) => finding.severity === severity);
    return length === 0 ? [] : [`${length} ${severity}`];
  });
  const all = [
    ...kinds,
    ...(unknown === 0 ? [] : [`${unknown} unknown`]),
    ...(exempt === 0 ? [] : [`${exempt} exempt`]),
  ];
  return all.length === 0 ? '' : ` (${all.join(', ')})`;
}
