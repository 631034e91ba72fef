import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'aws-sdk-client-mock-vitest/extend';

// Programs that tests start again and again are compiled once; this process is not, since its coverage would suffer.
process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'compiled');
