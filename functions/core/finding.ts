import type { Actor } from './actor.ts';
import type { Attachment } from './attachment.ts';
import type { Severity } from './policy.ts';

/** A control's answer; every answer but `compliant` says why. */
export type Verdict =
  | { readonly status: 'compliant' }
  | {
      readonly status: 'violation';
      readonly reason: string;
      readonly statement?: string;
      /** The published versions that it is about, where it is about such. */
      readonly versions?: readonly string[];
    }
  | { readonly status: 'not-applicable'; readonly reason: string }
  | { readonly status: 'unknown'; readonly reason: string };

/** One control's verdict on one function. */
export interface Finding {
  readonly controlId: string;
  readonly severity: Severity;
  readonly verdict: Verdict;
  /** Present where somebody answers for it: nothing is done about it. */
  readonly exemption?: Coverage;
}

/** Who answers for a finding, and how long. */
export interface Coverage {
  readonly owner: string;
  readonly reason: string;
  /** The last day, such as `2027-03-31`. */
  readonly expires: string;
}

/** A violation or unknown as machines read it: the document of the findings topic and of a rescan's answer. */
export interface ReportedFinding {
  /** Stable for the same function, control and attachment. */
  readonly id: string;
  readonly controlId: string;
  /** Document and statement that decided, where one did. */
  readonly statement?: string;
  readonly functionArn: string;
  readonly verdict: 'violation' | 'unknown';
  readonly severity: Severity;
  readonly reason: string;
  readonly attachment: Attachment;
  readonly baseline?: Attachment;
  readonly actor?: Actor;
  readonly exemption?: Coverage;
  readonly remediation: string;
  readonly eventId?: string;
  /** ISO 8601. */
  readonly observedAt: string;
}
