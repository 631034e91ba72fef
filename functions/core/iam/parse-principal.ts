import { isRecord } from '../json-value.ts';
import { quote } from '../quote.ts';
import type { Statement } from './document.ts';
import type { Place } from './document-faults.ts';
import { textsOf } from './parse-values.ts';

const KINDS = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

/** Reads `Principal` or `NotPrincipal`: exactly one of the two. */
export function parsePrincipal(
  statement: Readonly<Record<string, unknown>>,
  place: Place,
): Statement['principal'] {
  const isNot = 'NotPrincipal' in statement;
  if (isNot && 'Principal' in statement) {
    return place.at('NotPrincipal').report('expected no `NotPrincipal` beside `Principal`');
  }
  const name = isNot ? 'NotPrincipal' : 'Principal';
  const value = statement[name];
  const here = place.at(name);
  if (value === '*') return { isNot, patterns: ['*'] };
  if (!isRecord(value)) {
    return here.report(`expected \`*\` or an object such as { "AWS": … }, got ${quote(value)}`);
  }
  const patterns = Object.entries(value).flatMap(([kind, names]) => {
    if (!KINDS.includes(kind)) {
      here.at(kind).report(`unknown kind ${quote(kind)}: expected one of ${KINDS.join(', ')}`);
      return [];
    }
    return textsOf(names, here.at(kind), checkName).map((text) => toPattern(kind, text));
  });
  return { isNot, patterns };
}

function checkName(text: string): string | undefined {
  if (text === '*' || !/[*?\s]/.test(text)) return undefined;
  return `expected a name without wildcards or the single \`*\`, got ${quote(text)}`;
}

function toPattern(kind: string, text: string): string {
  if (kind !== 'AWS') return `${kind.toLowerCase()}:${text}`;
  return /^\d{12}$/.test(text) ? `arn:aws:iam::${text}:root` : text;
}
