import { type Command, InvalidArgumentError, Option } from 'commander';
import { SEVERITIES } from '../../../functions/core/policy.ts';
import type { EndWith } from '../policy/commands.ts';
import { withReading } from '../scan/commands.ts';
import { EXPIRY_HOURS, PLAN_FORMATS } from './plan-options.ts';
import type { PlanOptions } from './run-plan.ts';

const HELP = `
Examples:
  $ npx lambda-vpc-guardrail plan --policy stricter.yaml
  $ npx lambda-vpc-guardrail plan --policy guardrail.yaml --against ../main/guardrail.yaml \\
      --format markdown --output comment.md --fail-on high
  $ npx lambda-vpc-guardrail plan --policy guardrail.yaml --plan-file plan.json
  $ npx lambda-vpc-guardrail breaker approve --plan plan.json

exit status: 0 planned, 1 something newly violates at or over --fail-on, 2 bad input or
configuration, or nothing to approve, 3 could not finish, or something that was asked for was
not looked at, 130 interrupted
docs/cli-plan.md says what is compared with what, and what it may read.`;

/** Adds the command that says what a policy would change, and changes nothing. */
export function addPlan(program: Command, endWith: EndWith): void {
  const command = program
    .command('plan')
    .description('say what would change if a policy were enforced; nothing is changed or deployed')
    .requiredOption('--policy <file>', 'the policy that may be enforced')
    .option(
      '--against <file>',
      'the policy to compare it with (default: guardrail.yaml here, if that is another file)',
    )
    .option('--no-against', 'compare it with nothing: whatever it says is new')
    .option('--function <name...>', 'names, ARNs or patterns such as `nightly-*`; absent: all');
  withApproval(withReading(command))
    .addOption(
      new Option('--format <format>', 'for people, for programs or for a pull request')
        .choices([...PLAN_FORMATS])
        .default('table'),
    )
    .option('--output <file>', 'write it there instead of standard output, which is `-`')
    .addOption(
      new Option(
        '--fail-on <severity>',
        'end with 1 where something newly violates a control of this severity or a higher one',
      ).choices([...SEVERITIES]),
    )
    .option('--quiet', 'show no progress')
    .addHelpText('after', HELP)
    .action(async (options: PlanOptions) => {
      const { runPlan } = await import('./run-plan.ts');
      const { processTerminal } = await import('../terminal.ts');
      endWith(await runPlan(options, { terminal: processTerminal(), stderr: process.stderr }));
    });
}

function withApproval(command: Command): Command {
  const { usual, most } = EXPIRY_HOURS;
  return command
    .option('--plan-file <file>', 'write what `breaker approve` takes to let it all pass')
    .option(
      '--expires-in-hours <number>',
      `how long that approves, up to ${most} (default: ${usual})`,
      parseHours,
    );
}

function parseHours(text: string): number {
  const hours = Number(text);
  if (/^\d{1,3}$/.test(text) && hours >= 1 && hours <= EXPIRY_HOURS.most) return hours;
  throw new InvalidArgumentError(`expected a whole number from 1 to ${EXPIRY_HOURS.most}`);
}
