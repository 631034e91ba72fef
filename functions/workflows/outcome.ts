import type { Finding } from '../core/finding.ts';
import { violationsOf } from '../core/look.ts';

/** What one look at a function came to: the fields of its one log line. */
export interface Outcome {
  readonly functionArn: string;
  readonly verdict: 'compliant' | 'violation' | 'unknown' | 'not-judged';
  readonly remediation: string;
  readonly reason: string;
  readonly cause?: string;
  readonly eventId?: string;
  readonly remediationId?: string;
  readonly recheckAfterSeconds?: number;
  /** AWS's words where it refused the remediation. */
  readonly error?: string;
  /** The controls that do not say yes, with their reasons. */
  readonly findings?: readonly {
    readonly controlId: string;
    readonly verdict: string;
    readonly reason: string;
    readonly statement?: string;
  }[];
}

/** The worst that the findings say. */
export function verdictOf(findings: readonly Finding[]): Outcome['verdict'] {
  if (violationsOf(findings).length > 0) return 'violation';
  return findings.some(({ verdict }) => verdict.status === 'unknown') ? 'unknown' : 'compliant';
}

/** The findings that a log line shows. */
export function loggedFindings(findings: readonly Finding[]): Pick<Outcome, 'findings'> {
  const logged = findings.flatMap(({ controlId, verdict }) => {
    if (verdict.status !== 'violation' && verdict.status !== 'unknown') return [];
    const { status, reason } = verdict;
    const statement = verdict.status === 'violation' ? verdict.statement : undefined;
    return [
      { controlId, verdict: status, reason, ...(statement === undefined ? {} : { statement }) },
    ];
  });
  return logged.length === 0 ? {} : { findings: logged };
}
