import type { NormalizedSchema } from '@smithy/core/schema';
import { isObject } from './json-value.ts';

/** Gives the texts of a template the types that an operation wants: `"30"` and 30 are the same there. */
export function coerce(schema: NormalizedSchema, value: unknown): unknown {
  if (schema.isListSchema() && Array.isArray(value)) {
    return value.map((item) => coerce(schema.getValueSchema(), item));
  }
  if (isObject(value)) return coerceObject(schema, value);
  return coerceScalar(schema, value);
}

function coerceScalar(schema: NormalizedSchema, value: unknown): unknown {
  const isText = typeof value === 'string';
  if (schema.isNumericSchema() && isText) return toNumber(value);
  if (schema.isTimestampSchema() && isText) return new Date(value);
  if (schema.isBooleanSchema() && (value === 'true' || value === 'false')) return value === 'true';
  const isOtherScalar = typeof value === 'number' || typeof value === 'boolean';
  return schema.isStringSchema() && isOtherScalar ? String(value) : value;
}

function coerceObject(schema: NormalizedSchema, value: object): unknown {
  if (value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => {
      const member = memberOf(schema, name);
      return [name, member === undefined ? held : coerce(member, held)];
    }),
  );
}

function memberOf(schema: NormalizedSchema, name: string): NormalizedSchema | undefined {
  if (schema.isMapSchema()) return schema.getValueSchema();
  if (!schema.isStructSchema()) return undefined;
  return new Map(schema.structIterator()).get(name);
}

function toNumber(text: string): unknown {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}
