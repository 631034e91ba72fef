import type { ReportedFinding } from './finding.ts';
import type { Severity } from './policy.ts';

/** What a notice is about. */
export type NoticeKind =
  | 'violation'
  | 'remediation'
  | 'resolution'
  | 'wake'
  | 'release'
  | 'tag'
  | 'exemption'
  | 'breaker'
  | 'digest'
  | 'heartbeat';

/** One message to people, decided and worded by core, published by the topics' adapter. */
export interface Notice {
  /** Stable: the same decision has the same id, however often it is delivered. */
  readonly id: string;
  readonly kind: NoticeKind;
  /** Absent where it is about no single function. */
  readonly functionArn?: string;
  /** Shared by a violation and its resolution. */
  readonly threadId: string;
  readonly severity: Severity;
  /** The first of the violated controls; absent where the notice is about none. */
  readonly controlId?: string;
  /** What was done, in one word of the vocabulary. */
  readonly remediation: string;
  readonly owner?: string;
  /** One line, at most 99 characters. */
  readonly subject: string;
  /** Paragraphs for people. */
  readonly text: string;
  /** What the reader can do next. */
  readonly nextSteps: readonly string[];
  readonly findings: readonly ReportedFinding[];
  /** What a notice that is about no findings tells machines, by members of their document. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** ISO 8601. */
  readonly at: string;
}
