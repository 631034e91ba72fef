import { isCounted } from '../core/breaker.ts';
import type { Decision } from '../core/decide.ts';
import type { Finding } from '../core/finding.ts';
import { isCompliant, type Look, violationsOf } from '../core/look.ts';
import { isAttaching } from '../core/record.ts';
import { isWaiting } from '../core/remediation.ts';
import { reportFindings } from '../core/report-finding.ts';
import type { RescanRequest } from '../core/rescan-request.ts';
import type { ControlAnswer, SweptFunction } from '../core/swept-function.ts';
import type { IntendedRecord } from '../core/write-intent.ts';

/** What a sweep tells of a look. */
type Reported = Pick<
  SweptFunction,
  'isCompliant' | 'findings' | 'planned' | 'isWaiting' | 'unknown' | 'verdicts'
>;

/** Says what a sweep tells of one function that it looked at. */
export function reportLook(
  look: Look,
  { remediation, record, intended }: Decision,
  request: RescanRequest,
): Reported {
  const { snapshot, findings, nowMs } = look;
  const { violation } = record;
  const { kind } = remediation;
  const unknown = unknownsOf(findings);
  return {
    isCompliant: isCompliant(findings),
    findings: reportFindings({ snapshot, findings, record, violation, remediation: kind, nowMs }),
    ...(intended === undefined ? {} : { planned: planOf(intended) }),
    ...(isWaiting(remediation) ? { isWaiting: true } : {}),
    ...(unknown.length === 0 ? {} : { unknown }),
    ...(request.verdicts ? { verdicts: verdictsOf(findings) } : {}),
  };
}

function planOf(intended: IntendedRecord): NonNullable<SweptFunction['planned']> {
  const { intent } = intended;
  const { kind, remediationId: id } = intent;
  const where = isAttaching(intent) ? { target: intent.target.attachment } : {};
  return { id, kind, isCounted: isCounted(intended), ...where };
}

/** What each control says, the compliant ones included. */
export function verdictsOf(findings: readonly Finding[]): readonly ControlAnswer[] {
  return findings.map(({ controlId, verdict }) => ({
    controlId,
    verdict: verdict.status,
    ...(verdict.status === 'compliant' ? {} : { reason: verdict.reason }),
  }));
}

/** Why too little is known to judge a function; nothing where something speaks against it anyway. */
export function unknownsOf(findings: readonly Finding[]): readonly string[] {
  if (violationsOf(findings).length > 0) return [];
  const reasons = findings.flatMap(({ verdict, exemption }) =>
    verdict.status === 'unknown' && exemption === undefined ? [verdict.reason] : [],
  );
  return [...new Set(reasons)];
}
