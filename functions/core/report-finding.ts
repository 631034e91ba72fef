import { attachmentKey } from './attachment.ts';
import { beginningOf } from './beginning.ts';
import type { Finding, ReportedFinding } from './finding.ts';
import { toIsoTime } from './iso-time.ts';
import type { FunctionRecord, OpenViolation } from './record.ts';
import type { FunctionSnapshot } from './snapshot.ts';
import { stableId } from './stable-id.ts';

/** What a report of findings rests on. */
export interface Reported {
  readonly snapshot: Pick<FunctionSnapshot, 'functionArn' | 'attachment'>;
  readonly findings: readonly Finding[];
  readonly record: Pick<FunctionRecord, 'baseline'>;
  readonly violation?: OpenViolation | undefined;
  /** What is done about them, in a word of the vocabulary. */
  readonly remediation: string;
  readonly nowMs: number;
}

/** Turns violations and unknowns into what machines read; compliant ones are left out. */
export function reportFindings(reported: Reported): readonly ReportedFinding[] {
  return reported.findings.flatMap((finding) => {
    const { verdict } = finding;
    if (verdict.status !== 'violation' && verdict.status !== 'unknown') return [];
    return [reportOne(finding, verdict, reported)];
  });
}

/** Who made this control say no: not whoever made another one do so. */
function begunBy(
  violation: OpenViolation | undefined,
  controlId: string,
): Pick<OpenViolation, 'actor' | 'eventId'> {
  return violation?.controlIds.includes(controlId) ? beginningOf(violation, controlId) : {};
}

function reportOne(
  { controlId, severity, exemption }: Finding,
  verdict: Extract<Finding['verdict'], { readonly status: 'violation' | 'unknown' }>,
  { snapshot, record, violation, remediation, nowMs }: Reported,
): ReportedFinding {
  const { functionArn, attachment } = snapshot;
  const statement = verdict.status === 'violation' ? verdict.statement : undefined;
  const baseline = record.baseline?.attachment;
  const { actor, eventId } = begunBy(violation, controlId);
  return {
    id: stableId(functionArn, controlId, attachmentKey(attachment)),
    controlId,
    ...(statement === undefined ? {} : { statement }),
    functionArn,
    verdict: verdict.status,
    severity,
    reason: verdict.reason,
    attachment,
    ...(baseline === undefined ? {} : { baseline }),
    ...(actor === undefined ? {} : { actor }),
    ...(exemption === undefined ? {} : { exemption }),
    remediation,
    ...(eventId === undefined ? {} : { eventId }),
    observedAt: toIsoTime(nowMs),
  };
}
