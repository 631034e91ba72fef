import { describeAttachment } from '../attachment.ts';
import { functionNameOf } from '../function-name.ts';
import { toIsoTime } from '../iso-time.ts';
import { type Look, violationsOf } from '../look.ts';
import type { Notice, NoticeKind } from '../notice.ts';
import { isAtLeast, type Severity } from '../policy.ts';
import type { OpenViolation } from '../record.ts';
import { redact } from '../redact.ts';
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
  /** The violation that the notice is about, be it over. */
  readonly violation?: OpenViolation | undefined;
}

/** Dresses the words of a notice with who, what and where. */
export function frameNotice(look: Look, wording: Wording): Notice {
  const { snapshot, findings, record, policy, nowMs } = look;
  const { functionArn } = snapshot;
  const { id, kind, remediation, headline, violation } = wording;
  const severity = worstSeverity(look, violation);
  const { ownerTag } = policy.notify;
  const owner = ownerOf(ownerTag === undefined ? undefined : snapshot.tags[ownerTag]);
  const [controlId] = violation?.controlIds ?? [];
  const label = kind === 'resolution' ? 'resolved' : severity;
  return {
    id,
    kind,
    functionArn,
    threadId: stableId(functionArn),
    severity,
    ...(controlId === undefined ? {} : { controlId }),
    remediation,
    ...(owner === undefined ? {} : { owner }),
    subject: toSubject(`[${label}] ${functionNameOf(functionArn)} ${headline}`),
    text: wording.paragraphs.join('\n\n'),
    nextSteps: wording.nextSteps,
    findings: reportFindings({ snapshot, findings, record, violation, remediation, nowMs }),
    at: toIsoTime(nowMs),
  };
}

/** A tag says what its writer likes. */
function ownerOf(value: string | undefined): string | undefined {
  return value === undefined ? undefined : redact(value);
}

/** The highest severity among the controls that are violated, or were; `low` where none is. */
export function worstSeverity(
  { findings, policy }: Pick<Look, 'findings' | 'policy'>,
  violation: OpenViolation | undefined,
): Severity {
  const present = violationsOf(findings).map(({ severity }) => severity);
  const opened = violation?.controlIds ?? [];
  const past = opened.flatMap((controlId) => policy.controls[controlId]?.severity ?? []);
  return [...present, ...past].reduce(
    (worst, severity) => (isAtLeast(severity, worst) ? severity : worst),
    'low',
  );
}

/** Says where a function is now. */
export function whereItIs({ snapshot }: Pick<Look, 'snapshot'>): string {
  return `${snapshot.functionArn} is in ${describeAttachment(snapshot.attachment)}.`;
}

/** A moment for people. */
export function moment(ms: number): string {
  return `${toIsoTime(ms).slice(0, 19).replace('T', ' ')} UTC`;
}

/** A duration for people. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const minutes = Math.round(seconds / 60);
  const hours = Math.round(minutes / 60);
  if (seconds < 120) return `${seconds} s`;
  if (minutes < 120) return `${minutes} min`;
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

/** Says how soon a violation was contained, and how long the function ran again after that. */
export function containedAfter(
  { sinceMs, containedMs }: { readonly sinceMs: number; readonly containedMs: number },
  freeForMs: number,
): string {
  const contained = `contained after ${duration(containedMs - sinceMs)}`;
  return freeForMs === 0 ? contained : `${contained}, and ran again for ${duration(freeForMs)}`;
}

/** Ends a sentence that somebody else began, once. */
export function sentence(text: string): string {
  return /[.!?…]$/u.test(text) ? text : `${text}.`;
}

/** Makes a subject: plain ASCII, since not every subscriber's protocol takes more. */
export function toSubject(text: string): string {
  const line = text.replaceAll(/[^ -~]/gu, '?');
  return line.length <= LONGEST_SUBJECT ? line : `${line.slice(0, LONGEST_SUBJECT - 3)}...`;
}
