import type { Actor } from './actor.ts';
import type { Attachment } from './attachment.ts';
import type { Begun } from './beginning.ts';
import type { Coverage } from './finding.ts';
import type { NetworkCause } from './network-change.ts';
import type { FunctionRecord, Intent } from './record.ts';
import { stableId } from './stable-id.ts';

/** What happened to a function, or was decided about it. */
export type HistoryEvent =
  /** It was seen with another attachment than before. */
  | 'attached'
  /** A control says no, be it exempt. */
  | 'violation'
  /** A remediation was written down. */
  | 'decided'
  /** AWS took the call. */
  | 'done'
  /** AWS is seen to run what was asked for. */
  | 'landed'
  /** AWS took the call and failed. */
  | 'failed'
  /** AWS will not do it. */
  | 'refused'
  /** The function was busy, or had moved on: it is decided afresh. */
  | 'conflict'
  /** The call was never made, or somebody changed the function since. */
  | 'dropped'
  /** The account's budget or its kill switch stood in the way. */
  | 'withheld'
  /** Somebody else ended a quarantine of the guardrail. */
  | 'lifted'
  | 'resolved'
  /** AWS was seen to run a good attachment: reverts go to it from now on. */
  | 'baseline'
  | 'deleted';

/** Where a function is, and how much of it may run. */
export interface HistoryState {
  readonly attachment?: Attachment;
  /** Absent where nothing is reserved, or where it is not what the entry is about. */
  readonly reservedConcurrency?: number;
}

/** One line of a function's story. */
export interface HistoryEntry {
  /** Stable: the same decision has the same id, however often it is made. */
  readonly id: string;
  readonly functionArn: string;
  readonly generation: number;
  /** The version of the record that it was decided on: entries stand in its order. */
  readonly version: number;
  /** Counts the entries of one version. */
  readonly step: number;
  readonly atMs: number;
  readonly event: HistoryEvent;
  /** In words, to follow «because». */
  readonly why: string;
  /** Who did it, or on whose account it was decided; absent where nobody knows. */
  readonly who?: Actor;
  readonly eventId?: string;
  /** How the controls came to say no, where they did not do so together. */
  readonly begun?: readonly Begun[];
  /** The change of the network that it was found after. */
  readonly network?: NetworkCause;
  readonly controlIds?: readonly string[];
  readonly remediation?: string;
  readonly remediationId?: string;
  /** What would have been done, or will be once AWS lets it. */
  readonly wanted?: string;
  /** Why that is done about it, to follow «because». */
  readonly remediationReason?: string;
  /** Who answers for it, where it is exempt. */
  readonly exemption?: Coverage;
  /** When a violation began: the time of its event, or of the look that found it. */
  readonly sinceMs?: number;
  /** When a violation that is over was made harmless; absent where the guardrail did nothing. */
  readonly containedMs?: number;
  /** How long the function ran again after that, before the violation was over. */
  readonly freeForMs?: number;
  /** Until when a violation is left alone after a forced release. */
  readonly holdUntilMs?: number;
  readonly before?: HistoryState;
  readonly after?: HistoryState;
  /** What has to be set again to undo it. */
  readonly undo?: Intent['undo'];
  readonly policyHash?: string;
}

/** What the caller of {@link keep} tells; the rest is the record's. */
export type Told = Omit<
  HistoryEntry,
  'id' | 'functionArn' | 'generation' | 'version' | 'step' | 'atMs'
>;

/** Adds an entry to what is still to be kept of a function. */
export function keep<Kept extends FunctionRecord>(
  record: Kept,
  { nowMs, key }: { readonly nowMs: number; readonly key: string },
  told: Told,
): Kept {
  const { functionArn, generation, version, unkept } = record;
  const id = stableId(functionArn, told.event, key);
  if (unkept.some((entry) => entry.id === id)) return record;
  const step = unkept.filter((entry) => entry.version === version).length;
  const place = { functionArn, generation, version, step };
  return { ...record, unkept: [...unkept, { id, ...place, atMs: nowMs, ...told }] };
}

/** Puts what is kept of one function into the order in which it was told. */
export function inOrder(entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
  return entries.toSorted(
    (left, right) =>
      left.generation - right.generation || left.version - right.version || left.step - right.step,
  );
}

/** What the history tells of a remediation wherever it names one. */
export function remediationOf({
  kind,
  remediationId,
}: Intent): Pick<HistoryEntry, 'remediation' | 'remediationId'> {
  return { remediation: kind, remediationId };
}
