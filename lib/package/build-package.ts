import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { writePageAssets } from '../cli/report/page-assets.ts';
import { bundleHandlers } from './bundle-handlers.ts';
import { keepReachable } from './keep-reachable.ts';
import { PACKAGE_ROOT } from './places.ts';

/** What the package's programs and its importers start from; all of it lies directly in `dist`. */
const ENTRIES = {
  cli: 'lib/cli/main.ts',
  app: 'bin/app.ts',
  bootstrap: 'lib/local/execution/bootstrap.ts',
  construct: 'lib/infra/lambda-vpc-guardrail.ts',
  policy: 'lib/policy/compile-policy.ts',
  'node-20': 'lib/package/node-20.ts',
};

const TSC = join(PACKAGE_ROOT, 'node_modules/typescript/bin/tsc');

/** Builds into a folder what an installed package runs, since Node runs no TypeScript below `node_modules`. */
export async function buildPackage(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await Promise.all([
    buildPrograms(folder),
    buildTypes(join(folder, 'types')),
    buildHandlers(join(folder, 'handlers')),
    writePageAssets(join(folder, 'page')),
  ]);
}

async function buildPrograms(outdir: string): Promise<void> {
  await build({
    absWorkingDir: PACKAGE_ROOT,
    entryPoints: ENTRIES,
    outdir,
    bundle: true,
    // Only what a command needs is loaded, and what several need is there once.
    splitting: true,
    packages: 'external',
    // The first import of every file: in which order chunks are run is not for sure otherwise.
    banner: { js: "import './node-20.js';" },
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
}

async function buildHandlers(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  bundleHandlers(folder);
}

/** The types are right: that is checked apart from this, and takes longer. */
async function buildTypes(folder: string): Promise<void> {
  const args = ['-p', 'tsconfig.package.json', '--noCheck', '--outDir', folder];
  await promisify(execFile)(process.execPath, [TSC, ...args], { cwd: PACKAGE_ROOT });
  keepReachable(folder, ['lib/infra/lambda-vpc-guardrail.d.ts', 'lib/policy/compile-policy.d.ts']);
}
