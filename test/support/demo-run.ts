import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Closing } from '../../lib/cli/demo/closing.ts';
import type { Told } from '../../lib/cli/demo/story.ts';

/** The repository, where the program is started. */
export const ROOT = join(import.meta.dirname, '../..');

/** The program's launcher. */
export const PROGRAM = 'bin/lambda-vpc-guardrail.js';

/** What one run of the demonstration came to. */
export interface Demo {
  readonly status: number | null;
  readonly document: Closing & { readonly scenes: readonly Told[]; readonly tookSeconds: number };
}

/** Plays the demonstration and reads its document. */
export async function runDemo(...args: readonly string[]): Promise<Demo> {
  const { status, output, errors } = await runProgram('demo', ...args);
  if (status !== 0) throw new Error(errors);
  return { status, document: JSON.parse(output) };
}

/** Runs the program as a shell would. */
export async function runProgram(...args: readonly string[]) {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, errors, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { output, errors, status: status as number | null };
}

/** The scene whose title says so. */
export function sceneOf({ document }: Demo, title: string): Told {
  const scene = document.scenes.find((candidate) => candidate.title.includes(title));
  if (scene === undefined) throw new Error(`no scene \`${title}\``);
  return scene;
}

/** Where every function is in the end. */
export function endsOf({ document }: Demo): Readonly<Record<string, string>> {
  return Object.fromEntries(
    document.functions.map(({ name, attachment, reservedConcurrency }) => [
      name,
      reservedConcurrency === undefined
        ? attachment
        : `${attachment}, reserved ${reservedConcurrency}`,
    ]),
  );
}
