import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { PACKAGE_ROOT } from '../package/places.ts';
import { addBaseline } from './baseline/commands.ts';
import { addDoctor } from './doctor/commands.ts';
import { addExplain } from './explain/commands.ts';
import { addBreaker, addMode } from './operator/commands.ts';
import { addPlan } from './plan/commands.ts';
import { addPolicy, type EndWith } from './policy/commands.ts';
import { addRelease } from './release/commands.ts';
import { addRescan } from './rescan/commands.ts';
import { addScan } from './scan/commands.ts';

const DEMO_POLICY = 'policies/demo/guardrail.yaml';

/** Builds the command line: every command loads its own code when it is run. */
export function createProgram(endWith: EndWith): Command {
  const program = new Command('lambda-vpc-guardrail')
    .description('An always-on guardrail for the VPC settings of AWS Lambda functions')
    .version(packageJson.version)
    .showSuggestionAfterError()
    .configureOutput({ outputError: (text, write) => write(toOneLine(text)) })
    .addHelpText('after', HELP)
    .exitOverride();
  addScan(program, endWith);
  addPlan(program, endWith);
  addExplain(program, endWith);
  addDoctor(program, endWith);
  addPolicy(program, endWith);
  addRescan(program, endWith);
  addRelease(program, endWith);
  addBaseline(program, endWith);
  addBreaker(program, endWith);
  addMode(program, endWith);
  addLocal(program);
  addDemo(program);
  return program;
}

const HELP = `
Examples:
  $ npx lambda-vpc-guardrail demo            # needs no AWS account
  $ npx lambda-vpc-guardrail policy check    # neither does this: is guardrail.yaml good?
  $ npx lambda-vpc-guardrail scan            # reads the account that your credentials name
  $ npx lambda-vpc-guardrail explain orders-api

exit status: 0 done, 1 something was found, 2 bad input or configuration, 3 could not finish
docs/cli.md has all commands; the help of each says what its exit status means.`;

const DEMO_HELP = `
Examples:
  $ npx lambda-vpc-guardrail demo
  $ npx lambda-vpc-guardrail demo --json | jq .

exit status: 0 played to its end, 2 bad input or policy, 3 could not finish, 130 interrupted`;

const LOCAL_HELP = `
Examples:
  $ npx lambda-vpc-guardrail local --port 4599 --speed 60
  $ curl http://127.0.0.1:4599/_local/    # lists how to look at it and steer it

exit status: 0 stopped, 2 bad input or a port that is taken, 3 could not finish
docs/local-account.md says what it does.`;

/** What is wrong, and what may have been meant, are one line. */
function toOneLine(text: string): string {
  return `${text.trim().replaceAll(/\s*\n\s*/g, ' ')}\n`;
}

function addDemo(program: Command): void {
  program
    .command('demo')
    .description('play the guardrail in a local account: people misbehave, and it catches them')
    .option('--json', 'print one JSON document on standard output')
    .option('--keep', 'leave the account running afterwards, for the AWS CLI')
    .option('--no-guardrail', 'play the same without the guardrail: the violations stand')
    .addOption(
      new Option('--policy <file>', 'the policy to deploy').default(
        join(PACKAGE_ROOT, DEMO_POLICY),
        `${DEMO_POLICY} of this package`,
      ),
    )
    .option('--report <file>', 'where the page about the account is written', 'demo-report.html')
    .addHelpText('after', DEMO_HELP)
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
