import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startFullAccount } from '../local/full-account.ts';
import type { Printed } from '../support/aws-command.ts';
import { runInBash } from '../support/aws-command-bash.ts';
import { findMisses } from '../support/aws-command-check.ts';
import { type PageCommand, parsePage, type Section } from '../support/aws-command-page.ts';
import { createShell } from '../support/aws-command-shell.ts';
import { findSharedRuns, parseSource, proseOf } from '../support/source-document.ts';

const PAGE = join(import.meta.dirname, '../../docs/source-statements.md');
const SOURCE = join(import.meta.dirname, '../../../shared/seeds/configuration-vpc.md');
const TITLE = 'Configuring a Lambda function to access resources in a VPC';

/** Anchors of the source document, and what the page calls them. */
const HEADINGS = [
  ['configuration-vpc', 'Beginning'],
  ['vpc-managing-eni', 'Managing VPC connections'],
  ['vpc-permissions', 'Execution role and user permissions'],
  ['vpc-configuring', 'Configuring VPC access (console)'],
  ['vpc-configuring-api', 'Configuring VPC access (API)'],
  ['vpc-conditions', 'Using IAM condition keys for VPC settings'],
  ['vpc-condition-examples', 'Example policies'],
  ['vpc-condition-example-1', 'Example: only attached functions'],
  ['vpc-condition-example-2', 'Examples: refused networks'],
  ['vpc-condition-example-3', 'Examples: allowed networks'],
  ['vpc-internet', 'Internet and service access for VPC-connected functions'],
  ['vpc-tutorials', 'VPC tutorials'],
  ['vpc-samples', 'Sample VPC configurations'],
] as const;

const page = await readFile(PAGE, 'utf8');
const [before, ...sections] = parsePage(page);
const setup = before?.commands ?? [];

const isCliWanted = process.env['AWS_CLI'] === '1';
const hasCli = isCliWanted && spawnSync('aws', ['--version']).status === 0;
const hasSource = existsSync(SOURCE);

describe('docs/source-statements.md', () => {
  it('has a section for each heading of the source document', () => {
    expect(sections.map(({ title }) => title)).toEqual(HEADINGS.map(([, title]) => title));
  });

  it.each(sections)('counts the statements of "$title" without a gap', ({ statements }) => {
    const numbers = statements.flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, at) => first + at),
    );

    expect(numbers).toEqual(numbers.map((_, at) => at + 1));
    expect(numbers).not.toEqual([]);
  });

  it.each(sections)('shows each statement of "$title", or says why it cannot', ({ statements }) => {
    const silent = statements.filter(
      ({ commands, text }) =>
        commands.flatMap(({ shows }) => shows).length === 0 &&
        !/^States no behaviour.*:/.test(text),
    );

    expect(silent).toEqual([]);
  });
});

describe.skipIf(!hasSource)(
  'docs/source-statements.md beside the source document (skipped where that is not there)',
  async () => {
    const source = hasSource ? await readFile(SOURCE, 'utf8') : '';

    it('counts as many statements under each heading', () => {
      const counts = sections.map(({ statements }) => statements.at(-1)?.last);

      expect(HEADINGS.map(([anchor], at) => [anchor, counts[at]])).toEqual(
        parseSource(source).map(({ anchor, pieces }) => [anchor, pieces.length]),
      );
    });

    it('has no eight words of it in a row but in headings', () => {
      const own = proseOf(page).replaceAll(/\s+/g, ' ').replace(TITLE, '');
      const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, heading = '']) => heading);
      const shared = findSharedRuns(own, proseOf(source), 8);

      expect(shared.filter((run) => !headings.some((heading) => includes(heading, run)))).toEqual(
        [],
      );
    });
  },
);

describe('the commands of docs/source-statements.md', () => {
  it.each(sections)('show what "$title" says, on an account of its own', async (section) => {
    expect(await play([...setup, ...commandsOf(section)])).toEqual([]);
  });

  it('show the same from top to bottom on one account', async () => {
    expect(await play([...setup, ...sections.flatMap(commandsOf)])).toEqual([]);
  });
});

describe.skipIf(!hasCli)(
  'the commands of docs/source-statements.md in the AWS CLI (skipped without AWS_CLI=1 or without `aws`)',
  () => {
    it.each(sections)(
      'show what "$title" says',
      async (section) => {
        expect(await play([...setup, ...commandsOf(section)], runInBash)).toEqual([]);
      },
      600_000,
    );
  },
);

function commandsOf({ commands, statements }: Section): readonly PageCommand[] {
  return [...commands, ...statements.flatMap((statement) => statement.commands)];
}

function includes(heading: string, run: string): boolean {
  return findSharedRuns(heading, run, 8).length > 0;
}

/** What was shown otherwise than the page says. */
async function play(
  commands: readonly PageCommand[],
  run: typeof runInBash = runWithSdk,
): Promise<readonly string[]> {
  const account = await startFullAccount();
  try {
    const lines = commands.map(({ line }) => line);
    const printed = await run(lines, account.endpoint);
    return commands.flatMap((command, at) => findMisses(command, printed[at] ?? { output: '' }));
  } finally {
    await account.close();
  }
}

async function runWithSdk(lines: readonly string[], endpoint: string): Promise<readonly Printed[]> {
  const run = createShell(endpoint);
  const printed: Printed[] = [];
  for (const line of lines) printed.push(await run(line));
  return printed;
}
