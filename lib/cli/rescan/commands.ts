import { type Command, Option } from 'commander';
import { DEFAULT_STACK } from '../default-stack.ts';
import type { EndWith } from '../policy/commands.ts';
import { withOutput } from '../report/output-options.ts';
import type { RescanOptions } from './run-rescan.ts';

const HELP = `
Examples:
  $ npx lambda-vpc-guardrail rescan --mode audit
  $ npx lambda-vpc-guardrail rescan orders-api 'nightly-*' --no-wake
  $ npx lambda-vpc-guardrail rescan --format json --output report.json --fail-on high
  $ npx lambda-vpc-guardrail rescan --format html --output report.html

exit status: 0 all looked at, 1 violations at or over --fail-on, 2 bad input or configuration,
3 could not finish, or something that was asked for was not looked at, 130 interrupted
docs/cli-rescan.md says what an operator has to be allowed.`;

/** Adds the command that has every function looked at. */
export function addRescan(program: Command, endWith: EndWith): void {
  const command = program
    .command('rescan')
    .description('have the deployed guardrail look at every function, or at those that are named')
    .argument('[functions...]', 'names, ARNs or patterns such as `nightly-*`; absent: all');
  withRequest(command);
  withPlace(command);
  withOutput(command)
    .addHelpText('after', HELP)
    .action(async (functions: readonly string[], options: RescanOptions) => {
      const { runRescan } = await import('./run-rescan.ts');
      const { processTerminal } = await import('../terminal.ts');
      const { stderr } = process;
      endWith(await runRescan(functions, options, { terminal: processTerminal(), stderr }));
    });
}

function withRequest(command: Command): Command {
  return command
    .addOption(
      new Option('--mode <mode>', 'lowers the deployed mode, and never raises it').choices([
        'audit',
        'enforce',
      ]),
    )
    .option('--wake', 'wake the idle functions that the policy lists, as a rescan does anyway')
    .option('--no-wake', 'report idle functions, and leave them asleep')
    .option('--verdicts', 'what every control says of each function that is named, at most 50');
}

function withPlace(command: Command): Command {
  return command
    .option(
      '--stack <name>',
      'the stack of the guardrail, whose outputs name its table and functions',
      DEFAULT_STACK,
    )
    .option('--table <name>', 'the table itself; the stack is not asked then')
    .option('--rescan-function <name>', 'the name or ARN of the function that rescans')
    .option('--profile <name>', 'a profile of the shared AWS configuration');
}
