import { describe, expect, it } from 'vitest';
import { editDistance } from '../../../lib/policy/lint/edit-distance.ts';

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['abc', 'abc', 0],
    ['abc', 'ac', 1],
    ['ac', 'abc', 1],
    ['abc', 'axc', 1],
    ['create', 'delete', 4],
    ['kitten', 'sitting', 3],
  ])('counts from `%s` to `%s` %i letters', (from, to, letters) => {
    expect(editDistance(from, to)).toBe(letters);
  });
});
