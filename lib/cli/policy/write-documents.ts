import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../usage-error.ts';

const EXPORTED_NAME = /^policy-([1-9]\d*)\.json$/;

/** Writes documents into a folder, and says of each file what became of it. */
export function writeDocuments(folder: string, texts: readonly string[]): readonly string[] {
  try {
    makeFolder(folder);
    const written = texts.map((text, index) => writeOne(pathOf(folder, index + 1), text));
    const stale = findStale(folder, texts.length);
    return [...written, ...stale.map((path) => `\`${path}\` is of an earlier export: remove it`)];
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`could not write to \`${folder}\`: ${why}`, { cause });
  }
}

/** Step by step: the platform's recursive way never ends where a file system such as /proc takes no folders. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  if (!existsSync(path)) mkdirSync(path);
}

function findStale(folder: string, count: number): readonly string[] {
  return readdirSync(folder)
    .map((name) => Number(EXPORTED_NAME.exec(name)?.[1] ?? 0))
    .filter((number) => number > count)
    .toSorted((left, right) => left - right)
    .map((number) => pathOf(folder, number));
}

function pathOf(folder: string, number: number): string {
  return join(folder, `policy-${number}.json`);
}

function writeOne(path: string, text: string): string {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (before === text) return `\`${path}\` is as it was`;
  writeFileSync(path, text);
  return before === undefined ? `wrote \`${path}\`` : `replaced \`${path}\`, which was another one`;
}
