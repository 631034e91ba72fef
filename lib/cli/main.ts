import { CommanderError } from 'commander';
import { EXIT, type ExitStatus } from './exit-status.ts';
import { createProgram } from './program.ts';
import { UsageError } from './usage-error.ts';

/** Whoever reads the output may stop reading, as `head` does: that ends the run, and is no fault. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(EXIT.clean);
  process.stderr.write(`error: could not write to standard output: ${error.message}\n`);
  process.exit(EXIT.notFinished);
}

/** Runs the command line and answers its exit status; an error is one line on standard error. */
export async function main(argv: readonly string[]): Promise<number> {
  // On Node 20 the SDK announces on eight lines that its later versions want another Node; ours are pinned.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  process.stdout.on('error', endWithReader);
  let ended: ExitStatus = EXIT.clean;
  const program = createProgram((status) => {
    ended = status;
  });
  try {
    await program.parseAsync([...argv]);
    return ended;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.badInput;
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`error: ${message.replaceAll(/\s*\n\s*/g, '; ')}\n`);
    return error instanceof UsageError ? EXIT.badInput : EXIT.notFinished;
  }
}
