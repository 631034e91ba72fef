import { CommanderError } from 'commander';
import { createProgram } from './program.ts';
import { UsageError } from './usage-error.ts';

/** Exit statuses, as pipelines read them. */
const EXIT = { clean: 0, badInput: 2, notFinished: 3 } as const;

/** Runs the command line and answers its exit status; an error is one line on standard error. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync([...argv]);
    return EXIT.clean;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.badInput;
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`error: ${message.replaceAll(/\s*\n\s*/g, '; ')}\n`);
    return error instanceof UsageError ? EXIT.badInput : EXIT.notFinished;
  }
}
