import type { ReportedFinding } from '../../../functions/core/finding.ts';
import { SEVERITIES, type Severity } from '../../../functions/core/policy.ts';
import type { RescanReport } from '../../../functions/core/rescan-report.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';

/** Answers the exit status of a report: one that leaves something out says nothing of it. */
export function statusOf(
  { findings, unfinished, omitted }: RescanReport,
  {
    failOn,
    isAllLookedAt,
  }: { readonly failOn: Severity | undefined; readonly isAllLookedAt: boolean },
): ExitStatus {
  if (unfinished !== undefined || (omitted?.findings ?? 0) > 0) return EXIT.notFinished;
  if (!isAllLookedAt) return EXIT.notFinished;
  if (failOn === undefined) return EXIT.clean;
  const least = SEVERITIES.indexOf(failOn);
  const isFailed = findings.some((finding) => {
    return isOpenViolation(finding) && SEVERITIES.indexOf(finding.severity) >= least;
  });
  return isFailed ? EXIT.findings : EXIT.clean;
}

/** Tells whether a finding is a violation that nobody answers for. */
export function isOpenViolation({ verdict, exemption }: ReportedFinding): boolean {
  return verdict === 'violation' && exemption === undefined;
}
