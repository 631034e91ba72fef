import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import packageJson from '../../package.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '../..');
/** Where modules are that only the checkout asks for. */
const NOT_INSTALLED = new Set(['esbuild']);

/** The package as somebody has it who installed it. */
export interface InstalledPackage {
  /** A project of somebody's own, whose dependencies the package and its dependencies are. */
  readonly project: string;
  readonly folder: string;
  /** What the packed file holds, but for what is built; paths are relative to the package. */
  readonly packed: readonly string[];
  readonly remove: () => Promise<void>;
}

/** Builds the package and lays it out, file by file as it is packed, in a project of its own. */
export async function installPackage(): Promise<InstalledPackage> {
  const project = await mkdtemp(join(tmpdir(), 'installed-'));
  const folder = join(project, 'node_modules', packageJson.name);
  const [files] = await Promise.all([
    listPacked(),
    run(process.execPath, ['lib/package/prepack.ts', join(folder, 'dist')], ROOT),
    writeFile(join(project, 'package.json'), JSON.stringify({ name: 'project', type: 'module' })),
  ]);
  // What somebody built by hand into the checkout is not what this run is about.
  const packed = files.filter((file) => !file.startsWith('dist/'));
  for (const file of packed) await cp(join(ROOT, file), join(folder, file));
  const { dependencies, peerDependencies } = packageJson;
  for (const name of Object.keys({ ...dependencies, ...peerDependencies, '@types/node': '' })) {
    if (NOT_INSTALLED.has(name)) continue;
    const link = join(project, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(ROOT, 'node_modules', name), link);
  }
  return { project, folder, packed, remove: () => rm(project, { recursive: true, force: true }) };
}

/** Runs a program in a folder and answers what it wrote to standard output. */
export async function run(file: string, args: readonly string[], cwd: string): Promise<string> {
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
  const env = { PATH, HOME, NODE_COMPILE_CACHE, NO_COLOR: '1' };
  const { stdout } = await promisify(execFile)(file, [...args], { cwd, env });
  return stdout;
}

/** Reads a file of the installed package. */
export function readInstalled({ folder }: InstalledPackage, file: string): Promise<string> {
  return readFile(join(folder, file), 'utf8');
}

async function listPacked(): Promise<readonly string[]> {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const [packed]: readonly { readonly files: readonly { readonly path: string }[] }[] = JSON.parse(
    await run('npm', args, ROOT),
  );
  return packed?.files.map(({ path }) => path) ?? [];
}
