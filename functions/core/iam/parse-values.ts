import { quote } from '../quote.ts';
import type { Place } from './document-faults.ts';

/** The values of an element that takes one or many. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Reads one or many texts, each of which passes a check; numbers and booleans count as texts. */
export function textsOf(
  value: unknown,
  place: Place,
  check: (text: string) => string | undefined,
): readonly string[] {
  const listed = listOf(value);
  if (listed.length === 0) place.report('expected at least one value');
  return listed.flatMap((item, index) => {
    const here = Array.isArray(value) ? place.at(index) : place;
    const text = toText(item);
    if (text === undefined) {
      here.report(`expected a text, a number or a boolean, got ${quote(item)}`);
      return [];
    }
    const fault = text.includes('${')
      ? `policy variables and their escapes cannot be judged: ${quote(text)}`
      : check(text);
    if (fault !== undefined) here.report(fault);
    return [text];
  });
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return undefined;
}
