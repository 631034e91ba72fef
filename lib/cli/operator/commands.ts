import { Argument, type Command } from 'commander';
import type { Mode } from '../../../functions/core/policy.ts';
import { withPlace } from '../place-options.ts';
import type { EndWith } from '../policy/commands.ts';
import type { ApproveOptions, ResetOptions } from './breaker-command.ts';
import type { ModeOptions } from './mode-command.ts';
import type { OperatorOptions } from './operator-account.ts';

const STATUSES = `
exit status: 0 done or shown, 2 bad input, 3 could not finish
docs/operations.md says more, and how it is done without this command.`;

const BREAKER_HELP = `
Examples:
  $ npx lambda-vpc-guardrail breaker status
  $ npx lambda-vpc-guardrail breaker approve --plan plan.json
  $ npx lambda-vpc-guardrail breaker reset --reason 'the new policy is meant so'
${STATUSES}`;

const RESET_HELP = `
Example:
  $ npx lambda-vpc-guardrail breaker reset --reason 'the new policy is meant so'
${STATUSES}`;

const PLAN_HELP = `
The plan: {
  "policyHash": "the hash that \`breaker status\` shows",
  "functions": ["orders-api", "arn:aws:lambda:us-east-1:123456789012:function:pay-api"],
  "max": 2,
  "expires": "2026-11-22T18:00:00Z"
}

Example:
  $ npx lambda-vpc-guardrail breaker approve --plan plan.json
${STATUSES}`;

const MODE_HELP = `
Examples:
  $ npx lambda-vpc-guardrail mode
  $ npx lambda-vpc-guardrail mode audit --reason 'an incident in payments'
  $ npx lambda-vpc-guardrail mode enforce --reason 'the incident is over'

It never raises what is deployed: with \`mode: audit\` in the deployed policy nothing is remedied.
${STATUSES}`;

/** Adds the commands about the breaker. */
export function addBreaker(program: Command, endWith: EndWith): void {
  const breaker = program
    .command('breaker')
    .description('show what tripped the breaker, approve some of what it holds back, or reset it')
    .addHelpText('after', BREAKER_HELP);
  withPlace(breaker.command('status'))
    .description('say whether the breaker is tripped, why, and what is approved')
    .addHelpText('after', `\nExample:\n  $ npx lambda-vpc-guardrail breaker status\n${STATUSES}`)
    .action(async (options: OperatorOptions) => {
      const { showBreaker } = await import('./breaker-command.ts');
      endWith(await showBreaker(options, await openTerminal()));
    });
  withPlace(breaker.command('reset'))
    .description('close a tripped breaker, and approve the policy that is deployed')
    .requiredOption('--reason <text>', 'why; it is kept with who and when')
    .addHelpText('after', RESET_HELP)
    .action(async (options: ResetOptions) => {
      const { runReset } = await import('./breaker-command.ts');
      endWith(await runReset(options, await openTerminal()));
    });
  withPlace(breaker.command('approve'))
    .description('let through some of what a tripped breaker holds back')
    .requiredOption('--plan <file>', 'what is approved')
    .option('--reason <text>', "why; default: the plan's file")
    .addHelpText('after', PLAN_HELP)
    .action(async (options: ApproveOptions) => {
      const { runApprove } = await import('./breaker-command.ts');
      endWith(await runApprove(options, await openTerminal()));
    });
}

/** Adds the command about the mode at run time. */
export function addMode(program: Command, endWith: EndWith): void {
  withPlace(program.command('mode'))
    .description('show the mode, or set it at run time: `audit` stops the next write at once')
    .addArgument(new Argument('[mode]', 'absent: only shown').choices(['audit', 'enforce']))
    .option('--reason <text>', 'why; required to set it, and kept with who and when')
    .addHelpText('after', MODE_HELP)
    .action(async (mode: Mode | undefined, options: ModeOptions) => {
      const { runMode, showMode } = await import('./mode-command.ts');
      const terminal = await openTerminal();
      endWith(
        mode === undefined
          ? await showMode(options, terminal)
          : await runMode(mode, options, terminal),
      );
    });
}

async function openTerminal() {
  const { processTerminal } = await import('../terminal.ts');
  return processTerminal();
}
