import { describeActor } from '../../../functions/core/actor.ts';
import { describeAttachment, isSameAttachment } from '../../../functions/core/attachment.ts';
import type { Beginning } from '../../../functions/core/beginning.ts';
import { groupByBeginning } from '../../../functions/core/beginning.ts';
import { containedBy } from '../../../functions/core/containment.ts';
import { endOf } from '../../../functions/core/exemption.ts';
import { containedAfter, duration, moment } from '../../../functions/core/notices/frame-notice.ts';
import type {
  AttachmentOrigin,
  FunctionRecord,
  Intent,
  OpenViolation,
  Quarantine,
} from '../../../functions/core/record.ts';
import { exemptNow } from '../../../functions/core/tell-exempt.ts';

/** A label with the lines beside it. */
export type Row = readonly [label: string, lines: readonly string[]];

/** Says what a record knows of a function now. */
export function describeRecord(
  record: FunctionRecord,
  { nowMs }: { readonly nowMs: number },
): readonly Row[] {
  if (record.isDeleted) return [['state', ['deleted']]];
  const { current, baseline, candidate, violation, quarantine, hold, intent, recheckAtMs } = record;
  const rows: readonly (Row | undefined)[] = [
    current && ['attachment', describeOrigin(current)],
    current && ['role', [current.role]],
    ['baseline', [describeBaseline(baseline, current)]],
    candidate && ['candidate', describeOrigin(candidate)],
    ['violation', violation === undefined ? ['none'] : describeViolation(violation, record, nowMs)],
    ...describeExempt(record, nowMs),
    quarantine && ['quarantine', [describeQuarantine(quarantine)]],
    hold && ['hold', [`left alone until ${moment(hold.untilMs)}, because ${hold.reason}`]],
    intent && ['under way', [describeIntent(intent)]],
    recheckAtMs > nowMs ? ['next look', [moment(recheckAtMs)]] : undefined,
  ];
  return rows.filter((row) => row !== undefined);
}

function describeOrigin({ attachment, call, principalArn }: AttachmentOrigin): readonly string[] {
  const who = principalArn === undefined ? 'somebody unknown' : `${principalArn}, with ${call}`;
  return [describeAttachment(attachment), `by ${who}`];
}

function describeBaseline(
  baseline: AttachmentOrigin | undefined,
  current: AttachmentOrigin | undefined,
): string {
  if (baseline === undefined) return 'none: a revert has nowhere to go';
  const isHere = current !== undefined && isSameAttachment(baseline.attachment, current.attachment);
  return isHere ? 'where it is' : describeAttachment(baseline.attachment);
}

function describeViolation(
  open: OpenViolation,
  { quarantine }: FunctionRecord,
  nowMs: number,
): readonly string[] {
  const violation = containedBy(open, quarantine);
  const { controlIds, sinceMs, conflicts, refused } = violation;
  return [
    `${controlIds.join(', ')} since ${moment(sinceMs)}, for ${duration(nowMs - sinceMs)}${containment(violation)}`,
    ...whoOf(violation),
    ...(conflicts === 0 ? [] : [`${conflicts} conflicts with whoever changes it`]),
    ...refused.map(({ error }) => `refused by AWS: ${error}`),
  ];
}

/** One line for all controls that one owner answers for until one day. */
function describeExempt(record: FunctionRecord, nowMs: number): readonly Row[] {
  const groups = Map.groupBy(exemptNow(record), ({ owner, expires }) => `${expires}|${owner}`);
  const lines = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const controls = group.map(({ controlId }) => controlId).join(', ');
    const { owner, expires } = first;
    return nowMs < endOf(first)
      ? [`${controls} until ${expires}: ${owner} answers for it`]
      : [`${controls} until ${expires}, which is over: ${owner} answered for it`];
  });
  return lines.length === 0 ? [] : [['exempt', lines]];
}

function containment({ sinceMs, containedMs, freedMs, freeForMs = 0 }: OpenViolation): string {
  if (containedMs === undefined) return '';
  const contained = containedAfter({ sinceMs, containedMs }, freeForMs);
  return `, ${contained}${freedMs === undefined ? '' : `; it runs again since ${moment(freedMs)}`}`;
}

/** Which controls are whose, where not all are one's. */
function whoOf(violation: OpenViolation): readonly string[] {
  const groups = groupByBeginning(violation);
  return groups.flatMap((group) => {
    const who = describeBeginning(group);
    if (groups.length > 1)
      return [`${group.controlIds.join(', ')}: ${who ?? 'nobody knows by whom'}`];
    return who === undefined ? [] : [who];
  });
}

/** Says who it was, or after which change of the network it was found; undefined where nobody knows. */
export function describeBeginning({ actor, eventId, after }: Beginning): string | undefined {
  if (after !== undefined) {
    return `after a change of ${after.resourceId} (CloudTrail event ${after.eventId})`;
  }
  return actor && `by ${describeActor(actor)} (CloudTrail event ${eventId})`;
}

function describeQuarantine({ sinceMs, previous }: Quarantine): string {
  const restored = previous === undefined ? 'no reservation' : `a reservation of ${previous}`;
  return `since ${moment(sinceMs)}: its reserved concurrency is 0; a release restores ${restored}`;
}

function describeIntent({ kind, status, startedAtMs, remediationId }: Intent): string {
  const how = status === 'sent' ? 'taken by AWS' : 'written down, not yet taken by AWS';
  return `${kind} ${remediationId} since ${moment(startedAtMs)}, ${how}`;
}
