import { type Command, Option } from 'commander';
import { DEFAULT_STACK } from './default-stack.ts';

/** Adds the options that say where the guardrail's table is, and how to print what it tells. */
export function withPlace(command: Command): Command {
  return command
    .option(
      '--stack <name>',
      'the stack of the guardrail, whose outputs name the table',
      DEFAULT_STACK,
    )
    .option('--table <name>', 'the table itself; the stack is not asked then')
    .option('--profile <name>', 'a profile of the shared AWS configuration')
    .addOption(
      new Option('--format <format>', 'for people or for programs')
        .choices(['table', 'json'])
        .default('table'),
    );
}
