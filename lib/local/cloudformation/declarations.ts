import { isObject, type JsonObject, toText } from './json-value.ts';
import { validationError } from './validation-error.ts';

/** Reads each declaration of a section. */
export function mapSection<Declaration>(
  name: string,
  section: JsonObject,
  parse: (declaration: JsonObject, place: string) => Declaration,
): ReadonlyMap<string, Declaration> {
  return new Map(
    Object.entries(section).map(([id, declaration]) => {
      const place = `/${name}/${id}`;
      if (!/^[a-zA-Z0-9]{1,255}$/.test(id)) {
        throw validationError(
          `Template format error: ${name} name ${id.slice(0, 100)} is non alphanumeric.`,
        );
      }
      if (!isObject(declaration)) throw malformed(place, 'is not an object.');
      return [id, parse(declaration, place)];
    }),
  );
}

/** Refuses a declaration with a member that the local account does not know. */
export function refuseUnknown(
  place: string,
  declaration: JsonObject,
  known: readonly string[],
): void {
  const [unknown] = Object.keys(declaration).filter((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw malformed(place, `the local account does not support \`${unknown}\` here.`);
  }
}

/** Reads a list of texts, or one alone. */
export function listOfTexts(value: unknown, place: string): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map((item) => scalarOf(item, place));
}

/** Reads a text, or a number or a boolean written as one. */
export function scalarOf(value: unknown, place: string): string {
  return typeof value === 'number' || typeof value === 'boolean'
    ? toText(value)
    : textOf(value, place);
}

/** Reads a text. */
export function textOf(value: unknown, place: string): string {
  if (typeof value === 'string') return value;
  throw malformed(place, 'must be a string.');
}

/** Says what is wrong at a place of a template. */
export function malformed(place: string, what: string): ReturnType<typeof validationError> {
  return validationError(`Template format error: [${place}] ${what}`);
}
