import { isSameAttachment } from './attachment.ts';
import type { ChangeEvent } from './change-event.ts';
import type { Finding, Verdict } from './finding.ts';
import type { CompiledPolicy, Mode } from './policy.ts';
import type { AttachmentOrigin, Cause, FunctionRecord } from './record.ts';
import type { FunctionSnapshot } from './snapshot.ts';

/** Everything that a decision about one function rests on. */
export interface Look {
  readonly snapshot: FunctionSnapshot;
  /** What every enabled control says of the present attachment. */
  readonly findings: readonly Finding[];
  /** As it was read. */
  readonly known: FunctionRecord;
  /** As `observe` left it. */
  readonly record: FunctionRecord;
  readonly cause: Cause;
  readonly policy: CompiledPolicy;
  /** The lower of what is deployed and what was asked for. */
  readonly mode: Mode;
  readonly nowMs: number;
  /** The event that provably made the present attachment, where one asked for the look. */
  readonly origin?: ChangeEvent;
  /** How many delayed looks led here. */
  readonly hops: number;
  readonly isWakeRequested: boolean;
  /** Present when the record has a baseline that a revert may go to. */
  readonly target?: RevertTarget;
}

/** The baseline, judged by today's policy and looked up in today's network. */
export interface RevertTarget {
  readonly origin: AttachmentOrigin;
  readonly findings: readonly Finding[];
  /** Its subnets and security groups that no longer exist. */
  readonly missing: readonly string[];
}

/** A finding that says no. */
export interface Violation extends Finding {
  readonly verdict: Extract<Verdict, { readonly status: 'violation' }>;
}

/** The findings that say no. */
export function violationsOf(findings: readonly Finding[]): readonly Violation[] {
  return findings.filter((finding): finding is Violation => finding.verdict.status === 'violation');
}

/** Tells whether every control that applies says yes. */
export function isCompliant(findings: readonly Finding[]): boolean {
  return findings.every(
    ({ verdict }) => verdict.status === 'compliant' || verdict.status === 'not-applicable',
  );
}

/** Tells whether an operator's forced release still holds this violation off. */
export function isHeld({ record: { hold }, snapshot, nowMs }: Look): boolean {
  return (
    hold !== undefined &&
    nowMs < hold.untilMs &&
    isSameAttachment(hold.attachment, snapshot.attachment)
  );
}
