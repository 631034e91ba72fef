import { functionNameOf } from '../function-name.ts';
import { toIsoTime } from '../iso-time.ts';
import { type Look, violationsOf } from '../look.ts';
import type { Notice, NoticeKind } from '../notice.ts';
import { SEVERITIES, type Severity } from '../policy.ts';
import type { OpenViolation } from '../record.ts';
import type { Remediation } from '../remediation.ts';
import { reportFindings } from '../report-finding.ts';
import { stableId } from '../stable-id.ts';

const LONGEST_SUBJECT = 99;

/** The words of one notice, before they are dressed with who, what and where. */
export interface Wording {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly remediation: Remediation['kind'];
  /** What follows the function's name in the subject. */
  readonly headline: string;
  readonly paragraphs: readonly string[];
  readonly nextSteps: readonly string[];
  readonly violation?: OpenViolation | undefined;
}

/** Dresses the words of a notice with who, what and where. */
export function frameNotice(look: Look, wording: Wording): Notice {
  const { snapshot, findings, policy, nowMs } = look;
  const severity = worstSeverity(look);
  const { ownerTag } = policy.notify;
  const owner = ownerTag === undefined ? undefined : snapshot.tags[ownerTag];
  const { violation, headline, remediation } = wording;
  const [controlId] = violation?.controlIds ?? [];
  return {
    id: wording.id,
    kind: wording.kind,
    functionArn: snapshot.functionArn,
    threadId: stableId(snapshot.functionArn),
    severity,
    ...(controlId === undefined ? {} : { controlId }),
    remediation,
    ...(owner === undefined ? {} : { owner }),
    subject: toSubject(`[${severity}] ${functionNameOf(snapshot.functionArn)} ${headline}`),
    text: wording.paragraphs.join('\n\n'),
    nextSteps: wording.nextSteps,
    findings: reportFindings({
      snapshot,
      findings,
      record: look.record,
      remediation,
      nowMs,
      ...(violation?.eventId === undefined ? {} : { eventId: violation.eventId }),
      ...(violation?.actor === undefined ? {} : { actor: violation.actor }),
    }),
    at: toIsoTime(nowMs),
  };
}

/** The highest severity among the violated controls; `low` where none is. */
export function worstSeverity({ findings }: Pick<Look, 'findings'>): Severity {
  const found = violationsOf(findings).map(({ severity }) => SEVERITIES.indexOf(severity));
  return SEVERITIES[Math.max(0, ...found)] ?? 'low';
}

function toSubject(text: string): string {
  return text.length <= LONGEST_SUBJECT ? text : `${text.slice(0, LONGEST_SUBJECT - 1)}…`;
}

/** A duration for people. */
export function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
