import type { Literal } from './allow-literals.ts';

/** Literals that hold together; one of the ways in which a call escapes several Allows. */
export type Term = readonly Literal[];

/** More ways than that make no documents that anybody could attach. */
export const MOST_TERMS = 128;

/**
 * Multiplies out how a call escapes every one of several Allows, one literal of each.
 *
 * A way that another one contains is left out as it adds nothing; undefined where too many are left.
 */
export function multiply(factors: readonly (readonly Literal[])[]): readonly Term[] | undefined {
  if (factors.some((literals) => literals.length === 0)) return [];
  let terms: readonly Term[] = [[]];
  for (const literals of factors) {
    terms = absorb(terms.flatMap((term) => literals.map((literal) => extend(term, literal))));
    if (terms.length > MOST_TERMS) return undefined;
  }
  return terms;
}

function extend(term: Term, literal: Literal): Term {
  return term.some(({ id }) => id === literal.id) ? term : [...term, literal];
}

/** Leaves out the terms of which another one is a part, and all but the first of equal ones. */
function absorb(terms: readonly Term[]): readonly Term[] {
  const kept: Term[] = [];
  const byLength = terms.toSorted((left, right) => left.length - right.length);
  for (const term of byLength) {
    const ids = new Set(term.map(({ id }) => id));
    if (!kept.some((other) => other.every(({ id }) => ids.has(id)))) kept.push(term);
  }
  return kept;
}
