import type { Command } from 'commander';
import { withPlace } from '../place-options.ts';
import type { EndWith } from '../policy/commands.ts';
import type { DoctorOptions } from './run-doctor.ts';

const HELP = `
Examples:
  $ npx lambda-vpc-guardrail doctor
  $ npx lambda-vpc-guardrail doctor --all-regions
  $ npx lambda-vpc-guardrail doctor --format json | jq -r '.checks[] | select(.answer == "bad") | .fix'

It only reads. Where nothing is deployed it looks at the trail and at the functions of the region.

exit status: 0 nothing is bad and all that matters could be seen, 1 something is bad, 2 bad input or configuration,
3 nothing is bad, and something that matters could not be seen
docs/cli-doctor.md says what is looked at, and what a caller has to be allowed.`;

/** Adds the command that looks whether the guardrail works, and says what to do where it does not. */
export function addDoctor(program: Command, endWith: EndWith): void {
  withPlace(program.command('doctor'))
    .description('look at all that has to be right for the guardrail to work, and say what to do')
    .option('--all-regions', 'look for functions without a guardrail in every enabled region')
    .option('--quiet', 'say nothing on standard error')
    .addHelpText('after', HELP)
    .action(async (options: DoctorOptions, command: Command) => {
      const { runDoctor } = await import('./run-doctor.ts');
      const { processTerminal } = await import('../terminal.ts');
      const isStackNamed = command.getOptionValueSource('stack') === 'cli';
      endWith(await runDoctor({ ...options, isStackNamed }, processTerminal()));
    });
}
