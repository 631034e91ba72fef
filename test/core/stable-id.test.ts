import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stableId } from '../../functions/core/stable-id.ts';

describe('stableId', () => {
  it.each([
    [[], 'cbf29ce484222325'],
    [['a'], 'af63dc4c8601ec8c'],
    [['foobar'], '85944171f73967e8'],
  ])('hashes %j as FNV-1a does', (parts, expected) => {
    expect(stableId(...parts)).toBe(expected);
  });

  it('keeps parts apart, and always has sixteen digits', () => {
    expect(stableId('ab', 'c')).not.toBe(stableId('a', 'bc'));
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (parts) => {
        expect(stableId(...parts)).toMatch(/^[0-9a-f]{16}$/);
        expect(stableId(...parts)).toBe(stableId(...parts));
      }),
    );
  });
});
