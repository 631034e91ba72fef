import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type MutatedPart, PARTS } from '../mutation/parts.ts';

const ROOT = join(import.meta.dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/mutation.md'), 'utf8');
const SURVIVORS = PAGE.split(/^### /m)
  .slice(1)
  .flatMap((section) => {
    const [part = '', ...lines] = section.split('\n');
    return cellsOf(lines.join('\n'), /^\| `[\w-]+\.ts` \|/).map(
      ([file = '', where = '', mutant = '', count = '']) => ({
        ...{ part, file: bare(file), where: bare(where) },
        code: codeOf(mutant)[0] ?? '',
        count: Number(count),
      }),
    );
  });

describe('docs/mutation.md', () => {
  it('lists the files that are mutated, by part, and no others', () => {
    const rows = cellsOf(sectionOf('# Mutation testing'), /^\| `/);

    expect(rows.map(([name = '', , files = '']) => [bare(name), codeOf(files)])).toEqual(
      PARTS.map(({ name, mutate }) => [name, mutate]),
    );
  });

  it.each(PARTS)('counts what is left of $name, and how much is noticed', ({ name }) => {
    const rows = cellsOf(sectionOf('## How many are noticed'), /^\| `/);
    const [, mutants, noticed, left, score] = rows.find(([part]) => part === `\`${name}\``) ?? [];
    const explained = SURVIVORS.filter(({ part }) => part === `\`${name}\``);

    expect(Number(noticed) + Number(left)).toBe(Number(mutants));
    expect(score).toBe(`${((100 * Number(noticed)) / Number(mutants)).toFixed(1)} %`);
    expect(Number.parseFloat(score ?? '')).toBeGreaterThanOrEqual(90);
    expect(explained.reduce((sum, { count }) => sum + count, 0)).toBe(Number(left));
  });

  it.each(SURVIVORS)('finds `$code` in $file', (row) => {
    const part = PARTS.find(({ name }) => row.part === `\`${name}\``);
    const path = part === undefined ? undefined : pathOf(part, row.file);
    const source = readFileSync(join(ROOT, path ?? row.file), 'utf8').replaceAll(/\s+/g, ' ');

    expect(source).toMatch(new RegExp(`\\b(?:function|const) ${row.where}\\b`));
    expect(row.code).not.toBe('');
    expect(source).toContain(row.code);
  });
});

/** Where a part has a file; undefined where it does not. */
function pathOf({ mutate }: MutatedPart, file: string): string | undefined {
  const pattern = mutate.find((one) => basename(one) === file) ?? mutate.find(isFolder);
  return pattern?.replace('*.ts', file);
}

function isFolder(pattern: string): boolean {
  return pattern.endsWith('/*.ts');
}

function sectionOf(heading: string): string {
  return PAGE.split(/^(?=#{1,3} )/m).find((section) => section.startsWith(`${heading}\n`)) ?? '';
}

function cellsOf(text: string, start: RegExp): readonly (readonly string[])[] {
  const rows = text.split('\n').filter((line) => start.test(line));
  return rows.map((row) => row.slice(2, -2).split(' | '));
}

function codeOf(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

function bare(cell: string): string {
  return cell.replaceAll('`', '');
}
