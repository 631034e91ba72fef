import type { Decision } from '../core/decide.ts';
import type { Finding } from '../core/finding.ts';
import { isCompliant, type Look, violationsOf } from '../core/look.ts';
import { type Intent, isAttaching } from '../core/record.ts';
import { reportFindings } from '../core/report-finding.ts';
import type { RescanRequest } from '../core/rescan-request.ts';
import type { ControlAnswer, SweptFunction } from '../core/swept-function.ts';

/** What a sweep tells of a look. */
type Reported = Pick<
  SweptFunction,
  'isCompliant' | 'findings' | 'planned' | 'unknown' | 'verdicts'
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
    ...(intended === undefined ? {} : { planned: planOf(intended.intent) }),
    ...(unknown.length === 0 ? {} : { unknown }),
    ...(request.verdicts ? { verdicts: verdictsOf(findings) } : {}),
  };
}

function planOf(intent: Intent): NonNullable<SweptFunction['planned']> {
  const { kind, remediationId: id } = intent;
  return { id, kind, ...(isAttaching(intent) ? { target: intent.target.attachment } : {}) };
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
  return findings.flatMap(({ verdict, exemption }) =>
    verdict.status === 'unknown' && exemption === undefined ? [verdict.reason] : [],
  );
}
