import { join } from 'node:path';
import { buildPackage } from './build-package.ts';
import { PACKAGE_ROOT } from './places.ts';

const [folder = join(PACKAGE_ROOT, 'dist')] = process.argv.slice(2);
await buildPackage(folder);
