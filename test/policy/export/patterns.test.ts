import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileWildcard } from '../../../functions/core/wildcard.ts';
import { covers, mayMeet } from '../../../lib/policy/export/patterns.ts';

const pattern = fc.string({ maxLength: 5, unit: fc.constantFrom('a', 'b', ':', '*', '?') });
const text = fc.string({ maxLength: 6, unit: fc.constantFrom('a', 'b', ':') });

describe('covers', () => {
  it.each([
    { outer: '*', inner: 'a*', expected: true },
    { outer: 'a*', inner: 'ab*', expected: true },
    { outer: 'ab*', inner: 'a*', expected: false },
    { outer: 'a?', inner: 'ab', expected: true },
    { outer: 'a?', inner: 'a?', expected: true },
    { outer: 'a?', inner: 'a*', expected: false },
    { outer: '?*', inner: '?*', expected: true },
    { outer: 'a', inner: 'a', expected: true },
  ])('says of $outer and $inner: $expected', ({ outer, inner, expected }) => {
    expect(covers(outer, inner)).toBe(expected);
  });

  it('says yes only where all that one pattern matches the other matches too', () => {
    fc.assert(
      fc.property(pattern, pattern, text, (outer, inner, tried) => {
        const isCounterexample = compileWildcard(inner)(tried) && !compileWildcard(outer)(tried);

        expect(covers(outer, inner) && isCounterexample).toBe(false);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('mayMeet', () => {
  it.each([
    { left: 'a-*', right: 'b-*', expected: false },
    { left: 'a-*', right: '*-b', expected: true },
    { left: 'a*', right: 'a', expected: true },
    { left: 'a?', right: '*b', expected: true },
    { left: '**', right: '*', expected: true },
    { left: 'ab', right: 'a', expected: false },
    { left: '*:*:a-*', right: '*:*:b-*', expected: true },
    { left: '*:*:a-*', right: '*:*:b-*', most: 2, expected: false },
    { left: '?:a', right: '*:b:*', most: 1, expected: false },
  ])('says of $left and $right with at most $most colons: $expected', (row) => {
    expect(mayMeet(row.left, row.right, row.most)).toBe(row.expected);
    expect(mayMeet(row.right, row.left, row.most)).toBe(row.expected);
  });

  it('says no only where no text matches both', () => {
    fc.assert(
      fc.property(pattern, pattern, text, (left, right, tried) => {
        const matchesBoth = compileWildcard(left)(tried) && compileWildcard(right)(tried);
        const colons = tried.split(':').length - 1;

        expect(matchesBoth && !mayMeet(left, right, colons)).toBe(false);
      }),
      { numRuns: 5000 },
    );
  });
});
