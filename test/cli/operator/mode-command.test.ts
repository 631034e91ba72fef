import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../../lib/cli/main.ts';
import { runMode, showMode } from '../../../lib/cli/operator/mode-command.ts';
import type { OperatorOptions } from '../../../lib/cli/operator/operator-account.ts';
import { ADMIN, startOperatorStack } from './operator-stack.ts';

let stack: Awaited<ReturnType<typeof startOperatorStack>>;

beforeAll(async () => {
  stack = await startOperatorStack();
});

afterAll(() => stack.close());

beforeEach(() => stack.clear());

/** Runs the command line in this process. */
async function type(...args: readonly string[]) {
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      said[name] += chunk;
      return true;
    });
  }
  vi.spyOn(process.stdout, 'on').mockReturnThis();
  const status = await main(['node', 'lambda-vpc-guardrail', ...args]);
  vi.restoreAllMocks();
  return { status, ...said };
}

describe('mode', () => {
  const set = (mode: 'audit' | 'enforce', given: Partial<OperatorOptions> = {}) =>
    stack.run(
      (options, terminal) => runMode(mode, { ...options, reason: 'an incident' }, terminal),
      given,
    );

  it('stops the next remediation, and lets it go on again', async () => {
    expect((await set('audit')).json()).toMatchObject({
      changed: true,
      said: [
        'the run-time mode is audit',
        'no further remediation is begun; what AWS has begun goes on',
        'to let it act again: npx lambda-vpc-guardrail mode enforce --reason TEXT',
      ],
      act: { command: 'mode audit', by: expect.stringMatching(ADMIN), reason: 'an incident' },
    });
    expect(await stack.ask('r-1')).toEqual({ status: 'withheld', reason: 'mode-audit' });

    await set('enforce');

    expect(await stack.ask('r-1')).toEqual({ status: 'granted' });
  });

  it('says that it does not raise a deployed audit, and asks for no rescan then', async () => {
    const { json } = await set('enforce');

    expect(json()).not.toHaveProperty('rescan');
    expect(json().said).toEqual([
      'the run-time mode is enforce',
      'the deployed policy says audit: nothing is remedied until one with `mode: enforce` is deployed',
    ]);
  });

  it('claims nothing about a deployment that it was not told of', async () => {
    const { text } = await set('enforce', { table: 'one', format: 'table' });

    expect(text.split('\n')).toEqual([
      'the run-time mode is enforce',
      'where the deployed policy says audit, nothing is remedied all the same',
      expect.stringMatching(/^written down: arn:aws:iam::123456789012:.*, because an incident$/),
      'a rescan looks again at what was withheld:',
      '  aws lambda invoke --function-name lambda-vpc-guardrail-rescan-on-request /dev/stdout',
      '',
    ]);
  });

  it('changes nothing twice, says so, and keeps the latest reason', async () => {
    await set('audit');

    const { json } = await stack.run((options, terminal) =>
      runMode('audit', { ...options, reason: 'another incident' }, terminal),
    );

    expect(json()).toMatchObject({
      changed: false,
      said: ['the run-time mode is audit already', expect.any(String), expect.any(String)],
      act: { command: 'mode audit', reason: 'another incident' },
    });
    expect(json()).not.toHaveProperty('rescan');
    expect((await stack.run(showMode)).json()).toMatchObject({
      lastSet: { reason: 'another incident' },
    });
  });

  it('does not say that an operator set what somebody has changed by hand since', async () => {
    await set('enforce');
    await stack.setByHand('mode', 'audit');

    const { text } = await stack.run(showMode, { table: 'one', format: 'table' });

    expect(text).toMatch(
      /^run time {2}audit, set by hand\nlast set {2}mode enforce at .*: an incident$/m,
    );
  });

  it('shows both modes, the one in force, and who set it', async () => {
    const before = await stack.run(showMode);
    await set('enforce');
    const after = await stack.run(showMode, { format: 'table' });

    expect(before.json()).toEqual({
      table: 'one',
      deployed: 'audit',
      runTime: 'enforce',
      inForce: 'audit',
    });
    expect(after.text.split('\n')).toEqual([
      'deployed  audit',
      'run time  enforce',
      'in force  audit',
      expect.stringMatching(/^last set {2}mode enforce at .*: an incident$/),
      '',
    ]);
  });

  it('shows what is mistyped as what it is taken for', async () => {
    await stack.setByHand('mode', 'adit');

    const { text } = await stack.run(showMode, { table: 'one', format: 'table' });

    expect(text).toBe(
      'deployed  not known: name the stack with --stack\nrun time  audit, for `adit` is no mode, set by hand\n',
    );
  });
});

describe('the command line', () => {
  it('sets the mode and shows it', async () => {
    const place = ['--stack', stack.options.stack, '--format', 'json'];

    expect(await type('mode', 'audit', '--reason', 'a test', ...place)).toMatchObject({
      status: 0,
    });
    const shown = await type('mode', ...place);

    expect(JSON.parse(shown.stdout)).toMatchObject({ runTime: 'audit' });
  });

  it.each([
    [['breaker', 'status', '--table', 'one'], 'breaker   closed'],
    [['breaker', 'reset', '--table', 'one', '--reason', 'so'], 'nothing was changed'],
    [['breaker', 'approve', '--help'], '"policyHash"'],
    [['mode', '--help'], 'mode audit --reason'],
    [['breaker', 'reset', '--help'], 'exit status: 0 done'],
  ])('answers %j', async (args, expected) => {
    const { status, stdout } = await type(...args);

    expect([status, stdout]).toEqual([0, expect.stringContaining(expected)]);
  });

  it.each([
    [['mode', 'loud'], 'Allowed choices are audit, enforce'],
    [['mode', 'audit'], '`--reason`: expected 1 to 500 characters'],
    [['mode', '--reason', 'an incident'], '`--reason` without a mode: type `audit` or `enforce`'],
    [['breaker', 'reset'], "required option '--reason <text>' not specified"],
    [['breaker', 'approve', '--plan', 'none.json'], 'could not read the plan'],
    [['breaker', 'status', '--stack', 'Other'], 'there is no stack `Other`'],
  ])('refuses %j with 2', async (args, expected) => {
    const { status, stderr } = await type(...args);

    expect([status, stderr]).toEqual([2, expect.stringContaining(expected)]);
  });

  it('says with 3 that it could not finish', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
    vi.stubEnv('AWS_MAX_ATTEMPTS', '1');

    const { status, stderr } = await type('breaker', 'status', '--table', 'one');

    expect([status, stderr]).toEqual([
      3,
      expect.stringContaining('could not ask AWS which account this is'),
    ]);
  });
});
