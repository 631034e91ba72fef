import { type JsonObject, toText } from '../json-value.ts';
import { objectsAt } from '../property-value.ts';

/** The tags of a template, a list of pairs, as the map that some services want. */
export function tagsOf(properties: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(
    objectsAt(properties, 'Tags').map(({ Key, Value }) => [toText(Key), toText(Value)]),
  );
}
