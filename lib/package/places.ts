import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const SELF = fileURLToPath(import.meta.url);
/** Where the sources of the programs lie that are started on their own. */
const PROGRAMS = { app: 'bin/app.ts' } as const;

/** Whether this is the built package, and not the checkout: every built file is JavaScript, directly in `dist`. */
export const IS_BUILT = !SELF.endsWith('.ts');

/** The folder of the package: the checkout, or where it is installed. */
export const PACKAGE_ROOT = resolve(dirname(SELF), IS_BUILT ? '..' : '../..');

/** The file of a program that is started on its own: as it is written, or as it was built. */
export function findProgram(name: keyof typeof PROGRAMS): string {
  return IS_BUILT ? join(dirname(SELF), `${name}.js`) : join(PACKAGE_ROOT, PROGRAMS[name]);
}

/** A folder that only the built package has. */
export function findBuilt(folder: 'handlers' | 'page'): string {
  return join(dirname(SELF), folder);
}
