import type { HistoryEvent } from '../../functions/core/history.ts';
import type { ReportedRemediation } from '../cli/report/report.ts';
import { groupBy } from './model.ts';

/** What entries come to, in words that follow a number. */
export const EVENT_KINDS = {
  trouble: 'violations seen',
  acting: 'remediations decided or taken by AWS',
  landed: 'landed',
  failed: 'failed, refused or dropped',
  withheld: 'withheld',
  good: 'resolved or good',
} as const;

/** One of {@link EVENT_KINDS}. */
export type EventKind = keyof typeof EVENT_KINDS;

const KIND_OF: Readonly<Record<HistoryEvent, EventKind>> = {
  attached: 'trouble',
  violation: 'trouble',
  decided: 'acting',
  done: 'acting',
  landed: 'landed',
  failed: 'failed',
  refused: 'failed',
  conflict: 'failed',
  dropped: 'failed',
  withheld: 'withheld',
  lifted: 'good',
  resolved: 'good',
  baseline: 'good',
  deleted: 'good',
};

const HOUR_MS = 3_600_000;
/** How long a bar may be; the first that needs few enough is taken. */
const LENGTHS = [
  [1, 'hour'],
  [3, '3 hours'],
  [6, '6 hours'],
  [12, '12 hours'],
  [24, 'day'],
  [168, '7 days'],
] as const;
const MOST_BARS = 60;

/** How many entries of one kind there are between two moments. */
export interface TimelineBin {
  readonly from: Date;
  readonly to: Date;
  readonly kind: EventKind;
  readonly count: number;
}

/** What an entry comes to; an event that is not known here is something that the guardrail does. */
export function kindOf(event: HistoryEvent): EventKind {
  return KIND_OF[event] ?? 'acting';
}

/** Says in a few words what happened. */
export function happeningWords({ event, remediation, controlIds }: ReportedRemediation): string {
  const what = remediation ?? 'remediation';
  const controls = (controlIds ?? []).join(', ');
  const words: Readonly<Record<HistoryEvent, string>> = {
    attached: 'attached elsewhere',
    violation: `violates ${controls}`,
    decided: `${what} decided`,
    done: `${what} taken by AWS`,
    landed: `${what} landed`,
    failed: `${what} failed`,
    refused: `${what} refused by AWS`,
    conflict: `${what} put off`,
    dropped: `${what} dropped`,
    withheld: `${what} withheld`,
    lifted: 'quarantine ended by somebody else',
    resolved: `no longer violates ${controls}`,
    baseline: 'good: reverts go there',
    deleted: 'deleted',
  };
  return (words[event] ?? event).trim();
}

/** Counts entries by stretches of time that are long enough to have few of them. */
export function binTimeline(timeline: readonly ReportedRemediation[]): {
  readonly unit: string;
  readonly bins: readonly TimelineBin[];
} {
  const known = timeline
    .map(({ at, event }) => ({ ms: Date.parse(at), event }))
    .filter(({ ms }) => Number.isFinite(ms))
    .toSorted((left, right) => left.ms - right.ms);
  const span = (known.at(-1)?.ms ?? 0) - (known[0]?.ms ?? 0);
  const isEnough = ([hours]: (typeof LENGTHS)[number]) => span / (hours * HOUR_MS) <= MOST_BARS;
  const [hours, unit] = LENGTHS.find(isEnough) ?? LENGTHS[5];
  const length = hours * HOUR_MS;
  const keys = known.map(({ ms, event }) => `${Math.floor(ms / length)} ${kindOf(event)}`);
  const bins = [...groupBy(keys, (key) => key)].map(([key, { length: count }]) => {
    const [number, kind] = key.split(' ');
    const from = Number(number) * length;
    return { from: new Date(from), to: new Date(from + length), kind: kind as EventKind, count };
  });
  return { unit, bins };
}
