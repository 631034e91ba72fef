import Table from 'cli-table3';
import { createColors } from 'picocolors';
import type { Closing } from './closing.ts';
import type { ControlVerdict, Judgement, Told } from './story.ts';

/** All that the demonstration came to. */
export interface Finished {
  readonly told: readonly Told[];
  readonly closing: Closing;
  /** Where the page about the account is. */
  readonly report: string;
  readonly tookSeconds: number;
}

/** How the demonstration is shown: as it happens to people, or as one document to programs. */
export interface Renderer {
  /** A line about progress. */
  readonly log: (line: string) => void;
  readonly started: (endpoint: string) => void;
  readonly scene: (told: Told) => void;
  readonly closed: (finished: Finished) => void;
}

/** The options that decide how the demonstration is shown. */
export interface DemoOutput {
  readonly json?: boolean;
  readonly guardrail: boolean;
}

/** Creates the renderer that the options ask for. */
export function createRenderer({ json = false, guardrail }: DemoOutput): Renderer {
  return json ? jsonRenderer() : peopleRenderer(guardrail);
}

function jsonRenderer(): Renderer {
  const log = (line: string) => process.stderr.write(`${line}\n`);
  return {
    log,
    started: (endpoint) => log(`a local account is up at ${endpoint}`),
    scene: ({ title }) => log(title),
    closed: ({ told, closing, report, tookSeconds }) => {
      const document = { scenes: told, ...closing, report, tookSeconds };
      process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
    },
  };
}

const colors = createColors();

function peopleRenderer(guardrail: boolean): Renderer {
  const log = (line: string) => process.stdout.write(`${line}\n`);
  return {
    log: (line) => log(colors.dim(line)),
    started: (endpoint) => log(colors.dim(`a local AWS account is up at ${endpoint}`)),
    scene: (told) => log(sceneLines(told, guardrail).join('\n')),
    closed: (finished) => log(closingLines(finished).join('\n')),
  };
}

function sceneLines(told: Told, isGuarded: boolean): readonly string[] {
  return [
    '',
    `${colors.bold(told.title)} ${colors.dim('→')} ${summary(told, isGuarded)}`,
    ...(told.verdicts === undefined ? [] : [verdictTable(told.verdicts)]),
    ...told.events.map(({ eventName, eventId, errorCode }) =>
      line('event', `${eventName} ${eventId}${errorCode === undefined ? '' : ` ${errorCode}`}`),
    ),
    ...unique(told.judgements.map(judgementLine)),
    ...told.remediations.map(({ operation, requestId, afterSeconds, errorCode }) =>
      line(
        'did',
        `${operation} ${afterSeconds} s after the call (request ${requestId})${errorCode === undefined ? '' : `, answered ${errorCode}`}`,
      ),
    ),
    ...told.notices.flatMap(({ subject, text, afterSeconds }) => [
      line('mail', `${colors.yellow(subject)} ${colors.dim(`(sent after ${afterSeconds} s)`)}`),
      ...text.split('\n').map((part) => colors.dim(`             ${part}`.trimEnd())),
    ]),
  ];
}

/** One line for the whole scene: what was judged, what was done, and how long both took. */
function summary(told: Told, isGuarded: boolean): string {
  const { judgements, events } = told;
  const denied = events.find(({ errorCode }) => errorCode !== undefined);
  if (denied !== undefined && judgements.length === 0) {
    return colors.green(`IAM prevented it (${denied.errorCode}); nothing to judge`);
  }
  if (told.verdicts !== undefined) return countVerdicts(told.verdicts);
  if (judgements.length === 0) {
    return isGuarded ? colors.green('nothing to do') : colors.red('nobody looks: it stands');
  }
  const acted = judgements.find(({ remediation }) => remediation !== 'none');
  if (acted !== undefined) return colors.yellow(actedSummary(told, acted));
  return judgements.every(({ verdict }) => verdict !== 'violation')
    ? colors.green('compliant, nothing to do')
    : colors.red('violation, told to people');
}

function actedSummary({ remediations: [first], notices }: Told, acted: Judgement): string {
  const did = `${acted.verdict}, ${acted.remediation}`;
  if (first === undefined) return did;
  const over = notices.at(-1)?.afterSeconds ?? 0;
  const end = over > first.afterSeconds ? `, over after ${over} s` : '';
  return `${did} after ${first.afterSeconds} s${end}`;
}

function judgementLine({ verdict, remediation, reason, findings = [] }: Judgement): string {
  const why = findings.map(({ controlId, reason: because }) => `${controlId}: ${because}`);
  const did = `${verdict}, ${remediation} (${reason})`;
  return line('judged', why.length === 0 ? did : `${did}; ${why.join('; ')}`);
}

function line(label: string, text: string): string {
  return `   ${colors.cyan(label.padEnd(8))}  ${text}`;
}

function closingLines({ closing, report, tookSeconds }: Finished): readonly string[] {
  const functions = plainTable(['function', 'state', 'attached to', 'reserved concurrency']);
  for (const { name, state, attachment, reservedConcurrency } of closing.functions) {
    functions.push([name, state, attachment, reservedConcurrency ?? '']);
  }
  const counts = plainTable();
  counts.push(
    ['verdicts', counted(closing.verdicts)],
    ['remediations', counted(closing.remediations)],
    ['AWS calls of the guardrail', counted(closing.callsByService)],
    ['new TCP connections of the guardrail', String(closing.connections)],
  );
  return [
    '',
    functions.toString(),
    counts.toString(),
    `the account as a page: ${report}`,
    `took ${tookSeconds.toFixed(1)} s`,
  ];
}

const VERDICT_COLORS: Readonly<Record<string, (text: string) => string>> = {
  compliant: colors.green,
  violation: colors.red,
  unknown: colors.yellow,
};

function verdictTable(verdicts: readonly ControlVerdict[]): string {
  const table = new Table({
    head: ['control', 'says', 'because'].map(colors.bold),
    style: { head: [], border: [] },
    colWidths: [9, 16, 72],
    wordWrap: true,
  });
  for (const { controlId, verdict, reason = '' } of verdicts) {
    const color = VERDICT_COLORS[verdict] ?? colors.dim;
    table.push([controlId, color(verdict), reason]);
  }
  return table.toString();
}

function countVerdicts(verdicts: readonly ControlVerdict[]): string {
  const groups = Object.groupBy(verdicts, ({ verdict }) => verdict);
  return Object.entries(groups)
    .map(([verdict, { length } = []]) => `${length} ${verdict}`)
    .join(', ');
}

/** A table whose colors follow the terminal, not the library's own idea. */
function plainTable(head: readonly string[] = []) {
  return new Table({ head: head.map(colors.bold), style: { head: [], border: [] } });
}

function counted(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts);
  if (entries.length === 0) return 'none';
  return entries.map(([name, count]) => `${name} ${count}`).join(', ');
}

function unique(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)];
}
