import type { ChangeEvent } from './change-event.ts';
import type { Finding } from './finding.ts';
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
  readonly change?: ChangeEvent;
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

/** The findings that say no. */
export function violationsOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ verdict }) => verdict.status === 'violation');
}

/** Tells whether every control that applies says yes. */
export function isCompliant(findings: readonly Finding[]): boolean {
  return findings.every(
    ({ verdict }) => verdict.status === 'compliant' || verdict.status === 'not-applicable',
  );
}
