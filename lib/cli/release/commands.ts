import { type Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_STACK } from '../default-stack.ts';
import type { EndWith } from '../policy/commands.ts';
import type { ReleaseOptions } from './run-release.ts';

const HELP = `
Examples:
  $ npx lambda-vpc-guardrail release orders-api --reason 'ticket 4711: the subnet is repaired'
  $ npx lambda-vpc-guardrail release orders-api --reason 'an incident' --force --hold-hours 4

exit status: 0 released, 1 refused: something stands against it, 2 bad input or configuration,
or nothing that the guardrail has quarantined, 3 could not finish: ask again, 130 interrupted
docs/cli-release.md says what an operator has to be allowed.`;

/** Adds the command that ends a quarantine. */
export function addRelease(program: Command, endWith: EndWith): void {
  program
    .command('release')
    .description('have the deployed guardrail end its quarantine of a function')
    .argument('<function>', 'its name or ARN, without version or alias')
    .requiredOption('--reason <text>', 'why; people are told')
    .option('--force', 'although the function still violates the policy, which is left alone then')
    .option(
      '--hold-hours <number>',
      'only with --force: for how long, 1 to 168; default: 24',
      parseHours,
    )
    .option(
      '--stack <name>',
      'the stack of the guardrail, whose outputs name its functions',
      DEFAULT_STACK,
    )
    .option('--release-function <name>', 'the name or ARN of the function that releases')
    .option('--profile <name>', 'a profile of the shared AWS configuration')
    .addOption(
      new Option('--format <format>', 'for people or for programs')
        .choices(['table', 'json'])
        .default('table'),
    )
    .addHelpText('after', HELP)
    .action(async (asked: string, options: ReleaseOptions) => {
      const { runRelease } = await import('./run-release.ts');
      const { processTerminal } = await import('../terminal.ts');
      endWith(await runRelease(asked, options, processTerminal()));
    });
}

function parseHours(text: string): number {
  if (/^-?\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number from 1 to 168');
}
