import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderReference } from '../../lib/cli/cli-reference.ts';
import { createProgram } from '../../lib/cli/program.ts';

const DOCS = join(import.meta.dirname, '../../docs');

describe('docs/cli.md', () => {
  it('is what `npm run docs` writes', async () => {
    const written = await readFile(join(DOCS, 'cli.md'), 'utf8');

    expect(written).toBe(
      renderReference(
        createProgram(() => {}),
        await readdir(DOCS),
      ),
    );
  });

  it('leads to every page about a command', async () => {
    const written = await readFile(join(DOCS, 'cli.md'), 'utf8');
    const pages = (await readdir(DOCS)).filter((name) => name.startsWith('cli-'));

    expect(pages.filter((page) => !written.includes(`(${page})`))).toEqual([]);
  });
});
