import { Command, InvalidArgumentError } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { addExplain } from './explain/commands.ts';
import { addBreaker, addMode } from './operator/commands.ts';
import { addPolicy, type EndWith } from './policy/commands.ts';
import { addRescan } from './rescan/commands.ts';

/** Builds the command line: every command loads its own code when it is run. */
export function createProgram(endWith: EndWith): Command {
  const program = new Command('lambda-vpc-guardrail')
    .description('An always-on guardrail for the VPC settings of AWS Lambda functions')
    .version(packageJson.version)
    .showSuggestionAfterError()
    .exitOverride();
  addDemo(program);
  addLocal(program);
  addPolicy(program, endWith);
  addExplain(program, endWith);
  addRescan(program, endWith);
  addBreaker(program, endWith);
  addMode(program, endWith);
  return program;
}

const LOCAL_HELP = `
Example:
  $ npx lambda-vpc-guardrail local --port 4599 --speed 60
  $ curl http://127.0.0.1:4599/_local/    lists how to look at it and steer it

docs/local-account.md says what it does.
`;

function addDemo(program: Command): void {
  program
    .command('demo')
    .description('play the guardrail in a local account: people misbehave, and it catches them')
    .option('--json', 'print one JSON document on standard output')
    .option('--keep', 'leave the account running afterwards, for the AWS CLI')
    .option('--no-guardrail', 'play the same without the guardrail: the violations stand')
    .option('--policy <file>', 'the policy to deploy', 'policies/demo/guardrail.yaml')
    .addHelpText('after', '\nExamples:\n  $ npm start\n  $ npm start -s -- --json\n')
    .action(async (options) => {
      const { runDemo } = await import('./demo/run-demo.ts');
      await runDemo(options);
    });
}

function addLocal(program: Command): void {
  program
    .command('local')
    .description('serve a local AWS account on 127.0.0.1')
    .option('--port <number>', 'the port to listen on; 0 takes any free one', parsePort, 4599)
    .option(
      '--speed <factor>',
      'how much faster than real time passes; 0 stands still',
      parseSpeed,
      10,
    )
    .option('--no-quotas', "do not hold callers to AWS's request rates")
    .addHelpText('after', LOCAL_HELP)
    .action(async (options) => {
      const { runLocal } = await import('./local-command.ts');
      await runLocal(options);
    });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('expected a port from 0 to 65535');
}

function parseSpeed(text: string): number {
  const speed = Number(text);
  if (text.trim() !== '' && Number.isFinite(speed) && speed >= 0 && speed <= 100_000) return speed;
  throw new InvalidArgumentError('expected a number from 0 to 100000');
}
