import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const REPOSITORY = join(import.meta.dirname, '../..');

/** How a run of the CDK app ended. */
export interface AppRun {
  readonly exitCode: number;
  readonly stderr: string;
}

/** What the CDK app is run with. */
export interface AppRunProps {
  /** Where the assembly is written. */
  readonly folder: string;
  /** The CDK context, as an object or as the text that stands for it. */
  readonly context?: Readonly<Record<string, unknown>> | string;
  /** Leaves out the CDK's own validation for CloudFormation, which takes longer than all the rest; cdk-nag runs. */
  readonly isQuick?: boolean;
  /** A program to run in place of the app; its imports are relative to the repository. */
  readonly program?: string;
}

/** Runs the CDK app as `cdk` would, in a process of its own. */
export async function runApp({
  folder,
  context = {},
  program,
  isQuick = false,
}: AppRunProps): Promise<AppRun> {
  const args =
    program === undefined ? ['bin/app.ts'] : ['--input-type=module-typescript', '--eval', program];
  const child = spawn(process.execPath, args, {
    cwd: REPOSITORY,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TMPDIR: tmpdir(),
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      NO_COLOR: '1',
      CDK_VALIDATION: String(!isQuick),
      CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: typeof context === 'string' ? context : JSON.stringify(context),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [stderr, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  return { exitCode: Number(exitCode ?? 1), stderr };
}
