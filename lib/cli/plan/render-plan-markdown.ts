import { printable } from '../printable.ts';
import type { PlanReport } from './plan-report.ts';
import { type PlanTable, tablesOf } from './plan-tables.ts';
import { actsOf, breakerOf, changesOf, remarksOf, titleOf } from './plan-words.ts';

/** Whoever comments again finds the comment before it by this line. */
const MARK = '<!-- lambda-vpc-guardrail plan -->';

/** GitHub takes 65,536 characters in a comment; there are eight tables at most. */
const MOST_IN_TABLE = 7_500;
const LONGEST_CELL = 400;

/** Writes a plan as Markdown, to comment on a pull request with: short, and the lists folded. */
export function renderPlanMarkdown(plan: PlanReport): string {
  const remarks = remarksOf(plan).map((remark) => `- ${toText(remark)}`);
  const blocks = [
    `${MARK}\n### Lambda VPC Guardrail: what this policy changes`,
    toText(titleOf(plan)),
    `**${changesOf(plan)}**`,
    `${actsOf(plan)}; ${breakerOf(plan)}`,
    ...(remarks.length === 0 ? [] : [remarks.join('\n')]),
    ...tablesOf(plan).map(foldTable),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function foldTable({ title, columns, rows }: PlanTable): string {
  const shown = fittingRows(rows);
  const more = rows.length - shown.length;
  const head = [toRow(columns.map(([name]) => name)), toRow(columns.map(() => '---'))];
  return [
    `<details><summary>${toText(title)} (${rows.length})</summary>`,
    [...head, ...shown].join('\n'),
    ...(more > 0 ? [`and ${more} more: \`--format json\` has them all`] : []),
    '</details>',
  ].join('\n\n');
}

/** Only those that have room are written at all. */
function fittingRows(rows: PlanTable['rows']): readonly string[] {
  const lines: string[] = [];
  let length = 0;
  for (const row of rows) {
    const line = toRow(row.map(toText));
    length += line.length;
    if (length > MOST_IN_TABLE) return lines;
    lines.push(line);
  }
  return lines;
}

function toRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** What somebody else wrote is only ever text: it makes no table, link or tag, and calls nobody. */
function toText(text: string): string {
  let shown = '';
  for (const character of printable(text).replaceAll(/\p{Cf}/gu, '')) {
    const written = toCharacter(character);
    if (shown.length + written.length > LONGEST_CELL) return `${shown}…`;
    shown += written;
  }
  return shown;
}

/** GitHub looks for names and issues in what is shown, not in what is written. */
function toCharacter(character: string): string {
  if (/^[\p{L}\p{N} ,;()-]$/u.test(character)) return character;
  const code = `&#${character.codePointAt(0)};`;
  return character === '@' || character === '#' ? `${code}&#8203;` : code;
}
