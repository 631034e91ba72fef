import { describe, expect, it } from 'vitest';
import { compileResource, toResourceName } from '../../../functions/core/iam/resource.ts';

describe('compileResource', () => {
  it.each([
    { pattern: '**', text: 'a:b', expected: true },
    { pattern: 'a*c', text: 'abc', expected: true },
    { pattern: 'a*c', text: 'a:c', expected: true },
    { pattern: '*:*:*', text: 'a:b:c', expected: true },
    { pattern: '*:*:*', text: 'a:b:c:d', expected: true },
    { pattern: '*:*:*', text: 'abc', expected: false },
    { pattern: 'a:*:c', text: 'a:b:c', expected: true },
    { pattern: 'a:*:c', text: 'c:b:a', expected: false },
  ])('answers $expected for $pattern and $text', ({ pattern, text, expected }) => {
    const resource = toResourceName(text);
    const [positive, negative] = [false, true].map((isNot) =>
      compileResource({ isNot, patterns: ['arn:x', pattern] })(resource),
    );

    expect(positive).toBe(expected);
    expect(negative).toBe(!expected);
  });
});
