import { describe, expect, it } from 'vitest';
import { chooseRevert, recentReverts } from '../../functions/core/choose-revert.ts';
import { findingOf, lookOf, originOf, violationOf } from '../support/builders.ts';

describe('chooseRevert', () => {
  it('goes to the baseline', () => {
    expect(chooseRevert(lookOf(), violationOf())).toEqual({ target: originOf('approved') });
  });

  it('names nobody where nobody is known to fight', () => {
    const { actor, eventId, ...violation } = violationOf({ conflicts: 3 });

    expect(chooseRevert(lookOf(), violation)).toEqual({
      target: undefined,
      why: '3 reverts met a function that kept changing',
    });
  });

  it('goes nowhere while one of several controls rejects the target', () => {
    const findings = [findingOf('compliant'), findingOf('violation', { controlId: 'LVG.3' })];
    const target = { origin: originOf('approved'), missing: [], findings };

    expect(chooseRevert(lookOf({ target }), violationOf())).toMatchObject({ target: undefined });
  });
});

describe('recentReverts', () => {
  it('keeps those within the window', () => {
    expect(recentReverts([0, 1, 60_000], { nowMs: 60_000, perMinutes: 1 })).toEqual([1, 60_000]);
  });
});
