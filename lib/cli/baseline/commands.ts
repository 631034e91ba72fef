import type { Command } from 'commander';
import type { OperatorOptions } from '../operator/operator-account.ts';
import { withPlace } from '../place-options.ts';
import type { EndWith } from '../policy/commands.ts';
import type { ForgetOptions, SetOptions } from './baseline-command.ts';

const STATUSES = `
exit status: 0 done or shown, 2 bad input, or a function that the guardrail does not know,
3 could not finish: ask again
docs/cli-baseline.md says more, and what an operator has to be allowed.`;

const HELP = `
Examples:
  $ npx lambda-vpc-guardrail baseline show orders-api
  $ npx lambda-vpc-guardrail baseline set orders-api --reason 'moved to the new VPC'
  $ npx lambda-vpc-guardrail baseline forget orders-api --reason 'its old subnets go away'
${STATUSES}`;

const SHOW_HELP = `
Examples:
  $ npx lambda-vpc-guardrail baseline show orders-api
  $ npx lambda-vpc-guardrail baseline show orders-api --format json | jq .baseline.attachment
${STATUSES}`;

const SET_HELP = `
Examples:
  $ npx lambda-vpc-guardrail baseline set orders-api --reason 'moved to the new VPC'
  $ npx lambda-vpc-guardrail baseline set orders-api --reason 'back to the old one' \\
      --subnets subnet-0a1b2c3d4e5f60001 subnet-0a1b2c3d4e5f60002 --security-groups sg-0a1b2c3d4e5f60001

A revert goes there only where the policy allows it then. Once the guardrail finds the function good
somewhere else, that takes its place.
${STATUSES}`;

const FORGET_HELP = `
Example:
  $ npx lambda-vpc-guardrail baseline forget orders-api --reason 'its old subnets go away'

Once the guardrail finds the function good somewhere, that is its last good attachment again.
${STATUSES}`;

/** Adds the commands about the last good attachment of a function. */
export function addBaseline(program: Command, endWith: EndWith): void {
  const baseline = program
    .command('baseline')
    .description('show where a revert of a function goes, set it, or forget it')
    .addHelpText('after', HELP);
  withPlace(withFunction(baseline.command('show')))
    .description('show the last good attachment of a function')
    .addHelpText('after', SHOW_HELP)
    .action(async (asked: string, options: OperatorOptions) => {
      const { showBaseline } = await import('./baseline-command.ts');
      endWith(await showBaseline(asked, options, await openTerminal()));
    });
  withPlace(withAttachment(withReason(withFunction(baseline.command('set')))))
    .description('say that what a function is attached to now, or what is given, is good')
    .addHelpText('after', SET_HELP)
    .action(async (asked: string, options: SetOptions) => {
      const { runSet } = await import('./baseline-command.ts');
      endWith(await runSet(asked, options, await openTerminal()));
    });
  withPlace(withReason(withFunction(baseline.command('forget'))))
    .description('say that a function has no last good attachment')
    .addHelpText('after', FORGET_HELP)
    .action(async (asked: string, options: ForgetOptions) => {
      const { runForget } = await import('./baseline-command.ts');
      endWith(await runForget(asked, options, await openTerminal()));
    });
}

function withFunction(command: Command): Command {
  return command.argument('<function>', 'its name or ARN, without version or alias');
}

function withReason(command: Command): Command {
  return command.requiredOption('--reason <text>', 'why; it is kept with who and when');
}

function withAttachment(command: Command): Command {
  return command
    .option('--subnets <id...>', 'these, instead of those that the function has now')
    .option('--security-groups <id...>', 'beside --subnets')
    .option('--ipv6', 'beside --subnets: with IPv6 in dual-stack subnets');
}

async function openTerminal() {
  const { processTerminal } = await import('../terminal.ts');
  return processTerminal();
}
