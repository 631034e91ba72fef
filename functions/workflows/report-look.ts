import { isListedToWake } from '../core/choose-remediation.ts';
import type { Decision } from '../core/decide.ts';
import type { Finding } from '../core/finding.ts';
import { isCompliant, type Look, violationsOf } from '../core/look.ts';
import { reportFindings } from '../core/report-finding.ts';
import type { RescanRequest } from '../core/rescan-request.ts';
import { isIdle } from '../core/snapshot.ts';
import type { ReportedVerdict, RescanReport } from './rescan-account.ts';

/** Says what a rescan tells of one function that it looked at. */
export function reportLook(
  look: Look,
  { remediation, record, intended }: Decision,
  { request, findings }: { readonly request: RescanRequest; readonly findings: readonly Finding[] },
): RescanReport {
  const { snapshot, nowMs, policy } = look;
  const { functionArn } = snapshot;
  const { violation } = record;
  const planned = remediation.kind;
  return {
    scanned: 1,
    compliant: isCompliant(findings) ? 1 : 0,
    findings: reportFindings({
      snapshot,
      findings,
      record,
      violation,
      remediation: planned,
      nowMs,
    }),
    idle:
      policy.idle.report && isIdle(snapshot)
        ? [{ functionArn, isListed: isListedToWake(look) }]
        : [],
    remediations:
      intended === undefined ? [] : [{ id: intended.intent.remediationId, functionArn, planned }],
    unknown: unknownsOf(findings, functionArn),
    ...(request.verdicts ? { verdicts: verdictsOf(findings, functionArn) } : {}),
  };
}

function verdictsOf(findings: readonly Finding[], functionArn: string): readonly ReportedVerdict[] {
  return findings.map(({ controlId, verdict }) => ({
    functionArn,
    controlId,
    verdict: verdict.status,
    ...(verdict.status === 'compliant' ? {} : { reason: verdict.reason }),
  }));
}

function unknownsOf(findings: readonly Finding[], functionArn: string): RescanReport['unknown'] {
  if (violationsOf(findings).length > 0) return [];
  return findings.flatMap(({ verdict, exemption }) =>
    verdict.status === 'unknown' && exemption === undefined
      ? [{ functionArn, reason: verdict.reason }]
      : [],
  );
}
