import { describe, expect, it } from 'vitest';
import { isCounted, newTrip } from '../../functions/core/breaker.ts';
import { NOW_MS } from '../support/builders.ts';

describe('newTrip', () => {
  it('has the same id for the same moment, and another one later', () => {
    const limit = { max: 2, perMinutes: 15 };
    const why = { atMs: NOW_MS, reason: 'limit', policyHash: 'test', limit, count: 3 } as const;

    expect(newTrip(why)).toEqual({ ...why, id: newTrip({ ...why, count: 4 }).id });
    expect(newTrip({ ...why, atMs: NOW_MS + 1 }).id).not.toBe(newTrip(why).id);
  });
});

describe('isCounted', () => {
  it.each([
    ['revert', 'change', true],
    ['revert', 'create', true],
    ['fallback', 'create', true],
    ['quarantine', 'change', true],
    ['quarantine', 'found', true],
    ['quarantine', 'create', false],
    ['release', 'change', false],
    ['wake', 'found', false],
  ] as const)('answers for a %s after a %s', (kind, cause, answer) => {
    expect(isCounted({ intent: { kind }, violation: { cause } })).toBe(answer);
  });

  it('counts a quarantine of which nobody knows the violation', () => {
    expect(isCounted({ intent: { kind: 'quarantine' } })).toBe(true);
  });
});
