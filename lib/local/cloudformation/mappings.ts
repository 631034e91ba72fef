import { isObject, type JsonObject, toText } from './json-value.ts';
import type { Mappings } from './template.ts';
import { validationError } from './validation-error.ts';

/** Reads the section of mappings: values by map, first and second key. */
export function parseMappings(section: JsonObject): Mappings {
  return readLevel('/Mappings', section, (place, map) =>
    readLevel(place, map, (inner, pairs) => readLevel(inner, pairs, readValue)),
  );
}

/** Looks a value up; throws AWS's `ValidationError` where there is none. */
export function findInMap(mappings: Mappings, keys: readonly unknown[]): unknown {
  const [map = '', first = '', second = ''] = keys.map(toText);
  const value = mappings.get(map)?.get(first)?.get(second);
  if (value !== undefined) return value;
  throw validationError(
    `Template error: Unable to get mapping for ${map}::${first}::${second}`.slice(0, 300),
  );
}

function readLevel<Value>(
  place: string,
  level: unknown,
  read: (place: string, value: unknown) => Value,
): ReadonlyMap<string, Value> {
  if (!isObject(level)) {
    throw validationError(`Template format error: [${place}] must be an object.`);
  }
  return new Map(
    Object.entries(level).map(([key, value]) => [key, read(`${place}/${key}`, value)]),
  );
}

function readValue(place: string, value: unknown): unknown {
  if (!isObject(value) && value !== null) return value;
  throw validationError(
    `Template format error: [${place}] Every Mappings attribute must be a String or a List.`,
  );
}
