import { describe, expect, it } from 'vitest';
import { nameSome } from '../../functions/core/name-some.ts';

describe('nameSome', () => {
  it.each([
    { case: 'nothing', names: [], expected: '' },
    { case: 'as many as are shown', names: ['a', 'b'], expected: 'a, b' },
    { case: 'one more than is shown', names: ['a', 'b', 'c'], expected: 'a, b and 1 more' },
  ])('names $case', ({ names, expected }) => {
    expect(nameSome(names, 2)).toBe(expected);
  });

  it('sets them apart as it is told', () => {
    expect(nameSome(['a', 'b'], 2, '; ')).toBe('a; b');
  });
});
