import { describe, expect, it } from 'vitest';
import { remember } from '../../../functions/core/iam/remember.ts';

describe('remember', () => {
  it.each([
    { name: 'finds each thing once', asked: 'abab', found: 'ab' },
    { name: 'forgets all of them where one more comes', asked: 'abcca', found: 'abca' },
    { name: 'remembers again after it has forgotten', asked: 'abcdcdab', found: 'abcdab' },
  ])('$name', ({ asked, found }) => {
    const names: string[] = [];
    const find = remember(2, (name) => {
      names.push(name);
      return name.toUpperCase();
    });

    expect([...asked].map(find).join('')).toBe(asked.toUpperCase());
    expect(names.join('')).toBe(found);
  });
});
