import { describe, expect, it } from 'vitest';
import { chooseRevert, recentReverts } from '../../functions/core/choose-revert.ts';
import type { Finding } from '../../functions/core/finding.ts';
import type { ControlSettings } from '../../functions/core/policy.ts';
import {
  controlOf,
  enforcingPolicy,
  findingOf,
  lookOf,
  originOf,
  violationOf,
} from '../support/builders.ts';

describe('chooseRevert', () => {
  it('goes to the baseline', () => {
    expect(chooseRevert(lookOf(), violationOf())).toEqual({
      kind: 'revert',
      target: originOf('approved'),
      reason: 'its last good attachment is known',
    });
  });

  it('names nobody where nobody is known to fight', () => {
    const { actor, eventId, ...violation } = violationOf({ conflicts: 3 });

    expect(chooseRevert(lookOf(), violation)).toEqual({
      kind: 'none',
      why: '3 reverts met a function that kept changing',
    });
  });

  it('goes nowhere while a control that the policy acts on rejects the target, or cannot tell', () => {
    const policy = policyWith({ onChange: 'revert' });

    for (const status of ['violation', 'unknown'] as const) {
      const target = targetOf(status);
      expect(chooseRevert(lookOf({ target, policy }), violationOf())).toEqual({
        kind: 'none',
        why: 'the policy does not allow its last good attachment',
      });
    }
  });

  it('goes where only a control objects that the policy never acts on', () => {
    const look = lookOf({ target: targetOf('violation'), policy: policyWith({}) });

    expect(chooseRevert(look, violationOf())).toMatchObject({ target: originOf('approved') });
  });

  it('goes nowhere that could not be looked up', () => {
    const target = { ...targetOf('compliant'), doubt: 'nobody may read it' };

    expect(chooseRevert(lookOf({ target }), violationOf())).toEqual({
      kind: 'none',
      why: 'its last good attachment could not be looked up: nobody may read it',
    });
  });
});

function targetOf(status: Finding['verdict']['status']) {
  const findings = [findingOf('compliant'), findingOf(status, { controlId: 'LVG.3' })];
  return { origin: originOf('approved'), missing: [], findings };
}

function policyWith(settings: Partial<ControlSettings>) {
  const onlyTold = { onCreate: 'notify', onChange: 'notify', onFound: 'notify' } as const;
  return enforcingPolicy({
    controls: { 'LVG.1': controlOf(), 'LVG.3': controlOf({ ...onlyTold, ...settings }) },
  });
}

describe('chooseRevert: the fallback', () => {
  const fallback = {
    origin: originOf('alsoApproved'),
    findings: [findingOf('compliant')],
    missing: [],
  };
  const { target: _, ...nowhere } = lookOf({ fallback });

  it('is where a function goes that has no good baseline', () => {
    expect(chooseRevert(nowhere, violationOf())).toEqual({
      kind: 'fallback',
      target: originOf('alsoApproved'),
      reason: 'no compliant attachment of it is known',
    });
  });

  it('comes after a good baseline', () => {
    expect(chooseRevert(lookOf({ fallback }), violationOf())).toMatchObject({ kind: 'revert' });
  });

  it('comes after what is wrong with the baseline, and says what', () => {
    const target = { ...targetOf('compliant'), missing: ['subnet-2'] };

    expect(chooseRevert(lookOf({ fallback, target }), violationOf())).toMatchObject({
      kind: 'fallback',
      reason: 'of its last good attachment these do not exist: subnet-2',
    });
  });

  it.each([
    ['the policy does not allow the fallback', { findings: [findingOf('violation')] }],
    ['of the fallback these do not exist: sg-1', { missing: ['sg-1'] }],
    ['the fallback could not be looked up: denied', { doubt: 'denied' }],
    ['the fallback is the present one', { origin: originOf('forbidden') }],
  ])('is nowhere to go where %s', (why, given) => {
    const look = { ...nowhere, fallback: { ...fallback, ...given } };

    expect(chooseRevert(look, violationOf())).toEqual({
      kind: 'none',
      why: `no compliant attachment of it is known, and ${why}`,
    });
  });

  it('is nowhere to go after AWS refused it, or in a fight', () => {
    const refused = [{ target: 'subnet-3|sg-1|false', error: 'InvalidParameterValueException' }];

    expect(chooseRevert(nowhere, violationOf({ refused })).kind).toBe('none');
    expect(chooseRevert(nowhere, violationOf({ conflicts: 3 })).kind).toBe('none');
  });
});

describe('recentReverts', () => {
  it('keeps those within the window', () => {
    expect(recentReverts([0, 1, 60_000], { nowMs: 60_000, perMinutes: 1 })).toEqual([1, 60_000]);
  });
});
