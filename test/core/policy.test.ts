import { describe, expect, it } from 'vitest';
import { isAtLeast, lowerMode, SEVERITIES } from '../../functions/core/policy.ts';

describe('isAtLeast', () => {
  it('orders severities', () => {
    const loud = SEVERITIES.map((severity) =>
      SEVERITIES.filter((other) => isAtLeast(other, severity)),
    );

    expect(loud).toEqual([
      ['low', 'medium', 'high', 'critical'],
      ['medium', 'high', 'critical'],
      ['high', 'critical'],
      ['critical'],
    ]);
  });
});

describe('lowerMode', () => {
  it.each([
    ['enforce', 'enforce', 'enforce'],
    ['enforce', undefined, 'enforce'],
    ['enforce', 'audit', 'audit'],
    ['audit', 'enforce', 'audit'],
    ['audit', undefined, 'audit'],
  ] as const)('of %s and %s is %s', (left, right, expected) => {
    expect(lowerMode(left, right)).toBe(expected);
  });
});
