import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

const RELATIVE_IMPORT = /(?:\bfrom |\bimport\()['"](?<path>\.[^'"]+)\.ts['"]/g;

/** Deletes the declarations of a folder that none of its entries leads to. */
export function keepReachable(folder: string, entries: readonly string[]): void {
  const reached = new Set<string>();
  const follow = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const { groups } of readFileSync(file, 'utf8').matchAll(RELATIVE_IMPORT)) {
      follow(join(dirname(file), `${groups?.['path']}.d.ts`));
    }
  };
  for (const entry of entries) follow(join(folder, entry));
  for (const found of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(found.parentPath, found.name);
    if (found.isFile() && !reached.has(file)) rmSync(file);
  }
}
