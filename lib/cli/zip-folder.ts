import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { zipSync } from 'fflate';

/** The oldest time that a zip file can hold: the same folder always makes the same file. */
const EPOCH = new Date(1980, 0, 1);

/** Zips every file of a folder, uncompressed: it goes to an account on this machine, which unpacks it at once. */
export async function zipFolder(folder: string): Promise<Uint8Array> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const files = await Promise.all(
    paths.map(async (path) => {
      const name = relative(folder, path).split(sep).join('/');
      return [name, new Uint8Array(await readFile(path))] as const;
    }),
  );
  return zipSync(Object.fromEntries(files), { mtime: EPOCH, level: 0 });
}
