import Table from 'cli-table3';
import { printable } from '../printable.ts';

/** One column: its head, and how wide its longest line may be. */
export type Column = readonly [head: string, width?: number];

/** More rows are counted only: whoever wants them all reads the document for programs. */
const MOST_ROWS = 1_000;

/** Draws a table of what others wrote, line by line; nothing is cut but the rows at its end. */
export function drawTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paint: (cells: readonly string[]) => readonly string[] = (cells) => cells,
): string {
  const table = new Table({
    head: columns.map(([head]) => head),
    // The colors of the library are not those of the terminal.
    style: { head: [], border: [] },
  });
  for (const row of rows.slice(0, MOST_ROWS)) {
    table.push([...paint(row.map((cell, index) => wrap(printable(cell), columns[index]?.[1])))]);
  }
  const more = rows.length - MOST_ROWS;
  return more > 0 ? `${table}\nand ${more} more: --format json has them all` : `${table}`;
}

/** Only a word that is too long for a line is broken. */
function wrap(text: string, width = Number.POSITIVE_INFINITY): string {
  const lines = [''];
  for (const word of text.split(' ').flatMap((whole) => pieces(whole, width))) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}

function pieces(word: string, width: number): readonly string[] {
  if (word.length <= width) return [word];
  return word.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [];
}
