import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPORT_SCHEMA_FILE, toReportSchema } from './report-schema.ts';

const file = join(import.meta.dirname, '../../..', REPORT_SCHEMA_FILE);
writeFileSync(file, `${JSON.stringify(toReportSchema(), undefined, 2)}\n`);
