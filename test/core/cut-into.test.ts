import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutInto } from '../../functions/core/cut-into.ts';

describe('cutInto', () => {
  it('cuts a list into parts, the last one shorter', () => {
    expect(cutInto([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(cutInto([], 2)).toEqual([]);
  });

  it('loses nothing, and leaves no part empty or too long', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 10 }), (items, most) => {
        const parts = cutInto(items, most);

        expect(parts.flat()).toEqual(items);
        expect(parts.every((part) => part.length > 0 && part.length <= most)).toBe(true);
      }),
    );
  });
});
