import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { CONTROLS } from '../../functions/core/controls/registry.ts';
import { CONTROL_PARAMETERS } from '../../lib/policy/control-parameters.ts';
import { SCHEMA_FILE, toJsonSchema } from '../../lib/policy/json-schema.ts';
import faultCases from '../cases/policy-faults.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '../..');
const COMMITTED = JSON.parse(readFileSync(join(ROOT, SCHEMA_FILE), 'utf8'));
/** Reads the schema as an editor does: from the file, knowing nothing of what it was made from. */
const readSchema = z.fromJSONSchema(COMMITTED);

describe('guardrail.schema.json', () => {
  it('is what the parser is made of: `npm run schema` writes it anew', () => {
    expect(COMMITTED).toEqual(toJsonSchema());
  });

  it.each(['guardrail.yaml', 'policies/demo/guardrail.yaml'])(
    'lets %s through, which names it',
    (file) => {
      const text = readFileSync(join(ROOT, file), 'utf8');
      const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];

      expect(join(ROOT, file, '..', schema)).toBe(join(ROOT, SCHEMA_FILE));
      expect(readSchema.safeParse(parseDocument(text).toJS()).error).toBeUndefined();
    },
  );

  const readable = faultCases.filter(({ text }) => parseDocument(text).errors.length === 0);

  it.each(readable.filter((one) => !('beyondSchema' in one)))('refuses $name', ({ text }) => {
    expect(readSchema.safeParse(parseDocument(text).toJS()).success).toBe(false);
  });

  it.each(readable.filter((one) => 'beyondSchema' in one))(
    'leaves $name to the parser',
    ({ text }) => {
      expect(readSchema.safeParse(parseDocument(text).toJS()).success).toBe(true);
    },
  );

  it('describes every key', () => {
    expect(undescribed(COMMITTED, '')).toEqual([]);
  });
});

describe('CONTROL_PARAMETERS', () => {
  it.each(CONTROLS)('names the parameters of $id, and takes their defaults', ({ id, defaults }) => {
    const shape = CONTROL_PARAMETERS[id] ?? {};

    expect(Object.keys(shape).toSorted()).toEqual(Object.keys(defaults.parameters).toSorted());
    expect(z.strictObject(shape).parse(defaults.parameters)).toEqual(defaults.parameters);
  });

  it('is about controls that exist', () => {
    const ids = CONTROLS.map(({ id }) => id);

    expect(Object.keys(CONTROL_PARAMETERS).filter((id) => !ids.includes(id))).toEqual([]);
  });
});

interface JsonSchema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

function undescribed({ properties = {}, items }: JsonSchema, path: string): readonly string[] {
  const own = Object.entries(properties).flatMap(([key, held]) => [
    ...(held.description === undefined ? [`${path}${key}`] : []),
    ...undescribed(held, `${path}${key}.`),
  ]);
  return items === undefined ? own : [...own, ...undescribed(items, `${path}[].`)];
}
