import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import planted from '../cases/planted-imports.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '../..');

describe('the import rules of the rooms', () => {
  let folder: string;
  let reported: ReadonlySet<string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'planted-'));
    await copyFile(join(ROOT, 'biome.json'), join(folder, 'biome.json'));
    await copyFile(join(ROOT, 'package.json'), join(folder, 'package.json'));
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const { file, line } of [...planted.forbidden, ...planted.allowed]) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), `${line}\n`);
    }
    reported = await lint(folder);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(planted.forbidden)('reports `$line` in $file', ({ file }) => {
    expect(reported).toContain(file);
  });

  it.each(planted.allowed)('lets `$line` pass in $file', ({ file }) => {
    expect(reported).not.toContain(file);
  });
});

const RULES = [
  'lint/style/noRestrictedImports',
  'lint/style/noRestrictedGlobals',
  'lint/style/noProcessEnv',
];

/** The files in which a rule of the rooms was reported. */
async function lint(folder: string): Promise<ReadonlySet<string>> {
  const biome = join(ROOT, 'node_modules/.bin/biome');
  const only = RULES.map((rule) => `--only=${rule.slice('lint/'.length)}`);
  const child = spawn(biome, ['lint', '--reporter=json', '--max-diagnostics=none', ...only, '.'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const output = JSON.parse(await text(child.stdout)) as BiomeReport;
  return new Set(
    output.diagnostics
      .filter(({ category }) => RULES.includes(category))
      .map(({ location }) =>
        typeof location.path === 'string' ? location.path : location.path.file,
      ),
  );
}

interface BiomeReport {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly location: { readonly path: string | { readonly file: string } };
  }[];
}
