import { quote } from './quote.ts';

/** An object with named members, as parsed from JSON. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** Tells whether a parsed value is an object with named members. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const LONGEST_TEXT = 1000;
const TEXT = `a text of at most ${LONGEST_TEXT} characters`;

/** Reads named members of one object, and collects what is wrong with them. */
export interface MemberReader {
  /** A text that has to be there. */
  readonly text: (name: string) => string;
  /** A text, or undefined where it is missing or null. */
  readonly optionalText: (name: string) => string | undefined;
  /** An object; empty where it is missing or null. */
  readonly record: (name: string) => JsonRecord;
}

/** Makes a reader of an object's members that reports to a list; `path` leads to the object. */
export function createMemberReader(
  value: JsonRecord,
  path: string,
  faults: string[],
): MemberReader {
  const read = <T>(name: string, expected: string, is: (member: unknown) => member is T) => {
    const member = value[name];
    if (member === undefined || member === null || is(member)) return member ?? undefined;
    faults.push(`\`${path}${name}\`: expected ${expected}, got ${quote(member)}`);
    return undefined;
  };
  return {
    text: (name) => {
      const before = faults.length;
      const text = read(name, TEXT, isText);
      if (text) return text;
      if (faults.length === before) faults.push(`\`${path}${name}\`: expected ${TEXT}, got none`);
      return '';
    },
    optionalText: (name) => read(name, TEXT, isText),
    record: (name) => read(name, 'an object', isRecord) ?? {},
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_TEXT;
}
