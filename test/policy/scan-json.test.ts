import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanJson } from '../../lib/policy/scan-json.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('scanJson', () => {
  it('takes for JSON what the platform takes for JSON', () => {
    const pieces = fc.constantFrom(
      ...['{', '}', '[', ']', ',', ':', '"a"', '"\\u00e9\\n"', '"\\x"', '1', '-0.5e+3', '01', '.5'],
      ...['true', 'null', 'nul', ' ', '\n', '\t', '"', '\u0007', 'a', '-', '1e'],
    );
    const texts = fc.array(pieces, { maxLength: 9 }).map((all) => all.join(''));
    const broken = fc
      .tuple(fc.json(), fc.nat(60), pieces)
      .map(([text, at, piece]) => text.slice(0, at) + piece + text.slice(at));

    fc.assert(
      fc.property(fc.oneof(texts, broken, fc.json()), (text) => {
        expect(scanJson(text).ok).toBe(isJson(text));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    { text: '1e5', ok: true },
    { text: '1E-5', ok: true },
    { text: '"\\u12"', ok: false },
    { text: '"\\u12af"', ok: true },
  ])('takes $text for JSON: $ok', ({ text, ok }) => {
    expect(scanJson(text).ok).toBe(ok);
  });

  it('finds values by the way to them, or the nearest around them', () => {
    const scanned = scanJson('{ "a": [1, { "b": true }], "c": {} }');
    const ways = [['a'], ['a', 0], ['a', 1, 'b'], ['c', 'x', 'y'], ['x'], []];

    expect(scanned.ok && ways.map((way) => scanned.offsetOf(way))).toEqual([7, 8, 18, 32, 0, 0]);
  });

  it('finds keys by the way to them, or the nearest value around them', () => {
    const scanned = scanJson('{ "a": [1, { "b": true }], "c": {} }');
    const ways = [['a'], ['a', 1, 'b'], ['c'], ['a', 0], ['c', 'x'], []];

    expect(scanned.ok && ways.map((way) => scanned.keyOffsetOf(way))).toEqual([
      2, 13, 27, 8, 32, 0,
    ]);
  });
});
