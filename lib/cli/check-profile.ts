import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { quote } from '../../functions/core/quote.ts';
import { UsageError } from './usage-error.ts';

const SECTION = /^\s*\[\s*(?:profile\s+)?(.*?)\s*\]/;

/** Refuses a profile that nobody configured: the SDK would only say that it found no credentials. */
export function checkProfile(profile: string): void {
  const { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials } = process.env;
  const files = [config || inHome('config'), credentials || inHome('credentials')];
  if (files.some((file) => profilesIn(file).includes(profile))) return;
  throw new UsageError(
    `there is no profile ${quote(profile)} in \`${files[0]}\` or \`${files[1]}\``,
  );
}

function inHome(name: string): string {
  return join(homedir(), '.aws', name);
}

function profilesIn(file: string): readonly string[] {
  return readIfThere(file)
    .split('\n')
    .flatMap((line) => SECTION.exec(line)?.[1]?.replaceAll(/["']/g, '') ?? []);
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
