import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMA_FILE, toJsonSchema } from './json-schema.ts';

const file = join(import.meta.dirname, '../..', SCHEMA_FILE);
writeFileSync(file, `${JSON.stringify(toJsonSchema(), undefined, 2)}\n`);
