import type { Command } from 'commander';
import { withPlace } from '../place-options.ts';
import type { EndWith } from '../policy/commands.ts';
import type { ExplainOptions } from './explain-function.ts';

const HELP = `
Examples:
  $ npx lambda-vpc-guardrail explain orders-api
  $ npx lambda-vpc-guardrail explain arn:aws:lambda:eu-west-1:123456789012:function:orders-api
  $ npx lambda-vpc-guardrail explain orders-api --format json | jq '.history[].event'

exit status: 0 told, 2 a function that the guardrail does not know or a bad option, 3 no answer from AWS
docs/cli-explain.md says what an operator has to be allowed.`;

/** Adds the command that tells the story of a function. */
export function addExplain(program: Command, endWith: EndWith): void {
  withPlace(
    program
      .command('explain')
      .description('tell what the guardrail knows of a function, and what it decided, when and why')
      .argument('<function>', 'its name, its ARN or a part of that'),
  )
    .addHelpText('after', HELP)
    .action(async (asked: string, options: ExplainOptions) => {
      const { explainFunction } = await import('./explain-function.ts');
      const { processTerminal } = await import('../terminal.ts');
      endWith(await explainFunction(asked, options, processTerminal()));
    });
}
