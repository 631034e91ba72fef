import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../usage-error.ts';

/** Writes documents into a folder, and says of each file what became of it. */
export function writeDocuments(folder: string, texts: readonly string[]): readonly string[] {
  try {
    mkdirSync(folder, { recursive: true });
    const said = texts.map((text, index) => writeOne(pathOf(folder, index), text));
    const next = pathOf(folder, texts.length);
    return existsSync(next) ? [...said, `\`${next}\` is of an earlier export: remove it`] : said;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`could not write to \`${folder}\`: ${why}`, { cause });
  }
}

function pathOf(folder: string, index: number): string {
  return join(folder, `policy-${index + 1}.json`);
}

function writeOne(path: string, text: string): string {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (before === text) return `\`${path}\` is as it was`;
  writeFileSync(path, text);
  return before === undefined ? `wrote \`${path}\`` : `replaced \`${path}\`, which was another one`;
}
