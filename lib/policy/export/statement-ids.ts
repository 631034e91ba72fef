import type { Origin } from './draft.ts';

const LONGEST_NAME = 64;
/** So many digits at most make a name unique. */
const DIGITS = 4;

/** Room that a statement's id may need beside its name. */
export const RESERVED_DIGITS = '9'.repeat(DIGITS);

/** Makes letters and digits of a statement's id; of its document's name where it has none. */
export function toSid({ document, statement }: Origin): string {
  const file =
    document
      .split('/')
      .at(-1)
      ?.replace(/\.json$/i, '') ?? '';
  const text = statement.startsWith('#') ? `${file} ${statement}` : statement;
  const words = text.split(/[^a-zA-Z0-9]+/).filter((word) => word !== '');
  const sid = words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('');
  return sid.slice(0, LONGEST_NAME) || 'Statement';
}

/** Numbers names that repeat, so that every one is there once. */
export function numberRepeated(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let number = 2; taken.has(unique); number++) unique = `${name}${number}`;
    taken.add(unique);
    return unique;
  });
}
