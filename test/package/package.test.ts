import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HANDLERS } from '../../lib/package/bundle-handlers.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { type InstalledPackage, installPackage, readInstalled, run } from './installed-package.ts';

const TSC = join(import.meta.dirname, '../../node_modules/typescript/bin/tsc');
const POLICY = 'node_modules/lambda-vpc-guardrail/policies/demo/guardrail.yaml';
const NODE_20 = findNode(20);
const NODES = [
  {
    title: 'the Node of this run',
    node: process.execPath,
    isThere: true,
    consumer: 'consumer.mjs',
  },
  {
    title: `Node 20${NODE_20 === undefined ? ' (skipped where there is none on the path)' : ''}`,
    node: NODE_20 ?? '',
    isThere: NODE_20 !== undefined,
    // Which can require modules of this kind since 20.19.
    consumer: 'consumer.cjs',
  },
];

/** On a machine that does much else. */
const MOST_MS = 120_000;

/** What somebody writes who has a stack and wants the guardrail in it; true of types and of what runs. */
const CONSUMER = `
import { App, Stack } from 'aws-cdk-lib';
import { LambdaVpcGuardrail, type LambdaVpcGuardrailProps } from 'lambda-vpc-guardrail';
import { compilePolicy } from 'lambda-vpc-guardrail/policy';

const compiled = compilePolicy('${POLICY}', { nowMs: Date.now() });
if (!compiled.ok) throw new Error(compiled.faults.join());
const props: LambdaVpcGuardrailProps = { policy: compiled.policy, alertEmails: ['a@example.com'] };
const app = new App({ outdir: process.argv[2] ?? 'cdk.out', analyticsReporting: false });
const guardrail = new LambdaVpcGuardrail(new Stack(app, 'Theirs'), 'Guardrail', props);
if (guardrail.functions.enforce.functionName === '') throw new Error('no name');
app.synth();
`;

let installed: InstalledPackage;

beforeAll(async () => {
  installed = await installPackage();
  await writeFile(join(installed.project, 'consumer.mts'), CONSUMER);
  await writeFile(join(installed.project, 'consumer.mjs'), toJavaScript(CONSUMER));
  await writeFile(join(installed.project, 'consumer.cjs'), toCommonJs(CONSUMER));
}, MOST_MS);

afterAll(() => installed.remove());

