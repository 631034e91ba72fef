import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addPlan } from '../../../lib/cli/plan/commands.ts';
import type { PlanOptions } from '../../../lib/cli/plan/run-plan.ts';

/** What somebody types behind `plan`, and what it comes to. */
async function type(...args: readonly string[]) {
  const program = new Command('lambda-vpc-guardrail').exitOverride();
  const said: string[] = [];
  const write = (text: string) => said.push(text);
  program.configureOutput({ writeErr: write, writeOut: write });
  addPlan(program, () => undefined);
  const given: PlanOptions[] = [];
  for (const command of program.commands) {
    command.exitOverride().action((options: PlanOptions) => {
      given.push(options);
    });
  }
  const code = await program.parseAsync(['plan', ...args], { from: 'user' }).then(
    () => undefined,
    (thrown: { readonly code: string }) => thrown.code,
  );
  return { code, said: said.join(''), options: given[0] };
}

describe('plan', () => {
  it('asks for a policy, and for little else', async () => {
    const { code, options } = await type('--policy', 'new.yaml');

    expect(options).toEqual({ policy: 'new.yaml', format: 'table' });
    expect(code).toBeUndefined();
  });

  it('takes everything that can be said', async () => {
    const { options } = await type(
      ...['--policy', 'new.yaml', '--against', 'old.yaml', '--function', 'a', 'b-*'],
      ...['--format', 'markdown', '--output', 'o.md', '--fail-on', 'high', '--quiet'],
      ...['--plan-file', 'plan.json', '--expires-in-hours', '720'],
      ...['--stack', 's', '--table', 't', '--profile', 'p'],
    );

    expect(options).toEqual({
      policy: 'new.yaml',
      against: 'old.yaml',
      function: ['a', 'b-*'],
      format: 'markdown',
      output: 'o.md',
      failOn: 'high',
      quiet: true,
      planFile: 'plan.json',
      expiresInHours: 720,
      stack: 's',
      table: 't',
      profile: 'p',
    });
  });

  it('compares with nothing where somebody says so', async () => {
    const { options } = await type('--policy', 'new.yaml', '--no-against');

    expect(options?.against).toBe(false);
  });

  it.each([
    [[], "required option '--policy <file>' not specified"],
    [['--policy', 'a', '--format', 'html'], 'Allowed choices are table, json, markdown'],
    [['--policy', 'a', '--fail-on', 'none'], 'Allowed choices are low, medium, high, critical'],
    [['--policy', 'a', '--expires-in-hours', '0'], 'expected a whole number from 1 to 720'],
    [['--policy', 'a', '--expires-in-hours', '721'], 'expected a whole number from 1 to 720'],
    [['--policy', 'a', '--expires-in-hours', '1.5'], 'expected a whole number from 1 to 720'],
  ])('refuses %j', async (args, expected) => {
    const { said, options } = await type(...args);

    expect(said).toContain(expected);
    expect(options).toBeUndefined();
  });

  it('says in its help how it is used, and how it ends', async () => {
    const { said } = await type('--help');

    expect(said).toContain('$ npx lambda-vpc-guardrail plan --policy');
    expect(said).toContain('exit status: 0 planned, 1 something newly violates');
  });
});
