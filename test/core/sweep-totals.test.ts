import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportedFinding } from '../../functions/core/finding.ts';
import type { IdleFunction } from '../../functions/core/idle-function.ts';
import { SEVERITIES } from '../../functions/core/policy.ts';
import { addSwept, NO_TOTALS, worstOf } from '../../functions/core/sweep-totals.ts';
import type { SweptFunction } from '../../functions/core/swept-function.ts';
import { ATTACHMENTS } from '../support/builders.ts';

describe('addSwept', () => {
  it('counts a function that is compliant', () => {
    expect(total(sweptOf('a', { isCompliant: true }))).toEqual({
      ...NO_TOTALS,
      scanned: 1,
      compliant: 1,
    });
  });

  it('counts nothing of a function that is gone', () => {
    expect(total(sweptOf('a', { isGone: true, isCompliant: true, isBaselineNew: true }))).toBe(
      NO_TOTALS,
    );
  });

  it('counts violations by control, and which of them are new', () => {
    const { violations } = total(
      sweptOf('a', { findings: [foundOf('LVG.1'), foundOf('LVG.3')], newControlIds: ['LVG.3'] }),
      sweptOf('b', { findings: [foundOf('LVG.1')] }),
      sweptOf('c', { findings: [foundOf('LVG.1')], newControlIds: ['LVG.1'], isQuarantined: true }),
    );

    expect(violations).toEqual({
      'LVG.1': {
        severity: 'high',
        functions: 3,
        names: ['a', 'b'],
        fresh: 1,
        freshNames: ['c'],
        heldNames: ['c'],
      },
      'LVG.3': {
        severity: 'high',
        functions: 1,
        names: ['a'],
        fresh: 1,
        freshNames: ['a'],
        heldNames: [],
      },
    });
  });

  it('names what is new, however many old ones come first', () => {
    const findings = [foundOf('LVG.1')];
    const old = Array.from({ length: 9 }, (_, at) => sweptOf(`old-${at}`, { findings }));

    const { violations } = total(...old, sweptOf('z', { findings, newControlIds: ['LVG.1'] }));

    expect(violations['LVG.1']).toMatchObject({ functions: 10, fresh: 1, freshNames: ['z'] });
  });

  it('counts neither what is exempt nor what is unknown as a violation', () => {
    const exemption = { owner: 'payments', reason: 'r', expires: '2027-03-31' };
    const findings = [foundOf('LVG.1', { exemption }), foundOf('LVG.7', { verdict: 'unknown' })];

    expect(total(sweptOf('a', { findings })).violations).toBe(NO_TOTALS.violations);
  });

  it('counts what is unknown, in quarantine, resolved and a new baseline', () => {
    const totals = total(
      sweptOf('a', { unknown: ['not allowed'], isQuarantined: true }),
      sweptOf('b', { isResolved: true, isBaselineNew: true }),
    );

    expect(totals).toMatchObject({
      scanned: 2,
      unknown: { functions: 1, names: ['a'] },
      quarantined: { functions: 1, names: ['a'] },
      resolved: { functions: 1, names: ['b'] },
      baselines: 1,
    });
  });

  it('counts what was enqueued by its kind', () => {
    const planned = (kind: string) =>
      sweptOf('a', { planned: { id: 'remediation-1', kind, isCounted: true } });

    expect(total(planned('revert'), planned('wake'), planned('revert')).planned).toEqual({
      revert: 2,
      wake: 1,
    });
  });

  it('counts idle functions and versions, and names a function once', () => {
    const idle = [idleOf({ isListed: true }), idleOf({ version: '3', canWake: 'no' })];

    expect(total(sweptOf('a', { idle })).idle).toEqual({
      functions: 2,
      names: ['a'],
      listed: 1,
      stuck: 1,
    });
  });

  it('counts all and names five, however many there are', () => {
    fc.assert(
      fc.property(fc.nat({ max: 40 }), (count) => {
        const swept = Array.from({ length: count }, (_, index) =>
          sweptOf(`f-${index}`, { isQuarantined: true }),
        );

        const { scanned, quarantined } = total(...swept);

        expect([scanned, quarantined.functions]).toEqual([count, count]);
        expect(quarantined.names).toHaveLength(Math.min(count, 5));
      }),
    );
  });
});

describe('worstOf', () => {
  it('is undefined where nothing was found', () => {
    expect(worstOf(NO_TOTALS)).toBeUndefined();
  });

  it('is the highest severity, in whatever order they were found', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...SEVERITIES), { minLength: 1 }), (severities) => {
        const swept = severities.map((severity, index) =>
          sweptOf('a', { findings: [foundOf(`LVG.${index}`, { severity })] }),
        );

        const worst = SEVERITIES.findLast((severity) => severities.includes(severity));
        expect(worstOf(total(...swept))).toBe(worst);
      }),
    );
  });
});

function total(...swept: readonly SweptFunction[]) {
  return swept.reduce(addSwept, NO_TOTALS);
}

function sweptOf(name: string, given: Partial<SweptFunction>): SweptFunction {
  return {
    functionArn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
    isGone: false,
    isCompliant: false,
    findings: [],
    idle: [],
    newControlIds: [],
    isResolved: false,
    isQuarantined: false,
    isBaselineNew: false,
    ...given,
  };
}

function foundOf(controlId: string, given: Partial<ReportedFinding> = {}): ReportedFinding {
  return {
    id: 'finding-1',
    controlId,
    functionArn: 'arn',
    verdict: 'violation',
    severity: 'high',
    reason: 'it is so',
    attachment: ATTACHMENTS.forbidden,
    remediation: 'none',
    observedAt: '2026-11-22T09:00:00.000Z',
    ...given,
  };
}

function idleOf(given: Partial<IdleFunction>): IdleFunction {
  return {
    functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:a',
    isListed: false,
    canWake: 'yes',
    toWake: 'invoke it',
    ...given,
  };
}
