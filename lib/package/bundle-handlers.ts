import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { PACKAGE_ROOT } from './places.ts';

/** The entry files that are deployed, without their ending. */
export const HANDLERS = [
  'enforce-on-change',
  'rescan-on-request',
  'sweep-on-schedule',
  'release-on-request',
] as const;

/** A deployed entry file, without its ending. */
export type HandlerName = (typeof HANDLERS)[number];

interface BundledFile {
  readonly name: string;
  readonly contents: Uint8Array;
}

let bundled: readonly BundledFile[] | undefined;

/** Writes one bundle of all handlers into a folder that exists; what they need is in it, but for the policy. */
export function bundleHandlers(folder: string): void {
  // The sources do not change under a program that runs.
  bundled ??= bundle();
  for (const { name, contents } of bundled) writeFileSync(join(folder, name), contents);
}

function bundle(): readonly BundledFile[] {
  // Only the checkout has it, and only who bundles waits for it.
  const esbuild: typeof import('esbuild') = createRequire(import.meta.url)('esbuild');
  const { outputFiles } = esbuild.buildSync({
    absWorkingDir: PACKAGE_ROOT,
    entryPoints: HANDLERS.map((name) => `functions/handlers/${name}.ts`),
    outdir: 'dist/handlers',
    write: false,
    bundle: true,
    // Code that is imported lazily stays in a chunk of its own: the cold start reads only what it runs.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
  });
  return outputFiles.map(({ path, contents }) => ({ name: basename(path), contents }));
}
