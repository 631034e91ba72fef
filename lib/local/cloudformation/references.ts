import { intrinsicOf, parseGetAtt, parseSub } from './intrinsic-syntax.ts';
import { resolverOf } from './intrinsics.ts';
import { isObject, type JsonObject, toText } from './json-value.ts';

/** A place in a template that names something else in it. */
export interface Reference {
  readonly name: string;
  /** Present where it is a resource's attribute that is named. */
  readonly attribute?: string;
}

/** Lists what a value refers to; throws AWS's `ValidationError` for a function that does not exist. */
export function referencesIn(value: unknown): readonly Reference[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  const found = intrinsicOf(value);
  if (found === undefined) return Object.values(value).flatMap(referencesIn);
  resolverOf(found.name);
  return referencesOf(found.name, found.argument);
}

function referencesOf(name: string, argument: unknown): readonly Reference[] {
  switch (name) {
    case 'Ref':
      return [{ name: toText(argument) }];
    case 'Fn::GetAtt':
      return [toAttributeReference(argument)];
    case 'Fn::Sub':
      return referencesInSub(argument);
    default:
      return referencesIn(argument);
  }
}

function toAttributeReference(argument: unknown): Reference {
  const [name, attribute] = parseGetAtt(argument);
  return { name, attribute };
}

function referencesInSub(argument: unknown): readonly Reference[] {
  const [text, own]: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  const values: JsonObject = isObject(own) ? own : {};
  const named = parseSub(toText(text))
    .filter((part) => typeof part !== 'string')
    .filter(({ name }) => !Object.hasOwn(values, name))
    .map(({ name }) => (name.includes('.') ? toAttributeReference(name) : { name }));
  return [...named, ...referencesIn(values)];
}
