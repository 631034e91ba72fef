import { accessSync, constants, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../usage-error.ts';

/** Refuses a file that cannot be written, before anything is done for it. */
export function checkOutput(file: string | undefined): void {
  if (file === undefined) return;
  if (file === '') throw new UsageError('`--output`: expected a file, got an empty name');
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat?.isDirectory() === true) throw new Error('it is a folder');
    accessSync(stat === undefined ? dirname(file) : file, constants.W_OK);
  } catch (cause) {
    throw couldNotWrite(file, cause);
  }
}

/** Writes a file. */
export function writeOutput(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw couldNotWrite(file, cause);
  }
}

function couldNotWrite(file: string, cause: unknown): UsageError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new UsageError(`could not write \`${file}\`: ${why}`, { cause });
}
