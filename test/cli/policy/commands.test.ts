import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../../lib/cli/main.ts';
import { processTerminal } from '../../../lib/cli/terminal.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const EVALUATE = 'bin/lambda-vpc-guardrail.js policy evaluate guardrail.yaml';
const EXAMPLE = `${ROOT}policies/examples/refuse-vpcs.json`;

/** Runs the command line in this process. */
async function run(...args: readonly string[]) {
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      said[name] += chunk;
      return true;
    });
  }
  vi.spyOn(process.stdout, 'on').mockReturnThis();
  const status = await main(['node', 'lambda-vpc-guardrail', 'policy', ...args]);
  vi.restoreAllMocks();
  return { status, ...said };
}

/** Runs the command line in a process of its own. */
async function spawnPolicy(args: readonly string[], input: string, readsAll = true) {
  const child = spawn(process.execPath, ['bin/lambda-vpc-guardrail.js', 'policy', ...args], {
    cwd: ROOT,
    env: { ...process.env, FORCE_COLOR: '1', CI: 'true' },
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  if (!readsAll) child.stdout.once('data', () => child.stdout.destroy());
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const stdout = readsAll ? text(child.stdout) : Promise.resolve('');
  const [status, printed, told] = await Promise.all([ended, stdout, text(child.stderr)]);
  return { status, printed, told };
}

describe('policy', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('checks guardrail.yaml where nothing else is named', async () => {
    const { status, stdout } = await run('check', '--format', 'json');

    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ file: 'guardrail.yaml', mode: 'audit', faults: [] });
  });

  it('lints, and says by its exit status that it found something', async () => {
    const { status, stdout } = await run('lint', EXAMPLE, '--format', 'json');

    expect(status).toBe(1);
    expect(JSON.parse(stdout).findings).toHaveLength(1);
  });

  it('exports, with options that take several values', async () => {
    const principals = ['--except-principal', 'arn:aws:iam::*:role/a', 'arn:aws:iam::*:role/b'];
    const { status, stdout, stderr } = await run(
      ...['export', EXAMPLE, '--as', 'scp', ...principals, '--regions', 'eu-west-1,us-east-1'],
    );

    expect(status).toBe(0);
    expect(stdout).toContain('role/b');
    expect(stdout).toContain('us-east-1');
    expect(stderr).toBe(
      'exact: true: the documents deny all that the policy denies, and both calls in other regions, and nothing else, apart from those who are carved out\n',
    );
  });

  it.each([
    [['chek'], '(Did you mean check?)'],
    [['lint', '--fromat', 'json'], '(Did you mean --format?)'],
    [['check', '--format', 'xml'], 'Allowed choices are table, json'],
    [['export'], "required option '--as <form>' not specified"],
  ])('refuses %j in a way that helps', async (args, hint) => {
    const { status, stdout, stderr } = await run(...args);

    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(hint);
  });

  it.each(['check', 'lint', 'evaluate', 'export'])(
    'has examples in the help of %s',
    async (name) => {
      const { status, stdout } = await run(name, '--help');

      expect(status).toBe(0);
      expect(stdout).toMatch(/Examples?:\n {2}\$ /);
      expect(stdout).toContain('exit status: 0 ');
    },
  );

  it('colors nothing where nobody looks, or where somebody asked for none', () => {
    vi.stubEnv('NO_COLOR', '');
    vi.stubEnv('TERM', 'xterm');
    vi.stubGlobal('process', { ...process, env: process.env, stdout: { isTTY: true } });
    expect(processTerminal().hasColors).toBe(true);
    vi.stubEnv('NO_COLOR', '1');
    expect(processTerminal().hasColors).toBe(false);
    vi.unstubAllGlobals();
  });
});

describe('the command line itself', () => {
  it('evaluates standard input, without colors, and stops at the first bad line', async () => {
    const input = '{"vpcId":"vpc-1"}\n{}\n[]\n{}\n';
    const { status, printed, told } = await spawnPolicy(['evaluate', 'guardrail.yaml'], input);

    const decisions = printed
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).decision);
    expect(decisions).toEqual(['allowed', 'explicitly-denied']);
    expect(told).toBe('line 3: expected an object, got a list\n');
    expect(status).toBe(2);
  });

  it('does not take a directory for an empty standard input', async () => {
    const child = spawn('/bin/sh', ['-c', `"$0" ${EVALUATE} < .`, process.execPath], { cwd: ROOT });
    const ended = once(child, 'exit');

    expect(await text(child.stderr)).toBe(
      'error: expected lines on standard input, got a directory\n',
    );
    expect(await ended).toEqual([3, null]);
  });

  it('ends quietly when nobody reads its decisions to the end', async () => {
    const input = '{"vpcId":"vpc-1"}\n'.repeat(100_000);
    const { status, told } = await spawnPolicy(['evaluate', 'guardrail.yaml'], input, false);

    expect([status, told]).toEqual([0, '']);
  });

  it('prints findings for people without colors into a pipe', async () => {
    const { status, printed } = await spawnPolicy(['lint', EXAMPLE], '');

    expect(status).toBe(1);
    expect(printed).not.toContain('\u001b');
    expect(printed).toContain('1 finding\n');
  });
});
