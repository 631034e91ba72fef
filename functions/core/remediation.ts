import type { AttachmentOrigin } from './record.ts';

/** An attachment is set. */
export interface Attach {
  /** To its last good attachment, or to the policy's fallback. */
  readonly kind: 'revert' | 'fallback';
  /** Completes the sentence «it is done because …», as every reason here. */
  readonly reason: string;
  readonly target: AttachmentOrigin;
}

interface Quarantine {
  readonly kind: 'quarantine';
  readonly reason: string;
}

interface Release {
  readonly kind: 'release';
  readonly reason: string;
  /** What was reserved before; absent when nothing was. */
  readonly previous?: number;
}

interface Wake {
  readonly kind: 'wake';
  readonly reason: string;
}

interface None {
  readonly kind: 'none';
  readonly reason: string;
  /** Present where a revert is wanted and AWS has to finish something first. */
  readonly awaits?: 'revert';
}

interface Withheld {
  readonly kind: 'withheld';
  readonly reason: string;
  /** What would have been done. */
  readonly wanted: ActingRemediation['kind'];
}

/** What the guardrail does about one function, and why. */
export type Remediation = ActingRemediation | RestingRemediation;

/** A remediation that is a call to AWS. */
export type ActingRemediation = Attach | Quarantine | Release | Wake;

/** A remediation that leaves the function as it is. */
export type RestingRemediation = None | Withheld;

/** Tells whether a remediation is a call to AWS. */
export function isActing(remediation: Remediation): remediation is ActingRemediation {
  return remediation.kind !== 'none' && remediation.kind !== 'withheld';
}

/** Tells whether a remediation sets an attachment. */
export function isAttach(remediation: Remediation): remediation is Attach {
  return remediation.kind === 'revert' || remediation.kind === 'fallback';
}

/** Tells whether a revert is wanted and AWS has to finish something first. */
export function isWaiting(remediation: Remediation): boolean {
  return remediation.kind === 'none' && remediation.awaits !== undefined;
}
