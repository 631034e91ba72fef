import { fstatSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { ExitStatus } from '../exit-status.ts';
import type { Format } from '../terminal.ts';

/** What a command does with its exit status. */
export type EndWith = (status: ExitStatus) => void;

const DEFAULT_POLICY = 'guardrail.yaml';
const STANDARD_INPUT = 0;
const RUN = '  $ npx lambda-vpc-guardrail policy';

/** Adds the commands about policies. */
export function addPolicy(program: Command, endWith: EndWith): void {
  const policy = program
    .command('policy')
    .description('check, lint, try and export a policy, without any AWS account')
    .addHelpText(
      'after',
      examples(
        ['check', 'lint', 'export --as scp'],
        'exit status: 0 good, 1 something was found or left out, 2 faulty',
      ),
    );
  addCheck(policy, endWith);
  addLint(policy, endWith);
  addEvaluate(policy, endWith);
  addExport(policy, endWith);
}

function addCheck(policy: Command, endWith: EndWith): void {
  policy
    .command('check')
    .description('say what a policy comes to, or everything that is wrong with it')
    .argument('[file]', 'the policy', DEFAULT_POLICY)
    .addOption(formatOption())
    .addHelpText(
      'after',
      examples(
        ['check', 'check policies/demo/guardrail.yaml --format json'],
        'exit status: 0 good, 2 faulty',
      ),
    )
    .action(async (file: string, options: { readonly format: Format }) => {
      const { checkPolicy } = await import('./check.ts');
      const { processTerminal } = await import('../terminal.ts');
      endWith(checkPolicy(file, options, processTerminal()));
    });
}

function addLint(policy: Command, endWith: EndWith): void {
  policy
    .command('lint')
    .description('find what authors of IAM documents get wrong, and what to write instead')
    .argument('[policy-or-document]', 'a policy, or one IAM document', DEFAULT_POLICY)
    .addOption(formatOption())
    .addHelpText(
      'after',
      examples(
        ['lint', 'lint policies/examples/allow-subnets.json', 'lint --format json'],
        'exit status: 0 nothing found, 1 findings, 2 faulty',
      ),
    )
    .action(async (file: string, options: { readonly format: Format }) => {
      const { lintFile } = await import('./lint.ts');
      const { processTerminal } = await import('../terminal.ts');
      endWith(lintFile(file, options, processTerminal()));
    });
}

function addEvaluate(policy: Command, endWith: EndWith): void {
  const line = `echo '{"vpcId":"vpc-1","subnetIds":["subnet-1"],"securityGroupIds":["sg-1"]}'`;
  policy
    .command('evaluate')
    .description('decide attachments, one line of JSON each on standard input, as IAM would')
    .argument('<policy-or-document>', 'a policy, or one IAM document')
    .addHelpText(
      'after',
      `
Each line: {"functionArn"?, "vpcId"?, "subnetIds"?, "securityGroupIds"?, "principalArn"?, "action"?}
What a line leaves out the request does not have; the action is lambda:UpdateFunctionConfiguration
and the function one named unnamed where it says nothing else.

Example:
  $ ${line} |
      npx lambda-vpc-guardrail policy evaluate guardrail.yaml

exit status: 0 all decided, 2 a faulty policy or line`,
    )
    .action(async (file: string) => {
      const { evaluateCalls } = await import('./evaluate.ts');
      const { processTerminal } = await import('../terminal.ts');
      const terminal = processTerminal();
      const { stdin: input, stdout: output } = process;
      // The platform reads a directory as if it were empty.
      if (fstatSync(STANDARD_INPUT).isDirectory()) {
        throw new Error('expected lines on standard input, got a directory');
      }
      if (input.isTTY) terminal.tell('one JSON object a line, please; Ctrl-D ends it');
      endWith(await evaluateCalls(file, { input, output }, terminal));
    });
}

interface ExportFlags {
  readonly as: 'scp' | 'iam';
  readonly exceptPrincipal?: readonly string[];
  readonly regions?: readonly string[];
  readonly output?: string;
}

function addExport(policy: Command, endWith: EndWith): void {
  policy
    .command('export')
    .description('write documents with which AWS itself refuses what the policy denies')
    .argument('[policy-or-document]', 'a policy, or one IAM document', DEFAULT_POLICY)
    .addOption(
      new Option('--as <form>', 'a service control policy, or an IAM policy')
        .choices(['scp', 'iam'])
        .makeOptionMandatory(),
    )
    .option('--except-principal <arn...>', "who is not meant, such as the guardrail's own role")
    .option('--regions <region...>', 'deny the calls everywhere but in these regions')
    .option('--output <folder>', 'write policy-1.json and so on into a folder')
    .addHelpText(
      'after',
      examples(
        [
          'export --as scp',
          'export guardrail.yaml --as scp --regions eu-west-1 us-east-1 --output scp',
          "export --as iam --except-principal 'arn:aws:iam::*:role/LambdaVpcGuardrail*'",
        ],
        'exit status: 0 exact, 1 something had to be left out, 2 faulty',
      ),
    )
    .action(async (file: string, flags: ExportFlags) => {
      const { exportFile } = await import('./export.ts');
      const { processTerminal } = await import('../terminal.ts');
      const { as, exceptPrincipal = [], regions = [], output } = flags;
      const split = regions.flatMap((region) => region.split(','));
      const command = { as, exceptPrincipals: exceptPrincipal, regions: split, output };
      endWith(exportFile(file, command, processTerminal()));
    });
}

function formatOption(): Option {
  return new Option('--format <format>', 'for people or for programs')
    .choices(['table', 'json'])
    .default('table');
}

function examples(commands: readonly string[], statuses: string): string {
  const lines = commands.map((command) => `${RUN} ${command}`);
  return `\nExamples:\n${lines.join('\n')}\n\n${statuses}`;
}
