import { describe, expect, it } from 'vitest';
import type { Exempted } from '../../../functions/core/exemption.ts';
import type { Exemption } from '../../../functions/core/policy.ts';
import { describeExemptions } from '../../../lib/cli/explain/describe-exemptions.ts';
import { ARN, NOW_MS } from '../../support/builders.ts';

const WRITER = 'arn:aws:iam::123456789012:role/platform-ci';
const TRUSTED = [{ key: 'legacy', writers: ['arn:aws:iam::*:role/platform-*'] }];

function exemptionOf(given: Partial<Exemption> = {}): Exemption {
  return {
    id: 'exemption-1',
    functions: ['orders-*'],
    controls: ['LVG.1', 'LVG.3'],
    owner: 'payments',
    reason: 'moves in spring',
    expires: '2027-03-31',
    includeNew: false,
    ...given,
  };
}

/** What is told of one exemption of `orders-api`, which was there a day before it. */
function told(given: Partial<Exemption>, exempted: Partial<Exempted> = {}) {
  const policy = { exemptions: [exemptionOf(given)], trustedTags: TRUSTED };
  const [exemption, ...others] = describeExemptions(policy, {
    functionArn: ARN,
    tags: { legacy: 'yes' },
    tagWrites: {},
    existedAtMs: NOW_MS - 86_400_000,
    met: new Map([['exemption-1', { metMs: NOW_MS, isEndTold: false }]]),
    nowMs: NOW_MS,
    ...exempted,
  });
  expect(others).toEqual([]);
  return exemption;
}

describe('an exemption that names a function', () => {
  it('is told with who answers for what until when, be nothing violated', () => {
    expect(told({})).toEqual({
      owner: 'payments',
      reason: 'moves in spring',
      expires: '2027-03-31',
      controls: ['LVG.1', 'LVG.3'],
      isInForce: true,
    });
  });

  it.each<[string, Partial<Exemption>, Partial<Exempted>]>([
    ['it is over', { expires: '2026-01-31' }, {}],
    ['it covers only functions that were there before it', {}, { existedAtMs: NOW_MS + 1 }],
    ['it covers only functions that were there before it', {}, { met: new Map() }],
    [
      'none of the tag’s writers was seen to write it',
      { functions: ['tag:legacy=yes'] },
      { tagWrites: { legacy: { value: 'yes', writer: 'arn:aws:iam::123456789012:role/dev' } } },
    ],
    ['none of the tag’s writers was seen to write it', { functions: ['tag:legacy=yes'] }, {}],
  ])('does not count where %s: %j %j', (because, given, exempted) => {
    expect(told(given, exempted)).toMatchObject({ isInForce: false, because });
  });

  it.each<[Partial<Exemption>, Partial<Exempted>]>([
    [{ includeNew: true }, { existedAtMs: NOW_MS + 1 }],
    [
      { functions: ['tag:legacy=yes'] },
      { tagWrites: { legacy: { value: 'yes', writer: WRITER } } },
    ],
  ])('is in force by its pattern or its tag: %j %j', (given, exempted) => {
    expect(told(given, exempted)).toMatchObject({ isInForce: true });
  });

  it.each([{ functions: ['pay-*'] }, { functions: ['tag:legacy=no', 'tag:__proto__=x'] }])(
    'is left out where it names another: %j',
    (given) => {
      expect(told(given)).toBeUndefined();
    },
  );
});
