import { describe, expect, it } from 'vitest';
import {
  coverFindings,
  datedExemptions,
  type Exempted,
  endingSoon,
  endOf,
} from '../../functions/core/exemption.ts';
import type { Exemption } from '../../functions/core/policy.ts';
import { ARN, findingOf, NOW_MS } from '../support/builders.ts';
import { policyOf } from '../support/compiled-policy.ts';

const DAY_MS = 86_400_000;
const PLATFORM = 'arn:aws:iam::123456789012:role/platform-ops';
const trustedTags = [{ key: 'legacy', writers: ['arn:aws:iam::*:role/platform-*'] }];

function exemptionOf(given: Partial<Exemption> = {}): Exemption {
  return {
    id: 'exemption-1',
    functions: ['orders-*'],
    controls: ['LVG.1'],
    owner: 'payments',
    reason: 'a migration',
    expires: '2026-11-30',
    includeNew: false,
    ...given,
  };
}

/** A function that was there a day before the exemption came, an hour ago. */
function exemptedOf(given: Partial<Exempted> = {}): Exempted {
  return {
    functionArn: ARN,
    tags: {},
    tagWrites: {},
    existedAtMs: NOW_MS - DAY_MS,
    met: new Map([['exemption-1', { metMs: NOW_MS - 3_600_000, isEndTold: false }]]),
    nowMs: NOW_MS,
    ...given,
  };
}

function isCovered(exemption: Partial<Exemption>, exempted: Partial<Exempted> = {}): boolean {
  const policy = policyOf({ exemptions: [exemptionOf(exemption)], trustedTags });
  const [finding] = coverFindings([findingOf('violation')], policy, exemptedOf(exempted));
  return finding?.exemption !== undefined;
}

describe('coverFindings', () => {
  it('says who answers for a finding, and how long', () => {
    const policy = policyOf({ exemptions: [exemptionOf()] });

    expect(coverFindings([findingOf('violation')], policy, exemptedOf())).toEqual([
      {
        ...findingOf('violation'),
        exemption: { owner: 'payments', reason: 'a migration', expires: '2026-11-30' },
      },
    ]);
  });

  it('covers what cannot be told, and leaves alone what needs nobody to answer', () => {
    const policy = policyOf({ exemptions: [exemptionOf()] });
    const findings = [findingOf('unknown'), findingOf('compliant'), findingOf('not-applicable')];

    const covered = coverFindings(findings, policy, exemptedOf());

    expect(covered.map(({ exemption }) => exemption?.owner)).toEqual([
      'payments',
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['another control', { controls: ['LVG.2'] }, {}],
    ['another function', { functions: ['billing-*'] }, {}],
    ['a function that came after it', {}, { existedAtMs: NOW_MS }],
    ['a function that came with it', {}, { existedAtMs: NOW_MS - 3_600_000 }],
    ['anything, before a deployment met it', {}, { met: new Map() }],
    ['anything, once its last day is over', {}, { nowMs: Date.UTC(2026, 11, 1) }],
  ])('does not cover %s', (_, exemption, exempted) => {
    expect(isCovered(exemption, exempted)).toBe(false);
  });

  it.each([
    ['every function that was there', {}, {}],
    ['until its last day is over', {}, { nowMs: Date.UTC(2026, 11, 1) - 1 }],
    ['new functions where it says so', { includeNew: true }, { existedAtMs: NOW_MS }],
    ['one of several patterns', { functions: ['billing-*', 'orders-api'] }, {}],
  ])('covers %s', (_, exemption, exempted) => {
    expect(isCovered(exemption, exempted)).toBe(true);
  });

  it.each([
    ['a tag that one of its writers wrote, on new functions too', PLATFORM, true],
    ['no tag that somebody else wrote', 'arn:aws:iam::123456789012:role/dev', false],
  ])('covers by %s', (_, writer, expected) => {
    const exempted = {
      existedAtMs: NOW_MS,
      tags: { legacy: 'yes' },
      tagWrites: { legacy: { value: 'yes', writer } },
    };

    expect(isCovered({ functions: ['tag:legacy=yes'] }, exempted)).toBe(expected);
  });
});

describe('datedExemptions', () => {
  it('names those that cover only what was there', () => {
    const byName = exemptionOf({ id: 'by-name' });
    const withNew = exemptionOf({ id: 'with-new', includeNew: true });
    const byTag = exemptionOf({ id: 'by-tag', functions: ['tag:legacy=yes'] });
    const policy = policyOf({ exemptions: [byName, withNew, byTag] });

    expect(datedExemptions(policy)).toEqual([byName]);
  });
});

describe('endingSoon', () => {
  it('names those that end within the days of the policy', () => {
    const expires = ['2026-11-21', '2026-11-22', '2026-11-28', '2026-11-29', '2027-01-01'];
    const exemptions = expires.map((day) => exemptionOf({ id: day, expires: day }));

    const ending = endingSoon(policyOf({ exemptions }), NOW_MS);

    expect(ending.map(({ id }) => id)).toEqual(['2026-11-22', '2026-11-28']);
  });
});

describe('endOf', () => {
  it('is the end of the day, in UTC', () => {
    expect(endOf({ expires: '2026-11-30' })).toBe(Date.UTC(2026, 11, 1));
  });

  it('is long past for what is no day', () => {
    expect(endOf({ expires: 'never' })).toBe(DAY_MS);
  });
});
