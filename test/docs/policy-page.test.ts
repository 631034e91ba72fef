import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toJsonSchema } from '../../lib/policy/json-schema.ts';
import { parsePolicy } from '../../lib/policy/parse-policy.ts';

const PAGE = join(import.meta.dirname, '../../docs/policy.md');
const NOW = Date.UTC(2026, 10, 22);
const COMMON = ['enabled', 'severity', 'onCreate', 'onChange', 'onFound', 'contain'];

interface JsonSchema {
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly string[];
}

describe('docs/policy.md', () => {
  it('lists every key of the schema with its default and what it means, and no other', async () => {
    const { controls, ...others } = (toJsonSchema() as JsonSchema).properties ?? {};
    const byControl = Object.entries(controls?.properties ?? {});
    const common = COMMON.map((key) => {
      const setting = byControl[0]?.[1].properties?.[key];
      return toRow(`controls.LVG.n.${key}`, 'by control', setting);
    });
    const parameters = byControl.flatMap(([id, control]) =>
      rowsOf(without(COMMON, control), `controls.${id}.`),
    );
    const rest = rowsOf({ ...(toJsonSchema() as JsonSchema), properties: others }, '');

    expect((await tableRows('| `')).toSorted()).toEqual(
      [...rest, ...common, ...parameters].toSorted(),
    );
  });

  it('says of each control what it may be asked for', async () => {
    const { controls } = (toJsonSchema() as JsonSchema).properties ?? {};

    expect(await tableRows('| LVG.')).toEqual(
      Object.entries(controls?.properties ?? {}).map(([id, { properties = {} }]) => {
        const wishes = properties['onFound']?.enum?.join(', ');
        const isContainable = 'contain' in properties ? 'yes' : 'no';
        const own = Object.keys(properties).filter((key) => !COMMON.includes(key));
        const named = own.map((key) => `\`${key}\``).join(', ') || 'none';
        return `| ${id} | ${wishes} | ${isContainable} | ${named} |`;
      }),
    );
  });

  it('has examples that are good policies', async () => {
    const page = await readFile(PAGE, 'utf8');
    const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) =>
      text.startsWith('version') ? text : `version: 1\naccess: []\n${text}`,
    );

    expect(examples.length).toBeGreaterThan(1);
    for (const text of examples) {
      expect(parsePolicy('guardrail.yaml', text, NOW)).toMatchObject({ ok: true });
    }
  });
});

async function tableRows(start: string): Promise<readonly string[]> {
  const lines = (await readFile(PAGE, 'utf8')).split('\n');
  return lines.filter((line) => line.startsWith(start));
}

function without(keys: readonly string[], schema: JsonSchema): JsonSchema {
  const kept = Object.entries(schema.properties ?? {}).filter(([key]) => !keys.includes(key));
  return { ...schema, properties: Object.fromEntries(kept) };
}

/** One row for each key that is no mapping of others. */
function rowsOf({ properties = {}, required = [] }: JsonSchema, prefix: string): readonly string[] {
  return Object.entries(properties).flatMap(([key, held]) => {
    const path = `${prefix}${key}`;
    if (held.properties !== undefined) return rowsOf(held, `${path}.`);
    const fallback = required.includes(key) ? 'required' : 'none';
    const row = toRow(path, 'default' in held ? `\`${asText(held.default)}\`` : fallback, held);
    return [row, ...rowsOf(held.items ?? {}, `${path}[].`)];
  });
}

function toRow(key: string, fallback: string, schema: JsonSchema | undefined): string {
  return `| \`${key}\` | ${fallback} | ${schema?.description} |`;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
