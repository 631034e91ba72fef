import type { Command } from 'commander';
import { DEFAULT_STACK } from '../default-stack.ts';
import type { EndWith } from '../policy/commands.ts';
import { withOutput } from '../report/output-options.ts';
import type { ScanOptions } from './run-scan.ts';

const HELP = `
Examples:
  $ npx lambda-vpc-guardrail scan
  $ npx lambda-vpc-guardrail scan --policy guardrail.yaml --fail-on high
  $ npx lambda-vpc-guardrail scan --format html --output report.html
  $ npx lambda-vpc-guardrail scan --function orders-api 'pay-*' --control LVG.1 LVG.4 --format json
  $ npx lambda-vpc-guardrail scan --all-regions --format sarif --output guardrail.sarif

exit status: 0 all looked at, 1 violations at or over --fail-on, 2 bad input or configuration,
3 could not finish, or something that was asked for was not looked at, 130 interrupted
docs/cli-scan.md says what it may read, and what it tells without it.`;

/** Adds the command that judges an account and changes nothing. */
export function addScan(program: Command, endWith: EndWith): void {
  const command = program
    .command('scan')
    .description('judge the functions of an account by a policy; nothing is changed or deployed')
    .option(
      '--policy <file>',
      'the policy to judge by (default: guardrail.yaml here, else the one that comes along)',
    )
    .option('--function <name...>', 'names, ARNs or patterns such as `nightly-*`; absent: all')
    .option('--control <id...>', 'only these controls, such as LVG.1, be they on or off')
    .option('--all-regions', 'count the functions of every enabled region, too');
  withReading(command);
  withOutput(command)
    .addHelpText('after', HELP)
    .action(async (options: ScanOptions) => {
      const { runScan } = await import('./run-scan.ts');
      const { processTerminal } = await import('../terminal.ts');
      endWith(await runScan(options, { terminal: processTerminal(), stderr: process.stderr }));
    });
}

/** Adds the options that say where the records of a deployed guardrail are, if there is one. */
export function withReading(command: Command): Command {
  return command
    .option(
      '--stack <name>',
      `the stack of the guardrail, whose records tell more (default: ${DEFAULT_STACK}, if it is there)`,
    )
    .option('--table <name>', 'the table with the records itself; no stack is asked then')
    .option('--profile <name>', 'a profile of the shared AWS configuration');
}
