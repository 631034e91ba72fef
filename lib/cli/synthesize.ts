import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { findProgram, PACKAGE_ROOT } from '../package/places.ts';
import { UsageError } from './usage-error.ts';

/** The app's exit status for a policy or context that is wrong. */
const BAD_INPUT = 2;

/**
 * Synthesizes the CDK app into a folder, as `cdk synth` would, for a local account.
 *
 * The CDK's own validation of templates for CloudFormation takes longer than all the rest, and is left out: cdk-nag is not.
 */
export async function synthesize(
  outDir: string,
  context: Readonly<Record<string, string>>,
): Promise<void> {
  const child = spawn(process.execPath, [findProgram('app')], {
    cwd: PACKAGE_ROOT,
    env: {
      ...process.env,
      CDK_OUTDIR: outDir,
      CDK_CONTEXT_JSON: JSON.stringify(context),
      CDK_VALIDATION: 'false',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  // First of all, and with what it started: what they still wrote would outlive the folder.
  const stop = () => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL');
  process.prependOnceListener('exit', stop);
  const [said, [status]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  process.off('exit', stop);
  if (status === 0) return;
  if (status === BAD_INPUT) throw new UsageError(said.trim());
  throw new Error(`the CDK app could not be synthesized: ${said.trim()}`);
}
