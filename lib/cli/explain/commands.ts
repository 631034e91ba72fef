import { type Command, Option } from 'commander';
import type { EndWith } from '../policy/commands.ts';
import { withReading } from '../scan/commands.ts';
import type { RunExplainOptions } from './run-explain.ts';

const HELP = `
Examples:
  $ npx lambda-vpc-guardrail explain orders-api
  $ npx lambda-vpc-guardrail explain orders-api --policy new/guardrail.yaml
  $ npx lambda-vpc-guardrail explain arn:aws:lambda:eu-west-1:123456789012:function:orders-api --recorded
  $ npx lambda-vpc-guardrail explain orders-api --format json | jq '.live.function.verdicts[]'

exit status: 0 told, 2 a function that nobody knows, a faulty policy or a bad option, 3 no answer from AWS
docs/cli-explain.md says what an operator has to be allowed, and what is told without it.`;

/** Adds the command that explains one function. */
export function addExplain(program: Command, endWith: EndWith): void {
  const command = program
    .command('explain')
    .description('tell what a function is attached to, how it is judged, and what happened to it')
    .argument('<function>', 'its name, its ARN or a part of that')
    .option(
      '--policy <file>',
      'the policy to judge by (default: guardrail.yaml here, else the one that comes along)',
    )
    .option('--quick', 'do not list other functions: who shares its interfaces is not told')
    .addOption(
      new Option(
        '--recorded',
        'tell only what the table of the guardrail holds; no function is read',
      ).conflicts(['policy', 'quick']),
    );
  withReading(command)
    .addOption(
      new Option('--format <format>', 'for people or for programs')
        .choices(['table', 'json'])
        .default('table'),
    )
    .addHelpText('after', HELP)
    .action(async (asked: string, options: RunExplainOptions) => {
      const { runExplain } = await import('./run-explain.ts');
      const { processTerminal } = await import('../terminal.ts');
      endWith(await runExplain(asked, options, processTerminal()));
    });
}
