import { createColors } from 'picocolors';
import { functionNameOf } from '../../../functions/core/function-name.ts';
import { printable } from '../printable.ts';
import type { Live, LiveFunction } from './live.ts';
import {
  attachmentRows,
  exemptionRows,
  remediationRows,
  sharingRows,
  stateRows,
} from './live-words.ts';
import { networkRows } from './network-words.ts';
import type { Story } from './read-story.ts';
import type { Row } from './record-words.ts';
import { type Colors, recordRows, renderHistory, renderRows } from './render-story.ts';
import type { Explained } from './run-explain.ts';
import { toneOf, verdictRows } from './verdict-words.ts';

/** What the live rows say already, and better. */
const TOLD_LIVE = new Set(['attachment', 'role', 'baseline']);

/** Tells all about a function for people: what is so now, what would be done about it, and what happened. */
export function renderExplained(
  explained: Explained,
  { hasColors, nowMs }: { readonly hasColors: boolean; readonly nowMs: number },
): string {
  const { story, live } = explained;
  const colors = createColors(hasColors);
  const { functionArn, history } = story;
  const lines = [
    colors.bold(functionNameOf(functionArn)),
    functionArn,
    ...renderNow(explained, colors),
    ...section('recorded', recordedRows(story, live, nowMs), colors),
    ...section('not seen', notSeenRows(live), colors),
    '',
    colors.bold(`history${whyNoHistory(explained)}`),
    ...renderHistory(history, colors),
  ];
  return `${lines.join('\n')}\n`;
}

function renderNow({ live, isDeployed }: Explained, colors: Colors): readonly string[] {
  if (live.isGone) return [colors.yellow('it is gone: there is no such function any more')];
  if (live.function === undefined) {
    return [colors.yellow(`it could not be read: ${printable(live.unread ?? 'no answer')}`)];
  }
  const seen = live.function;
  return [
    '',
    ...renderRows([...stateRows(seen), ...attachmentRows(seen)], colors),
    ...section('network', seen.network === undefined ? [] : networkRows(seen.network), colors),
    ...section('shares its network interfaces with', sharingRows(seen), colors),
    ...renderVerdicts(live, seen, colors),
    ...section('exemptions that name it', exemptionRows(seen.exemptions), colors),
    ...section(wouldDo(live, isDeployed), remediationRows(seen), colors),
  ];
}

function renderVerdicts({ policy }: Live, seen: LiveFunction, colors: Colors): readonly string[] {
  const { verdicts, off } = seen;
  const { file, mode, hash, deployedHash = hash } = policy;
  const other = deployedHash === hash ? '' : '; the guardrail that is deployed has another policy';
  const tones = verdicts.map((verdict) => colors[toneOf(verdict)]);
  return [
    '',
    colors.bold(`controls, judged by ${printable(file)} (mode ${mode})${other}`),
    ...renderRows(verdictRows(verdicts), colors, tones),
    ...renderRows(off.length === 0 ? [] : [['off', [off.join(', ')]]], colors),
  ];
}

function section(title: string, rows: readonly Row[], colors: Colors): readonly string[] {
  return rows.length === 0 ? [] : ['', colors.bold(title), ...renderRows(rows, colors)];
}

function recordedRows({ record, history }: Story, live: Live, nowMs: number): readonly Row[] {
  if (record === undefined) return [];
  const clockMs = Math.max(nowMs, Date.parse(live.observedAt));
  const rows = recordRows(record, history, clockMs);
  return live.function === undefined ? rows : rows.filter(([label]) => !TOLD_LIVE.has(label));
}

function notSeenRows({ notSeen }: Live): readonly Row[] {
  return notSeen.map(({ what, because, so }) => [what, [so, because]]);
}

function wouldDo({ policy: { hash, deployedHash } }: Live, isDeployed: boolean): string {
  if (!isDeployed) return 'what a guardrail with this policy would do';
  const isOther = deployedHash !== undefined && deployedHash !== hash;
  return `what the guardrail would do now${isOther ? ' if it had this policy' : ''}`;
}

function whyNoHistory({ story, isDeployed, isRecordSeen }: Explained): string {
  if (story.history.length > 0) return '';
  if (!isRecordSeen) return ': not seen';
  if (!isDeployed) return ': none, for no guardrail is deployed here';
  return story.record === undefined
    ? ': none, for the guardrail has not looked at it'
    : ': none is kept any more';
}
