import type { Attachment } from './attachment.ts';
import type { ReportedFinding, Verdict } from './finding.ts';
import type { IdleFunction } from './idle-function.ts';

/** What a sweep says of one function. */
export interface SweptFunction {
  readonly functionArn: string;
  /** Where it is attached; absent where it is not, or where nothing could be read. */
  readonly vpcId?: string;
  /** Deleted between the list and the read. */
  readonly isGone: boolean;
  readonly isCompliant: boolean;
  readonly findings: readonly ReportedFinding[];
  readonly idle: readonly IdleFunction[];
  /** The remediation that was enqueued. */
  readonly planned?: {
    readonly id: string;
    readonly kind: string;
    /** Whether it costs budget. */
    readonly isCounted: boolean;
    /** Where it attaches the function; absent where that stays. */
    readonly target?: Attachment;
  };
  /** A revert is wanted, and AWS has to finish something first. */
  readonly isWaiting?: true;
  /** Why too little is known to judge it. */
  readonly unknown?: readonly string[];
  /** What every control says; only where it was asked for. */
  readonly verdicts?: readonly ControlAnswer[];
  /** Controls that began to say no since people were last told. */
  readonly newControlIds: readonly string[];
  /** A violation that people were told of is over. */
  readonly isResolved: boolean;
  readonly isQuarantined: boolean;
  readonly isBaselineNew: boolean;
}

/** What one control says, be it yes. */
export interface ControlAnswer {
  readonly controlId: string;
  readonly verdict: Verdict['status'];
  /** Absent where it is compliant. */
  readonly reason?: string;
}
