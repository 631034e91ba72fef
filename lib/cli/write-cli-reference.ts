import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderReference } from './cli-reference.ts';
import { createProgram } from './program.ts';

const docs = join(import.meta.dirname, '../../docs');
const program = createProgram(() => {});
writeFileSync(join(docs, 'cli.md'), renderReference(program, readdirSync(docs)));
