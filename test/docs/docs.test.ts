import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONTROLS } from '../../functions/core/controls/registry.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('the README', () => {
  it('has at most 150 lines', async () => {
    const lines = (await readFile(join(ROOT, 'README.md'), 'utf8')).split('\n');

    expect(lines.length).toBeLessThanOrEqual(150);
  });
});

describe('docs/controls.md', () => {
  it('has one row and one section for each control, with its defaults', async () => {
    const page = await readFile(join(ROOT, 'docs/controls.md'), 'utf8');
    const rows = page.split('\n').filter((line) => line.startsWith('| LVG.'));

    expect(rows).toEqual(
      CONTROLS.map(({ id, title, scope, defaults }) => {
        const { severity, onCreate, onChange, onFound } = defaults;
        return `| ${[id, title, scope, severity, onCreate, onChange, onFound].join(' | ')} |`;
      }),
    );
    expect(page.match(/^## LVG\.\d+$/gm)).toEqual(CONTROLS.map(({ id }) => `## ${id}`));
  });
});

describe('links between pages', () => {
  it('lead to files that exist', async () => {
    const folders = await Promise.all(['docs', 'policies', 'samples'].map(markdownIn));
    const pages = ['README.md', ...folders.flat()];
    const broken: string[] = [];
    for (const page of pages) {
      const text = await readFile(join(ROOT, page), 'utf8');
      for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)#]+)/g)) {
        const path = join(ROOT, page, '..', target);
        await readFile(path).catch(() =>
          readdir(path).catch(() => broken.push(`${page}: ${target}`)),
        );
      }
    }

    expect(broken).toEqual([]);
  });
});

async function markdownIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(ROOT, folder), { recursive: true });
  return names.filter((name) => name.endsWith('.md')).map((name) => join(folder, name));
}
