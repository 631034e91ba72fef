import { describeActor } from '../../../functions/core/actor.ts';
import { describeAttachment, isSameAttachment } from '../../../functions/core/attachment.ts';
import { duration, moment } from '../../../functions/core/notices/frame-notice.ts';
import type {
  AttachmentOrigin,
  FunctionRecord,
  Intent,
  OpenViolation,
  Quarantine,
} from '../../../functions/core/record.ts';

/** A label with the lines beside it. */
export type Row = readonly [label: string, lines: readonly string[]];

/** Says what a record knows of a function now. */
export function describeRecord(
  record: FunctionRecord,
  { nowMs }: { readonly nowMs: number },
): readonly Row[] {
  const asOf: Row = ['as of', [moment(record.changedAtMs)]];
  if (record.isDeleted) return [asOf, ['state', ['deleted']]];
  const { current, baseline, candidate, violation, quarantine, hold, intent, recheckAtMs } = record;
  const rows: readonly (Row | undefined)[] = [
    asOf,
    current && ['attachment', describeOrigin(current)],
    current && ['role', [current.role]],
    ['baseline', [describeBaseline(baseline, current)]],
    candidate && ['candidate', describeOrigin(candidate)],
    ['violation', violation === undefined ? ['none'] : describeViolation(violation, nowMs)],
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

function describeViolation(violation: OpenViolation, nowMs: number): readonly string[] {
  const { controlIds, sinceMs, containedMs, actor, refused, conflicts } = violation;
  const contained =
    containedMs === undefined ? '' : `, contained after ${duration(containedMs - sinceMs)}`;
  return [
    `${controlIds.join(', ')} since ${moment(sinceMs)}, for ${duration(nowMs - sinceMs)}${contained}`,
    ...(actor === undefined ? [] : [`by ${describeActor(actor)}`]),
    ...(conflicts === 0 ? [] : [`${conflicts} conflicts with whoever changes it`]),
    ...refused.map(({ error }) => `refused by AWS: ${error}`),
  ];
}

function describeQuarantine({ sinceMs, previous }: Quarantine): string {
  const restored = previous === undefined ? 'no reservation' : `a reservation of ${previous}`;
  return `since ${moment(sinceMs)}: its reserved concurrency is 0; a release restores ${restored}`;
}

function describeIntent({ kind, status, startedAtMs, remediationId }: Intent): string {
  const how = status === 'sent' ? 'taken by AWS' : 'written down, not yet taken by AWS';
  return `${kind} ${remediationId} since ${moment(startedAtMs)}, ${how}`;
}
