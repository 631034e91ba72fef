import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { REPORT_FORMATS } from '../../../lib/cli/report/format-report.ts';
import { checkShown, type Shown, showReport } from '../../../lib/cli/report/show-report.ts';
import { processTerminal } from '../../../lib/cli/terminal.ts';
import { fakeTerminal, folderOf } from '../policy/fake-terminal.ts';
import { answerOf, findingOf } from './answers.ts';
import { faultsOfReport, faultsOfSarif } from './schema-faults.ts';

const REPORT = answerOf({ findings: [findingOf()] });

async function show(shown: Shown, parts: Parameters<typeof fakeTerminal>[0] = {}) {
  const { terminal, told, printed } = fakeTerminal(parts);
  await showReport(REPORT, shown, terminal);
  return { told, text: printed() };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the formats of a report', () => {
  it('are four', () => {
    expect(REPORT_FORMATS).toEqual(['table', 'json', 'html', 'sarif']);
  });

  it('are each what they say, and nothing else is printed', async () => {
    const [table, json, html, sarif] = await Promise.all(
      REPORT_FORMATS.map(async (format) => (await show({ format })).text),
    );

    expect(table).toMatch(/^scanned 9 functions/);
    expect(JSON.parse(json ?? '')).toEqual(REPORT);
    expect(faultsOfReport(JSON.parse(json ?? ''))).toEqual([]);
    expect(html).toMatch(/^<!doctype html>/i);
    expect(faultsOfSarif(JSON.parse(sarif ?? ''))).toEqual([]);
  });

  it('are colored only on a terminal', async () => {
    using folder = folderOf({});
    const output = folder.path('report.txt');
    const colored = { hasColors: true };

    const { text } = await show({ format: 'table' }, colored);
    const { told } = await show({ format: 'table', output }, colored);

    expect(text).toContain('\u001b[31mhigh');
    expect(readFileSync(output, 'utf8')).not.toContain('\u001b');
    expect(told).toEqual([`wrote \`${output}\``]);
  });

  it('go to standard output where it is named', async () => {
    expect((await show({ format: 'json', output: '-' })).text).toBe(
      (await show({ format: 'json' })).text,
    );
  });
});

describe('what a report cannot be shown on', () => {
  const check = (shown: Shown, isTTY: boolean) => () =>
    checkShown(shown, fakeTerminal({ isTTY }).terminal);

  it.each([undefined, '-'])('is a terminal for a page, with --output %s', (output) => {
    expect(check({ format: 'html', output }, true)).toThrow(
      expect.objectContaining({
        name: 'UsageError',
        message: expect.stringMatching(/^a page is not for a terminal: .*`--output report\.html`$/),
      }),
    );
    expect(check({ format: 'html', output }, false)).not.toThrow();
  });

  it('is no terminal for anything else, nor for a page that goes to a file', () => {
    using folder = folderOf({});

    for (const format of ['table', 'json', 'sarif'] as const) {
      expect(check({ format }, true)).not.toThrow();
    }
    expect(check({ format: 'html', output: folder.path('report.html') }, true)).not.toThrow();
  });

  it.each(REPORT_FORMATS)('is a folder, for %s', (format) => {
    expect(check({ format, output: '/' }, false)).toThrow('could not write `/`: it is a folder');
  });
});

describe('the terminal of the process', () => {
  it.each([
    [true, true],
    [false, false],
    [undefined, false],
  ])('is one where standard output is: %s is %s', (isTTY, expected) => {
    vi.stubGlobal('process', { ...process, env: process.env, stdout: { isTTY } });

    expect(processTerminal().isTTY).toBe(expected);
  });
});
