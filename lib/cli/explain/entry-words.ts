import { describeActor } from '../../../functions/core/actor.ts';
import {
  DETACHED,
  describeAttachment,
  isSameAttachment,
} from '../../../functions/core/attachment.ts';
import type { Begun } from '../../../functions/core/beginning.ts';
import type { HistoryEntry, HistoryEvent, HistoryState } from '../../../functions/core/history.ts';
import { containedAfter, duration, moment } from '../../../functions/core/notices/frame-notice.ts';
import { describeBeginning } from './record-words.ts';

const ABSENT: HistoryState = {};

/** What happened says it all. */
const PLAIN: ReadonlySet<HistoryEvent> = new Set(['done', 'landed', 'lifted']);

/** Says in a few words what happened. */
export function headlineOf(entry: HistoryEntry): string {
  const { remediation = 'remediation', after = ABSENT } = entry;
  const controls = (entry.controlIds ?? []).join(', ');
  const headlines: Readonly<Record<HistoryEvent, string>> = {
    attached: `${entry.before === undefined ? 'seen in' : 'moved to'} ${placeOf(after)}`,
    violation: `violates ${controls}${entry.exemption === undefined ? '' : ', exempt'}`,
    decided: `${remediation} decided`,
    done: `${remediation} taken by AWS`,
    landed: `${remediation} landed`,
    failed: `${remediation} failed`,
    refused: `${remediation} refused by AWS`,
    conflict: `${remediation} put off`,
    dropped: `${remediation} dropped`,
    withheld: `${remediation} withheld`,
    lifted: 'quarantine ended by somebody else',
    resolved: `no longer violates ${controls}`,
    baseline:
      entry.after === undefined
        ? 'last good attachment forgotten: a revert has nowhere to go'
        : `good in ${placeOf(after)}: reverts go there`,
    deleted: 'deleted',
  };
  return headlines[entry.event];
}

/** Says line by line who it was, why, what changed and how it is undone. */
export function detailsOf(entry: HistoryEntry): readonly string[] {
  return [
    ...whoOf(entry),
    ...(PLAIN.has(entry.event) ? [] : [`because ${entry.why}`]),
    ...answerOf(entry),
    ...changesOf(entry),
    ...timesOf(entry),
    ...undoOf(entry),
  ];
}

function whoOf({ event, who, eventId, network, begun }: HistoryEntry): readonly string[] {
  if (begun !== undefined) return begun.map(describeBegun);
  if (network !== undefined) {
    return [`after a change of ${network.resourceId} (CloudTrail event ${network.eventId})`];
  }
  if (who === undefined) return [];
  const source = eventId === undefined ? '' : ` (CloudTrail event ${eventId})`;
  const how = event === 'decided' ? 'on account of' : 'by';
  return [`${how} ${describeActor(who)}${source}`];
}

function describeBegun({ controlIds, ...beginning }: Begun): string {
  return `${controlIds.join(', ')}: ${describeBeginning(beginning) ?? 'nobody knows by whom'}`;
}

/** What is done about a violation. */
function answerOf({ event, remediation, remediationReason, wanted }: HistoryEntry) {
  if (event !== 'violation' || remediationReason === undefined) return [];
  return [`${answerWords(`${remediation}`, wanted)}, because ${remediationReason}`];
}

function answerWords(remediation: string, wanted: string | undefined): string {
  if (wanted !== undefined) {
    return remediation === 'withheld' ? `${wanted} withheld` : `${wanted} to come`;
  }
  return remediation === 'none' ? 'nothing is done' : `${remediation} follows`;
}

function changesOf({ event, before, after }: HistoryEntry): readonly string[] {
  if (before === undefined) return [];
  if (event === 'attached' || event === 'baseline') return [`before: ${placeOf(before)}`];
  if (after === undefined) return [];
  return [
    ...(isSamePlace(before, after) ? [] : [`attachment: ${placeOf(before)} → ${placeOf(after)}`]),
    ...(before.reservedConcurrency === after.reservedConcurrency
      ? []
      : [`reserved concurrency: ${reservedOf(before)} → ${reservedOf(after)}`]),
  ];
}

function timesOf({ atMs, sinceMs, containedMs, freeForMs = 0, holdUntilMs, event }: HistoryEntry) {
  const hold = holdUntilMs === undefined ? [] : [`left alone until ${moment(holdUntilMs)}`];
  if (sinceMs === undefined || event !== 'resolved') return hold;
  const contained =
    containedMs === undefined ? '' : `, ${containedAfter({ sinceMs, containedMs }, freeForMs)}`;
  return [`it lasted ${duration(atMs - sinceMs)}${contained}`, ...hold];
}

function undoOf({ undo, after = ABSENT }: HistoryEntry): readonly string[] {
  if (undo === undefined) return [];
  const { attachment, reservedConcurrency } = undo;
  const steps = [
    ...(isSamePlace(undo, after) ? [] : [`attach it to ${describeAttachment(attachment)}`]),
    ...(reservedConcurrency === after.reservedConcurrency
      ? []
      : [
          reservedConcurrency === undefined
            ? 'remove its reserved concurrency'
            : `set its reserved concurrency to ${reservedConcurrency}`,
        ]),
  ];
  return steps.length === 0 ? [] : [`to undo: ${steps.join(', and ')}`];
}

function isSamePlace(left: HistoryState, right: HistoryState): boolean {
  return isSameAttachment(left.attachment ?? DETACHED, right.attachment ?? DETACHED);
}

function placeOf({ attachment = DETACHED }: HistoryState): string {
  return describeAttachment(attachment);
}

/** Says how much of a function is reserved. */
function reservedOf({ reservedConcurrency }: HistoryState): string {
  return reservedConcurrency === undefined ? 'none' : `${reservedConcurrency}`;
}
