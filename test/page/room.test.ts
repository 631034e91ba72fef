import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOM = join(import.meta.dirname, '../../lib/page');
const FILES = readdirSync(ROOM).filter((name) => /\.tsx?$/.test(name));

describe('lib/page', () => {
  it.each(FILES)(
    'takes nothing but types from outside in %s: the page has only its own code',
    (file) => {
      const source = readFileSync(join(ROOM, file), 'utf8');
      const imports = source.match(/^import [^;]*? from '\.\.\/[^']*';$/gm) ?? [];

      expect(imports.filter((line) => !line.startsWith('import type '))).toEqual([]);
    },
  );
});
