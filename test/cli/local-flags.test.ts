import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { main } from '../../lib/cli/main.ts';
import { createProgram } from '../../lib/cli/program.ts';

const PAGE = readFileSync('docs/local-account.md', 'utf8');

/** Runs the command line with what it writes kept. */
async function run(...args: readonly string[]) {
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += text;
      return true;
    });
  }
  vi.spyOn(process.stdout, 'on').mockReturnThis();
  const status = await main(['node', 'lambda-vpc-guardrail', 'local', ...args]);
  vi.restoreAllMocks();
  return { status, ...written };
}

describe('local', () => {
  it.each([
    [['--port', '65536'], 'expected a port from 0 to 65535'],
    [['--port', '0x10'], 'expected a port from 0 to 65535'],
    [['--port', ''], 'expected a port from 0 to 65535'],
    [['--speed', '-1'], 'expected a number from 0 to 100000'],
    [['--speed', 'fast'], 'expected a number from 0 to 100000'],
    [['--speed', ' '], 'expected a number from 0 to 100000'],
    [['--speed', '100001'], 'expected a number from 0 to 100000'],
    [['--speed'], "option '--speed <factor>' argument missing"],
    [['--prot', '1'], 'Did you mean --port?'],
    [['now'], "too many arguments for 'local'"],
  ])('ends with 2 at %j, and says what was expected', async (args, expected) => {
    const { status, stdout, stderr } = await run(...args);

    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(expected);
  });

  it('says in its help how it is run and steered', async () => {
    const { status, stdout } = await run('--help');

    expect(status).toBe(0);
    expect(stdout).toContain('$ npx lambda-vpc-guardrail local --port 4599 --speed 60');
    expect(stdout).toContain('$ curl http://127.0.0.1:4599/_local/');
  });

  it('has every flag in docs/local-account.md, with its default', () => {
    const { commands } = createProgram(() => {});
    const local = commands.find((command) => command.name() === 'local');
    const rows = PAGE.split('\n').filter((line) => line.startsWith('| `--'));

    expect(rows).toEqual(
      local?.options.map(({ flags, negate, defaultValue, description }) => {
        return `| \`${flags}\` | ${negate ? 'held' : defaultValue} | ${description} |`;
      }),
    );
  });
});
