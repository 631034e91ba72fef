import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findBuilt, IS_BUILT, PACKAGE_ROOT } from '../../package/places.ts';

/** What a page consists of beside its data. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

const SOURCES = join(PACKAGE_ROOT, 'lib/page');

let assets: Promise<PageAssets> | undefined;

/** Reads the page's script and style, prebuilt or bundled now; once in a process. */
export function readPageAssets(): Promise<PageAssets> {
  assets ??= readAssets();
  return assets;
}

/** Writes the page's script and style where {@link readPageAssets} finds them in a packed package. */
export async function writePageAssets(folder: string): Promise<void> {
  const { script, style } = await bundlePage();
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'page.js'), script);
  await writeFile(join(folder, 'page.css'), style);
}

async function readAssets(): Promise<PageAssets> {
  if (!IS_BUILT) return bundlePage();
  const folder = findBuilt('page');
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  return { script: await read('page.js'), style: await read('page.css') };
}

async function bundlePage(): Promise<PageAssets> {
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({
    entryPoints: { page: join(SOURCES, 'main.tsx'), style: join(SOURCES, 'page.css') },
    absWorkingDir: SOURCES,
    outdir: SOURCES,
    write: false,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // Comments that begin with an exclamation mark would be kept in between: the licences follow at the end.
    legalComments: 'none',
    metafile: true,
  });
  const read = (suffix: string) =>
    outputFiles.find(({ path }) => path.endsWith(suffix))?.text.trim() ?? '';
  const licences = await readLicences(Object.keys(metafile.inputs));
  return { script: `${read('page.js')}\n/*\n${licences}\n*/`, style: read('style.css') };
}

/** The licences of the packages that are bundled ask to go wherever the code goes. */
async function readLicences(inputs: readonly string[]): Promise<string> {
  const folders = inputs.flatMap(
    (input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? [],
  );
  const texts = await Promise.all(
    [...new Set(folders)].toSorted().map(async (folder) => {
      const path = join(SOURCES, folder);
      const names = await readdir(path);
      const name = names.find((one) => /^licen[cs]e/i.test(one));
      const text =
        name === undefined ? 'no licence is given' : await readFile(join(path, name), 'utf8');
      const title = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return [title, text.trim().replaceAll('*/', '* /').replaceAll('<', '‹')] as const;
    }),
  );
  const titlesOf = new Map<string, readonly string[]>();
  for (const [title, text] of texts) titlesOf.set(text, [...(titlesOf.get(text) ?? []), title]);
  return [...titlesOf]
    .map(([text, titles]) => `${titles.join(', ')}\n\n${text}`)
    .join('\n\n---\n\n');
}
