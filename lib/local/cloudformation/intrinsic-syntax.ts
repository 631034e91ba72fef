import { type JsonObject, toText } from './json-value.ts';
import { validationError } from './validation-error.ts';

/** The function that an object stands for; undefined where it stands for itself. */
export function intrinsicOf(
  value: JsonObject,
): { readonly name: string; readonly argument: unknown } | undefined {
  const [entry, second] = Object.entries(value);
  if (entry === undefined || second !== undefined) return undefined;
  const [name, argument] = entry;
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument } : undefined;
}

/** The parts of a `Fn::Sub` text: names to be substituted, and everything between them. */
export function parseSub(text: string): readonly (string | { readonly name: string })[] {
  return text
    .split(/(\$\{[^}]*\})/)
    .map((part) =>
      /^\$\{[^!}][^}]*\}$/.test(part)
        ? { name: part.slice(2, -1).trim() }
        : part.replace(/^\$\{!([^}]*)\}$/, (_whole, literal: string) => `\${${literal}}`),
    );
}

/** The logical id and the attribute that a `Fn::GetAtt` names. */
export function parseGetAtt(argument: unknown): readonly [id: string, attribute: string] {
  const parts = typeof argument === 'string' ? argument.split('.') : argument;
  if (
    Array.isArray(parts) &&
    parts.length >= 2 &&
    parts.every((part) => typeof part === 'string')
  ) {
    const [id, ...attribute] = parts;
    return [toText(id), attribute.join('.')];
  }
  throw validationError(
    'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
  );
}
