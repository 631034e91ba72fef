import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { readHelpText } from '../../lib/cli/help-text.ts';
import { createProgram } from '../../lib/cli/program.ts';
import { splitWords } from '../support/aws-command-words.ts';
import { typeCommand } from './typed-command.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const RUN = 'npx lambda-vpc-guardrail ';
/** Commander makes this one. */
const OWN_HELP = 'help';

function withSubcommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

const COMMANDS = withSubcommands(createProgram(() => {})).map((command) => {
  const path: string[] = [];
  for (let at = command; at.parent !== null; at = at.parent) path.unshift(at.name());
  return { path, command, title: path.join(' ') || 'the program' };
});

/** Parses words as the command line does, and does nothing else; answers what it says is wrong. */
function faultOf(words: readonly string[]): string {
  const said: string[] = [];
  const program = createProgram(() => {});
  for (const command of withSubcommands(program)) {
    command.configureOutput({ writeErr: (line) => said.push(line), writeOut: () => {} });
    if (command.commands.length === 0) command.action(() => {});
  }
  try {
    program.parse([...words], { from: 'user' });
    return '';
  } catch {
    return said.join('');
  }
}

/** The command lines of an example: lines go on after `\` and `|`, and a comment ends one. */
function typedIn(example: string): readonly (readonly string[])[] {
  const line = example.replaceAll(/\\?\n\s*/g, ' ').replace(/\s+# .*$/, '');
  const commands = (line.match(/(?:'[^']*'|[^'|])+/g) ?? []).map((part) => part.trim());
  return commands
    .filter((part) => part.startsWith(RUN))
    .map((part) => splitWords(part, new Map()).words.slice(2));
}

describe.each(COMMANDS)('the help of $title', ({ command, path }) => {
  it('says what it does', () => {
    expect(command.description()).toMatch(/^\w.{10,}[^.]$/);
  });

  it('has an example that this very command line takes', () => {
    const typed = readHelpText(command).examples.flatMap(typedIn);

    expect(typed.length).toBeGreaterThan(0);
    expect(typed.map(faultOf).filter((fault) => fault !== '')).toEqual([]);
    // What comes after it may be another command's turn.
    expect(typed[0]?.slice(0, path.length)).toEqual(path);
  });

  it('says what its exit status means', () => {
    const { statuses } = readHelpText(command);

    expect(statuses.map(([status]) => status)).toEqual(expect.arrayContaining(['0', '2']));
    for (const [status, meaning] of statuses) {
      expect([status, meaning]).toEqual([
        expect.stringMatching(/^\d+$/),
        expect.stringMatching(/./),
      ]);
    }
  });

  it('describes all that it takes', () => {
    for (const { description } of [...command.options, ...command.registeredArguments]) {
      expect(description).not.toBe('');
    }
  });
});

describe('an example', () => {
  it.each([
    ['rescan --nope', "unknown option '--nope'"],
    ["release orders-api --reason 'so' --hold-hours long", 'expected a whole number from 1 to 168'],
    ['baseline set', "required option '--reason <text>' not specified"],
    ['policy shrink', "unknown command 'shrink'"],
  ])('`%s` would not do', (typed, fault) => {
    expect(typedIn(`${RUN}${typed} | jq .`).map(faultOf)).toEqual([expect.stringContaining(fault)]);
  });
});

