import { isObject, type JsonObject, toText } from './json-value.ts';
import { validationError } from './validation-error.ts';

/** Reads a property that is a text, or a number or a boolean written as one. */
export function textAt(properties: JsonObject, name: string): string | undefined {
  const value = properties[name];
  if (value === undefined) return undefined;
  if (typeof value === 'object') throw wrongType(name, 'a string');
  return toText(value);
}

/** Reads a property that is a list of texts. */
export function textsAt(properties: JsonObject, name: string): readonly string[] {
  const value = properties[name] ?? [];
  if (!Array.isArray(value)) throw wrongType(name, 'a list');
  return value.map(toText);
}

/** Reads a property that is a list of objects. */
export function objectsAt(properties: JsonObject, name: string): readonly JsonObject[] {
  const value = properties[name] ?? [];
  if (Array.isArray(value) && value.every(isObject)) return value;
  throw wrongType(name, 'a list of objects');
}

/** Reads a property that is an object. */
export function objectAt(properties: JsonObject, name: string): JsonObject | undefined {
  const value = properties[name];
  if (value === undefined || isObject(value)) return value;
  throw wrongType(name, 'an object');
}

/** Reads a property that is a document, as the text that services take. */
export function documentAt(properties: JsonObject, name: string): string | undefined {
  const value = properties[name];
  if (value === undefined || typeof value === 'string') return value;
  return JSON.stringify(value);
}

/** Picks some of the properties. */
export function only(properties: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.filter((name) => name in properties).map((name) => [name, properties[name]]),
  );
}

function wrongType(name: string, expected: string): ReturnType<typeof validationError> {
  return validationError(`Value of property ${name} must be of type ${expected}`);
}
