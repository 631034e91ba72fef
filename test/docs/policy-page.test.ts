import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { policySchema } from '../../lib/policy/policy-schema.ts';

const PAGE = join(import.meta.dirname, '../../docs/policy.md');

describe('docs/policy.md', () => {
  it('lists every key of the policy file, and no other', async () => {
    const page = await readFile(PAGE, 'utf8');
    const listed = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, key]) => key);

    expect(listed.toSorted()).toEqual(
      leaves(z.toJSONSchema(policySchema, { io: 'input', unrepresentable: 'any' })).toSorted(),
    );
  });
});

interface JsonSchema {
  readonly properties?: Readonly<Record<string, unknown>>;
}

function leaves(schema: unknown): readonly string[] {
  const { properties } = schema as JsonSchema;
  if (properties === undefined) return [''];
  return Object.entries(properties).flatMap(([key, held]) =>
    leaves(held).map((rest) => (rest === '' ? key : `${key}.${rest}`)),
  );
}
