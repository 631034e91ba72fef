import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { exemptionId, hashOf } from '../../lib/policy/policy-hash.ts';

const EXEMPTION = {
  functions: ['a', 'b'],
  controls: ['LVG.1', 'LVG.3'],
  owner: 'payments',
  reason: 'moves',
  expires: '2027-03-31',
  includeNew: false,
};

describe('hashOf', () => {
  it.each([
    { name: 'keys', value: { b: 1, c: 2, a: 3 }, sorted: '{"a":3,"b":1,"c":2}' },
    { name: 'keys within keys', value: { x: { b: 1, a: 2 } }, sorted: '{"x":{"a":2,"b":1}}' },
    { name: 'keys within a list', value: [{ b: 1, a: 2 }, null], sorted: '[{"a":2,"b":1},null]' },
    {
      name: 'no items of a list',
      value: { a: ['b', 'a'], c: null },
      sorted: '{"a":["b","a"],"c":null}',
    },
  ])('is that of the JSON with sorted keys: it sorts $name', ({ value, sorted }) => {
    expect(hashOf(value)).toBe(createHash('sha256').update(sorted).digest('hex'));
  });

  it.each([
    { name: 'a value', left: { a: 1 }, right: { a: 2 } },
    { name: 'a key', left: { a: 1 }, right: { b: 1 } },
    { name: 'the order of a list', left: ['a', 'b'], right: ['b', 'a'] },
    { name: 'a list in the place of an object', left: { 0: 'a' }, right: ['a'] },
    { name: 'null in the place of nothing', left: { a: null }, right: {} },
    { name: 'a text in the place of a number', left: { a: 1 }, right: { a: '1' } },
  ])('changes with $name', ({ left, right }) => {
    expect(hashOf(left)).not.toBe(hashOf(right));
  });
});

describe('exemptionId', () => {
  it.each([
    { name: 'its functions', change: { functions: ['b', 'a'] } },
    { name: 'its controls', change: { controls: ['LVG.3', 'LVG.1'] } },
  ])('does not change with the order of $name', ({ change }) => {
    expect(exemptionId({ ...EXEMPTION, ...change })).toBe(exemptionId(EXEMPTION));
  });

  it.each([
    { functions: ['a'] },
    { controls: ['LVG.1'] },
    { owner: 'billing' },
    { reason: 'stays' },
    { expires: '2027-04-01' },
    { includeNew: true },
  ])('changes with what it says: %j', (change) => {
    expect(exemptionId({ ...EXEMPTION, ...change })).not.toBe(exemptionId(EXEMPTION));
  });
});
