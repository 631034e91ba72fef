import type { NormalizedSchema } from '@smithy/core/schema';

/**
 * Where JSON has a list and a schema describes members; undefined where nowhere.
 *
 * The SDK's deserializers take such a list for an object without any of the members.
 */
export function findStrayList(
  schema: NormalizedSchema,
  json: unknown,
  path = 'the body',
): string | undefined {
  if (Array.isArray(json)) {
    if (schema.isStructSchema() || schema.isMapSchema()) return path;
    return schema.isListSchema() ? findAmong(json, schema.getValueSchema(), path) : undefined;
  }
  if (typeof json !== 'object' || json === null) return undefined;
  if (schema.isMapSchema()) return findAmong(Object.values(json), schema.getValueSchema(), path);
  return schema.isStructSchema() ? findInMembers(schema, json) : undefined;
}

function findAmong(
  values: readonly unknown[],
  schema: NormalizedSchema,
  path: string,
): string | undefined {
  for (const value of values) {
    const found = findStrayList(schema, value, path);
    if (found !== undefined) return found;
  }
  return undefined;
}

function findInMembers(schema: NormalizedSchema, json: object): string | undefined {
  const given = new Map<string, unknown>(Object.entries(json));
  for (const [name, member] of schema.structIterator()) {
    const key = member.getMergedTraits().jsonName ?? name;
    const found = findStrayList(member, given.get(key), key);
    if (found !== undefined) return found;
  }
  return undefined;
}
