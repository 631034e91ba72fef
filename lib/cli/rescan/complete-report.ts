import type { ReportedFinding } from '../../../functions/core/finding.ts';
import type { Report } from '../report/report.ts';

/** Puts all findings into a report that had no room for them; `omitted` counts what is missing still. */
export function withAllFindings(
  { omitted, ...report }: Report,
  kept: readonly ReportedFinding[],
): Report {
  const { findings } = report;
  if (omitted === undefined) return report;
  if (kept.length <= findings.length) return { ...report, omitted };
  const missing = Math.max(0, findings.length + omitted.findings - kept.length);
  const left = { ...omitted, findings: missing };
  const isWhole = Object.values(left).every((count) => count === 0);
  return { ...report, findings: kept, ...(isWhole ? {} : { omitted: left }) };
}
