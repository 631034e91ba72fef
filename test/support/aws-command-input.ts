import type { NormalizedSchema } from '@smithy/core/schema';
import { parseShorthand } from './aws-command-shorthand.ts';

/** What stands behind `file://` and `fileb://`. */
export type ReadFile = (path: string) => Promise<Uint8Array>;

type Members = ReadonlyMap<string, readonly [string, NormalizedSchema]>;

/** The words behind an operation: the request that its flags make, and what stands there without a flag. */
export async function readFlags(
  schema: NormalizedSchema,
  words: readonly string[],
  readFile: ReadFile,
): Promise<{ readonly input: Record<string, unknown>; readonly rest: readonly string[] }> {
  const members: Members = new Map(
    [...schema.structIterator()].map(([name, member]) => [name.toLowerCase(), [name, member]]),
  );
  const input: Record<string, unknown> = {};
  const rest: string[] = [];
  for (let at = 0; at < words.length; ) {
    const word = words[at] ?? '';
    at += 1;
    if (!word.startsWith('--')) {
      rest.push(word);
      continue;
    }
    const { name, member, isOff } = findMember(members, word);
    const taken = takeValues(member, words.slice(at));
    at += taken.length;
    const texts = await Promise.all(taken.map((text) => readText(text, readFile)));
    input[name] = member.isBooleanSchema() ? !isOff : toValue(member, texts);
  }
  return { input, rest };
}

function findMember(members: Members, flag: string) {
  const asked = flag.slice(2).replaceAll('-', '').toLowerCase();
  const plain = members.get(asked);
  if (plain !== undefined) return { name: plain[0], member: plain[1], isOff: false };
  const negated = asked.startsWith('no') ? members.get(asked.slice(2)) : undefined;
  if (negated?.[1].isBooleanSchema() === true) {
    return { name: negated[0], member: negated[1], isOff: true };
  }
  throw new Error(`unknown option \`${flag}\``);
}

/** Lists take every word up to the next flag, switches none, everything else one. */
function takeValues(member: NormalizedSchema, words: readonly string[]): readonly string[] {
  if (member.isBooleanSchema()) return [];
  if (!member.isListSchema()) return words.slice(0, 1);
  const end = words.findIndex((word) => word.startsWith('--'));
  return end === -1 ? words : words.slice(0, end);
}

async function readText(word: string, readFile: ReadFile): Promise<string | Uint8Array> {
  const [, kind, path = ''] = /^file(b?):\/\/(.*)$/.exec(word) ?? [];
  if (kind === undefined) return word;
  const bytes = await readFile(path);
  return kind === 'b' ? bytes : Buffer.from(bytes).toString('utf8');
}

function toValue(schema: NormalizedSchema, texts: readonly (string | Uint8Array)[]): unknown {
  const [first = ''] = texts;
  if (schema.isBlobSchema()) return Buffer.from(first);
  const isJson = typeof first === 'string' && /^\s*[[{]/.test(first);
  if (schema.isListSchema() && !isJson) {
    return texts.map((text) => toValue(schema.getValueSchema(), [text]));
  }
  if (isStructured(schema)) {
    return shape(schema, isJson ? JSON.parse(first) : parseShorthand(String(first)));
  }
  return shape(schema, String(first));
}

/** Gives what was written the types that a schema asks for. */
function shape(schema: NormalizedSchema, value: unknown): unknown {
  if (schema.isListSchema()) {
    const items = Array.isArray(value) ? value : [value];
    return items.map((item) => shape(schema.getValueSchema(), item));
  }
  if (isStructured(schema) && typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map(([key, held]) => [key, shapeMember(schema, key, held)]));
  }
  if (schema.isNumericSchema()) return Number(value);
  if (schema.isBooleanSchema()) return value === true || value === 'true';
  return value;
}

function shapeMember(schema: NormalizedSchema, key: string, held: unknown): unknown {
  if (schema.isMapSchema()) return shape(schema.getValueSchema(), held);
  const member = [...schema.structIterator()].find(([name]) => name === key);
  if (member === undefined) throw new Error(`unknown key \`${key}\``);
  return shape(member[1], held);
}

function isStructured(schema: NormalizedSchema): boolean {
  return schema.isStructSchema() || schema.isMapSchema() || schema.isListSchema();
}
