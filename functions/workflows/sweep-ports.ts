import type { Attachment } from '../core/attachment.ts';
import type { Fact } from '../core/facts.ts';
import type { ReportedFinding } from '../core/finding.ts';
import type { FunctionRecord } from '../core/record.ts';
import type { SweepState } from '../core/sweep-state.ts';
import type { ListedFunction, Ports } from './ports.ts';

/** One page of the account's functions. */
export interface ListedPage {
  readonly functions: readonly ListedFunction[];
  /** Where the list goes on; absent on the last page. */
  readonly nextMarker?: string;
}

/** What a sweep asks of the outside world beside what every look asks. */
export interface SweepPorts extends Ports {
  /**
   * Reads one page of functions: of `$LATEST`, or of each function with its published versions behind it.
   *
   * Undefined where AWS does not know the marker, or not any more.
   */
  readonly listPage: (
    withVersions: boolean,
    marker: string | undefined,
  ) => Promise<ListedPage | undefined>;
  /** Strongly consistent reads of up to 100 records, by ARN; those that are not there are left out. */
  readonly readRecords: (
    functionArns: readonly string[],
  ) => Promise<ReadonlyMap<string, FunctionRecord>>;
  /** The functions in a VPC that the table has records of. */
  readonly listRecorded: () => AsyncIterable<string>;
  /** The aliases of a function, by the version that each points at, a second one by weight included. */
  readonly readAliases: (
    functionArn: string,
  ) => Promise<Fact<ReadonlyMap<string, readonly string[]>>>;
  /** When the day (UTC) began on which functions were last invoked, by name; those that were not in 455 days are left out. */
  readonly readLastInvocations: (
    functionNames: readonly string[],
  ) => Promise<Fact<ReadonlyMap<string, number>>>;
  readonly readSweep: () => Promise<SweepState>;
  /** Writes the state over the version that it was read at. Throws `RECORD_STALE` where another one wrote first. */
  readonly writeSweep: (state: SweepState) => Promise<SweepState>;
  /** Keeps what a sweep has listed since the part before it, for a day: whoever goes on starts from there. */
  readonly keepSeen: (
    sweepId: string,
    part: number,
    seen: readonly SeenFunction[],
  ) => Promise<void>;
  /** The first parts of what a sweep has listed, so many of them. */
  readonly readSeen: (sweepId: string, parts: number) => AsyncIterable<SeenFunction>;
  /** Tags the guardrail's own function with a time: the event of it has to come back through the rule. */
  readonly sendHeartbeat: (sentMs: number) => Promise<void>;
  /** When the heartbeat was sent whose event came back last; undefined where none did. */
  readonly readHeartbeat: () => Promise<number | undefined>;
  /** Keeps all findings of a rescan whose answer has no room for them. */
  readonly keepReport: (reportId: string, findings: readonly ReportedFinding[]) => Promise<void>;
  /** Notes how far a rescan has come, for who waits for it. */
  readonly noteProgress: (progress: RescanProgress) => Promise<void>;
}

/** A function that a sweep has listed, with the attachments of it and of its versions. */
export interface SeenFunction {
  readonly functionName: string;
  readonly attachments: readonly Attachment[];
}

/** How far a rescan has come. */
export interface RescanProgress {
  readonly rescanId: string;
  readonly startedMs: number;
  readonly atMs: number;
  readonly scanned: number;
  readonly violations: number;
  readonly isOver: boolean;
}
