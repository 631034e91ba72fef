import { compileWildcard } from '../../../functions/core/wildcard.ts';

/** How far to go in both patterns, and how many colons that takes. */
type Step = readonly [left: number, right: number, colons: number];

/** Tells whether a pattern matches all that another one matches; false also where that is hard to tell. */
export function covers(outer: string, inner: string): boolean {
  // A `?` would take the other pattern's `*` for one character.
  if (outer.includes('?') && inner.includes('*')) return outer === inner;
  return compileWildcard(outer)(inner);
}

/** Tells whether some text with at most so many colons may match both patterns. */
export function mayMeet(left: string, right: string, mostColons = Number.POSITIVE_INFINITY) {
  const open: Step[] = [[0, 0, 0]];
  const seen = new Set<string>();
  for (let here = open.pop(); here !== undefined; here = open.pop()) {
    const [atLeft, atRight, colons] = here;
    if (atLeft === left.length && atRight === right.length) return true;
    for (const step of stepsFrom(left[atLeft], right[atRight])) {
      const next: Step = [atLeft + step[0], atRight + step[1], colons + step[2]];
      if (next[2] > mostColons || seen.has(next.join())) continue;
      seen.add(next.join());
      open.push(next);
    }
  }
  return false;
}

function stepsFrom(left: string | undefined, right: string | undefined): readonly Step[] {
  if (left === '*' && right === '*') {
    return [
      [1, 0, 0],
      [0, 1, 0],
    ];
  }
  if (left === '*') return [[1, 0, 0], ...swallow(right).map((): Step => [0, 1, colonsIn(right)])];
  if (right === '*') return [[0, 1, 0], ...swallow(left).map((): Step => [1, 0, colonsIn(left)])];
  if (left === undefined || right === undefined) return [];
  if (left !== right && left !== '?' && right !== '?') return [];
  return [[1, 1, Math.max(colonsIn(left), colonsIn(right))]];
}

function swallow(character: string | undefined): readonly string[] {
  return character === undefined ? [] : [character];
}

function colonsIn(character: string | undefined): number {
  return character === ':' ? 1 : 0;
}
