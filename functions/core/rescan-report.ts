import type { Attachment } from './attachment.ts';
import type { ReportedFinding } from './finding.ts';
import type { IdleFunction } from './idle-function.ts';
import type { InterfaceReport } from './interface-report.ts';
import type { ControlAnswer } from './swept-function.ts';

/** What a rescan answers; outcomes are told by notices and by the history. */
export interface RescanReport {
  /** Names this rescan in its progress, and where `omitted` is said, in the table. */
  readonly reportId: string;
  readonly scanned: number;
  readonly compliant: number;
  /** Violations and unknowns, exempt ones included and marked. */
  readonly findings: readonly ReportedFinding[];
  readonly idle: readonly IdleFunction[];
  /** Who shares the network interfaces of each VPC, and how many it may have. */
  readonly interfaces: readonly InterfaceReport[];
  /** Enqueued for enforcement. */
  readonly remediations: readonly PlannedRemediation[];
  /** What holds back the remediations that count, until an operator says go on; absent where nothing does. */
  readonly withheldBy?: 'breaker' | 'kill-switch';
  /** Functions whose revert waits until AWS is done with them; absent where there is none. */
  readonly waiting?: readonly string[];
  /** Functions of which too little is known to judge them, and those named that were not looked at. */
  readonly unknown: readonly { readonly functionArn: string; readonly reason: string }[];
  /** The patterns of the request that no function matches; absent where each has one. */
  readonly unmatched?: readonly string[];
  /** What every control says; only where the request asked for it. */
  readonly verdicts?: readonly ReportedVerdict[];
  /** Present where the time was not enough for every function: these many were looked at, and no more. */
  readonly unfinished?: { readonly reason: string };
  /** What the answer has no room for; all findings are in the table under `reportId`. */
  readonly omitted?: OmittedCounts;
}

/** How many entries of each list an answer leaves out. */
export interface OmittedCounts {
  readonly findings: number;
  readonly idle: number;
  readonly remediations: number;
  readonly unknown: number;
}

/** A remediation that was enqueued. */
export interface PlannedRemediation {
  readonly id: string;
  readonly functionArn: string;
  readonly planned: string;
  /** Whether it counts against `limits.accountRemediations`. */
  readonly isCounted: boolean;
  /** Where the function is to be attached; absent where its attachment stays. */
  readonly target?: Attachment;
}

/** What one control says of one function, be it yes. */
export interface ReportedVerdict extends ControlAnswer {
  readonly functionArn: string;
}