describe('what is mistyped', () => {
  /** The last two letters of a word change places. */
  const swapped = (word: string) => word.replace(/(.)(.)$/, '$2$1');
  const named = COMMANDS.filter(({ path }) => path.length > 0).map(({ path }) => ({ path }));
  const flags = COMMANDS.filter(({ command }) => command.commands.length === 0).flatMap(
    ({ command, path, title }) =>
      command.options
        .filter(({ long, mandatory }) => !mandatory && (long?.length ?? 0) > 5)
        .map(({ long = '' }) => ({ title, path, command, long })),
  );

  it.each(named)('is told for a command: $path', async ({ path }) => {
    const name = path.at(-1) ?? '';

    const { status, stdout, stderr } = await typeCommand(...path.slice(0, -1), swapped(name));

    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: unknown command '\w+' \(Did you mean [^\n]*\)\n$/);
    expect(stderr).toMatch(new RegExp(`mean (one of )?.*\\b${name}\\b`));
  });

  it.each(flags)('is told for an option: $title $long', ({ path, command, long }) => {
    const required = command.options
      .filter(({ mandatory }) => mandatory)
      .flatMap(({ long: flag = '', argChoices }) => [flag, argChoices?.[0] ?? 'so']);
    const fault = faultOf([...path, ...required, swapped(long)]);

    expect(fault).toMatch(/^error: unknown option '--[\w-]+' \(Did you mean [^\n]*\)\n$/);
    expect(fault).toContain(long);
  });

  it.each([
    [['rescna'], "error: unknown command 'rescna' (Did you mean rescan?)\n"],
    [['demo', '--polcy', 'x'], "error: unknown option '--polcy' (Did you mean --policy?)\n"],
    [['xyzzy'], "error: unknown command 'xyzzy'\n"],
    [['release', 'f'], "error: required option '--reason <text>' not specified\n"],
  ])('is one line and status 2: %j', async (args, stderr) => {
    expect(await typeCommand(...args)).toEqual({ status: 2, stdout: '', stderr });
  });
});

describe('the command line without a command', () => {
  it.each([[[]], [['policy']], [['breaker']], [['baseline']]])(
    'shows the help on standard error, and ends with 2: %j',
    async (args) => {
      const { status, stdout, stderr } = await typeCommand(...args);

      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toContain(['Usage: lambda-vpc-guardrail', ...args].join(' '));
      expect(stderr).toContain('exit status: 0 ');
    },
  );

  it.each([['--help'], ['--version'], [OWN_HELP]])(
    'answers %s on standard output',
    async (flag) => {
      expect(await typeCommand(flag)).toMatchObject({ status: 0, stderr: '' });
    },
  );
});

describe('the help', () => {
  it('loads the definitions of the commands and commander, and nothing else', async () => {
    const loaded = await loadedBy('--help');
    const own = loaded.filter((path) => !path.startsWith('node_modules/'));
    const packages = loaded.flatMap(
      (path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
    );
    const [definitions = [], shared = []] = [true, false].map((isDefinition) =>
      own.filter((path) => path.endsWith('/commands.ts') === isDefinition),
    );

    expect([...new Set(packages)]).toEqual(['commander']);
    expect(own.filter((path) => !LIGHT.test(path))).toEqual([]);
    expect(definitions.length).toBeGreaterThan(5);
    expect(shared.length).toBeLessThan(MOST_SHARED);
  });
});

/** Where definitions are, and the words that they and others use. */
const LIGHT =
  /^(package\.json|bin\/|lib\/cli\/|lib\/package\/places\.ts|functions\/core\/policy\.ts)/;
/** Files that definitions share: one that runs a command brings dozens. */
const MOST_SHARED = 20;

const HOOK = `
  import { writeSync } from 'node:fs';
  import { registerHooks } from 'node:module';
  registerHooks({ load: (url, context, next) => (writeSync(2, url + '\\n'), next(url, context)) });`;

/** The modules that a process loads for a command line, by their paths. */
async function loadedBy(...args: readonly string[]): Promise<readonly string[]> {
  const hook = `data:text/javascript,${encodeURIComponent(HOOK)}`;
  const child = spawn(
    process.execPath,
    ['--import', hook, 'bin/lambda-vpc-guardrail.js', ...args],
    { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const lines = (await text(child.stderr)).split('\n');
  return lines
    .filter((line) => line.startsWith('file:'))
    .map((url) => fileURLToPath(url).replace(ROOT, ''));
}