describe('the packed package', () => {
  it('holds what its users read, and nothing of how it is made', () => {
    const rooms = new Set(installed.packed.map((file) => file.replace(/\/.*$/, '/')));

    expect([...rooms].toSorted()).toEqual(
      [
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'bin/',
        'docs/',
        'guardrail.schema.json',
        'guardrail.yaml',
        'package.json',
        'policies/',
        'report.schema.json',
        'samples/',
      ].toSorted(),
    );
    expect(installed.packed.filter((file) => file.startsWith('bin/'))).toEqual([
      'bin/lambda-vpc-guardrail.js',
    ]);
    expect(packageJson.files).toContain('dist');
  });

  it('asks only for modules that are installed with it', () => {
    const dist = join(installed.folder, 'dist');
    const code = readdirSync(dist).filter((file) => file.endsWith('.js'));
    const asked = new Set(
      code.flatMap((file) => packagesOf(readFileSync(join(dist, file), 'utf8'))),
    );
    const declared = Object.keys({ ...packageJson.dependencies, ...packageJson.peerDependencies });

    // The page and the handlers are bundled by the checkout: nobody else gets so far.
    expect([...asked].filter((name) => !declared.includes(name) && name !== 'esbuild')).toEqual([]);
    expect(asked).toContain('commander');
  });

  it('finds its files by where they were put, and not by where their sources were', () => {
    const dist = join(installed.folder, 'dist');
    const code = readdirSync(dist).filter((file) => file.endsWith('.js'));
    const modules = code.flatMap((file) => modulesOf(readFileSync(join(dist, file), 'utf8')));
    const finding = modules.filter(({ text }) => text.includes('import.meta'));

    // These know of both; everything else asks `lib/package/places.ts`.
    expect([...new Set(finding.map(({ name }) => name))].toSorted()).toEqual([
      'lib/local/execution/environment.ts',
      'lib/local/execution/replace-timers.ts',
      'lib/package/bundle-handlers.ts',
      'lib/package/places.ts',
    ]);
  });

  it('has the program of every worker and process that it starts', () => {
    const dist = readdirSync(join(installed.folder, 'dist'));

    expect(dist).toEqual(expect.arrayContaining(['app.js', 'bootstrap.js', 'handlers', 'page']));
  });

  describe.each(NODES)('on $title', ({ node, isThere, consumer }) => {
    const bin = (...args: readonly string[]): Promise<string> =>
      run(
        node,
        ['node_modules/lambda-vpc-guardrail/bin/lambda-vpc-guardrail.js', ...args],
        installed.project,
      );

    it.skipIf(!isThere)('says what it can do, and its version', async () => {
      const [help, version] = await Promise.all([bin('--help'), bin('--version')]);

      expect(help).toMatch(/^Usage: lambda-vpc-guardrail /);
      expect(version).toBe(`${packageJson.version}\n`);
    });

    it.skipIf(!isThere)('checks a policy', async () => {
      expect(await bin('policy', 'check', POLICY)).toMatch(/^mode +enforce$/m);
    });

    it.skipIf(!isThere)(`gives the construct to ${consumer}, with prebuilt handlers`, async () => {
      await run(node, [consumer, `out-${consumer}`], installed.project);

      const out = join(installed.project, `out-${consumer}`);
      const [asset = '', ...more] = readdirSync(out).filter((name) => name.startsWith('asset.'));
      const built = readdirSync(join(installed.folder, 'dist/handlers'));
      expect(more).toEqual([]);
      expect(readdirSync(join(out, asset)).toSorted()).toEqual([...built, 'policy.mjs'].toSorted());
      expect(built).toEqual(expect.arrayContaining(HANDLERS.map((name) => `${name}.mjs`)));
    });
  });

  it.each(['nodenext', 'bundler'])('has types for a project that resolves by %s', async (way) => {
    const module = way === 'bundler' ? 'esnext' : way;
    const options = '--noEmit --strict --skipLibCheck --types node --target es2022'.split(' ');
    const args = [...options, '--module', module, '--moduleResolution', way, 'consumer.mts'];
    const errors = await run(process.execPath, [TSC, ...args], installed.project);

    expect(errors).toBe('');
    expect(await readInstalled(installed, 'dist/types/functions/core/policy.d.ts')).toContain(
      'interface CompiledPolicy',
    );
  });
});

function findNode(major: number): string | undefined {
  const files = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'node'));
  return files.find((file) => {
    const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' });
    return stdout?.startsWith(`v${major}.`) ?? false;
  });
}

function toJavaScript(source: string): string {
  return source
    .replace(', type LambdaVpcGuardrailProps', '')
    .replace(': LambdaVpcGuardrailProps', '');
}

function toCommonJs(source: string): string {
  return toJavaScript(source).replaceAll(/^import (.*) from (.*);$/gm, 'const $1 = require($2);');
}

/** What a built file is made of: each module follows a comment with its name. */
function modulesOf(code: string): readonly { readonly name: string; readonly text: string }[] {
  const [, ...parts] = code.split(/^\/\/ ((?:bin|functions|lib)\/.*\.tsx?)$/m);
  return parts.flatMap((name, index) =>
    index % 2 === 0 ? [{ name, text: parts[index + 1] ?? '' }] : [],
  );
}

/** The packages that a file imports, without Node's own. */
function packagesOf(code: string): readonly string[] {
  const specifiers = code.matchAll(/\b(?:from |import |import\()"(?<name>[^."\n][^"\n]*)"/g);
  return [...specifiers]
    .map(({ groups }) => /^(?:@[^/]+\/)?[^/]+/.exec(groups?.['name'] ?? '')?.[0] ?? '')
    .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name));
}
