import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileWildcard, matchesAny } from '../../functions/core/wildcard.ts';

describe('compileWildcard', () => {
  it('matches what the same regular expression matches', () => {
    const patterns = fc.string({ maxLength: 8, unit: fc.constantFrom('a', 'b', '*', '?', '.') });
    const texts = fc.string({ maxLength: 10, unit: fc.constantFrom('a', 'b', '*', '.') });

    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        const source = pattern.replaceAll('.', '\\.').replaceAll('?', '.').replaceAll('*', '.*');
        expect(compileWildcard(pattern)(text)).toBe(new RegExp(`^${source}$`).test(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('needs no more than pattern length times text length for a hostile pattern', () => {
    const matches = compileWildcard(`${'*a'.repeat(500)}b`);

    expect(matches('a'.repeat(5000))).toBe(false);
  });
});

describe('matchesAny', () => {
  it.each([
    { patterns: ['nightly-*'], text: 'nightly-report', expected: true },
    { patterns: ['orders', 'nightly-?'], text: 'nightly-1', expected: true },
    { patterns: ['orders', 'nightly-?'], text: 'orders', expected: true },
    { patterns: ['orders', 'nightly-?'], text: 'order', expected: false },
    { patterns: ['ab*ba'], text: 'aba', expected: false },
    { patterns: ['ab*ba'], text: 'abba', expected: true },
    { patterns: ['a*b*b'], text: 'ab', expected: false },
    { patterns: [], text: '', expected: false },
  ])('is $expected for $text in $patterns', ({ patterns, text, expected }) => {
    expect(matchesAny(patterns, text)).toBe(expected);
  });
});
