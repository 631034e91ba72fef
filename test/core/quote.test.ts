import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quote, quoteKind } from '../../functions/core/quote.ts';

describe('quote', () => {
  it.each([
    { input: 'x', expected: '`x`' },
    { input: 7, expected: '`7`' },
    { input: null, expected: '`null`' },
    { input: undefined, expected: 'nothing' },
    { input: ['x'], expected: 'a list' },
    { input: { x: 1 }, expected: 'an object' },
    { input: 'a`b\nc\u2028d\u0000', expected: '`a b c d `' },
  ])('writes $expected', ({ input, expected }) => {
    expect(quote(input)).toBe(expected);
  });

  it('cuts long input', () => {
    expect(quote('x'.repeat(1_000_000))).toBe(`\`${'x'.repeat(99)}…\``);
  });

  it('always writes one bounded line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(quote(text)).toMatch(/^`.{0,100}`$/su);
        expect(quote(text)).not.toMatch(/[\n\r]/);
      }),
    );
  });
});

describe('quoteKind', () => {
  it.each([
    { input: 'false', expected: 'the text `false`' },
    { input: false, expected: '`false`' },
  ])('tells the kind of a text alone: $input', ({ input, expected }) => {
    expect(quoteKind(input)).toBe(expected);
  });
});
