import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsFault } from './aws-fault.ts';

/**
 * Refuses a value that is not of the form which a schema describes.
 *
 * The SDK's deserializers pass a value of the wrong type through, which would fail far from here.
 */
export function checkShape(schema: NormalizedSchema, value: unknown, path = ''): void {
  if (schema.isUnitSchema() || schema.isDocumentSchema()) return;
  if (!hasForm(schema, value)) {
    throw new AwsFault(`Could not parse the request: ${path || 'the body'} is of the wrong type`, {
      code: 'SerializationException',
      status: 400,
    });
  }
  if (schema.isListSchema()) checkItems(schema, value as readonly unknown[], path);
  else if (schema.isMapSchema()) checkEntries(schema, value as object, path);
  else if (schema.isStructSchema()) checkMembers(schema, value as object, path);
}

function hasForm(schema: NormalizedSchema, value: unknown): boolean {
  if (schema.isListSchema()) return Array.isArray(value);
  if (schema.isMapSchema() || schema.isStructSchema()) return isPlainObject(value);
  if (schema.isTimestampSchema()) return value instanceof Date && !Number.isNaN(value.getTime());
  if (schema.isBlobSchema()) return value instanceof Uint8Array;
  if (schema.isNumericSchema()) return Number.isFinite(value);
  return typeof value === (schema.isBooleanSchema() ? 'boolean' : 'string');
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkItems(schema: NormalizedSchema, items: readonly unknown[], path: string): void {
  for (const item of items) checkShape(schema.getValueSchema(), item, path);
}

function checkEntries(schema: NormalizedSchema, map: object, path: string): void {
  for (const value of Object.values(map)) checkShape(schema.getValueSchema(), value, path);
}

function checkMembers(schema: NormalizedSchema, struct: object, path: string): void {
  const given = new Map<string, unknown>(Object.entries(struct));
  for (const [name, member] of schema.structIterator()) {
    const value = given.get(name);
    if (value !== undefined) checkShape(member, value, path === '' ? name : `${path}.${name}`);
  }
}
