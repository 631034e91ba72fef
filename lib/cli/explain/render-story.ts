import { createColors } from 'picocolors';
import { functionNameOf } from '../../../functions/core/function-name.ts';
import type { HistoryEntry, HistoryEvent } from '../../../functions/core/history.ts';
import { moment } from '../../../functions/core/notices/frame-notice.ts';
import type { FunctionRecord } from '../../../functions/core/record.ts';
import { printable } from '../printable.ts';
import { detailsOf, headlineOf } from './entry-words.ts';
import type { Story } from './read-story.ts';
import { describeRecord, type Row } from './record-words.ts';

/** The colors of a terminal, or none. */
export type Colors = ReturnType<typeof createColors>;

const LABEL_WIDTH = 12;
const TIME_WIDTH = moment(0).length + 2;

const TONES: Readonly<Partial<Record<HistoryEvent, 'red' | 'yellow' | 'green'>>> = {
  violation: 'red',
  failed: 'red',
  refused: 'red',
  decided: 'yellow',
  withheld: 'yellow',
  lifted: 'yellow',
  resolved: 'green',
  baseline: 'green',
};

/** Tells the story of a function for people: what is so now, then what happened, the oldest first. */
export function renderStory(
  { functionArn, record, history }: Story,
  { hasColors, nowMs }: { readonly hasColors: boolean; readonly nowMs: number },
): string {
  const colors = createColors(hasColors);
  const now =
    record === undefined
      ? ['it was deleted, and what was known of it has expired']
      : renderRows(recordRows(record, history, nowMs), colors);
  const lines = [
    colors.bold(functionNameOf(functionArn)),
    functionArn,
    '',
    ...now,
    '',
    colors.bold(history.length === 0 ? 'history: none is kept any more' : 'history'),
    ...renderHistory(history, colors),
  ];
  return `${lines.join('\n')}\n`;
}

/** Says what a record knows, by a clock that is not behind what it tells of. */
export function recordRows(
  record: FunctionRecord,
  history: readonly HistoryEntry[],
  nowMs: number,
): readonly Row[] {
  return describeRecord(record, { nowMs: laterOf(nowMs, record, history) });
}

/** Writes labels with their lines beside them; each label may have a color of its own. */
export function renderRows(
  rows: readonly Row[],
  { cyan }: Colors,
  tones: readonly ((text: string) => string)[] = [],
): readonly string[] {
  const width = Math.max(LABEL_WIDTH, ...rows.map(([label]) => label.length + 2));
  return rows.flatMap(([label, lines], index) =>
    beside(tones[index] ?? cyan, printable(label).padEnd(width), lines.map(printable)),
  );
}

/** Tells what happened, the oldest first. */
export function renderHistory(history: readonly HistoryEntry[], colors: Colors): readonly string[] {
  return history.flatMap((entry) => renderEntry(entry, colors));
}

/** A clock that is behind what it tells of is wrong: what happened is not to come. */
function laterOf(
  nowMs: number,
  { changedAtMs }: FunctionRecord,
  history: readonly HistoryEntry[],
): number {
  return history.reduce((latest, { atMs }) => Math.max(latest, atMs), Math.max(nowMs, changedAtMs));
}

function renderEntry(entry: HistoryEntry, colors: Colors): readonly string[] {
  const tone = entry.exemption === undefined ? TONES[entry.event] : 'yellow';
  const headline = printable(headlineOf(entry));
  const told = tone === undefined ? headline : colors[tone](headline);
  return beside(colors.cyan, moment(entry.atMs).padEnd(TIME_WIDTH), [
    told,
    ...detailsOf(entry).map(printable),
  ]);
}

function beside(
  color: (text: string) => string,
  label: string,
  lines: readonly string[],
): readonly string[] {
  return lines.map((line, index) => {
    return `${index === 0 ? color(label) : ' '.repeat(label.length)}${line}`;
  });
}
