import { describe, expect, it } from 'vitest';
import {
  type Digest,
  digestKey,
  isAnythingStanding,
  isDigestDue,
  shortageOf,
  thresholdsOf,
} from '../../functions/core/digest.ts';
import { NO_TOTALS, type SweepTotals } from '../../functions/core/sweep-totals.ts';
import { controlsWith, NOW_MS } from '../support/builders.ts';
import { fullDigest, quietDigest, vpcOf } from '../support/sample-digests.ts';

const DAY_MS = 86_400_000;
const one = { functions: 1, names: ['orders'] };
const old = { ...one, severity: 'high', fresh: 0, freshNames: [], heldNames: [] } as const;

/** What each makes of a digest that has nothing to say. */
const STANDING: readonly [string, Digest][] = [
  ['a violation', withTotals({ violations: { 'LVG.1': old } })],
  ['another severity', withTotals({ violations: { 'LVG.1': { ...old, severity: 'low' } } })],
  ['another function', withTotals({ violations: { 'LVG.1': { ...old, names: ['billing'] } } })],
  [
    'another function in quarantine',
    withTotals({ violations: { 'LVG.1': { ...old, names: [], heldNames: ['a'] } } }),
  ],
  ['a violation of another control', withTotals({ violations: { 'LVG.3': old } })],
  ['an unknown', withTotals({ unknown: one })],
  ['a quarantine', withTotals({ quarantined: one })],
  ['an idle function', withTotals({ idle: { ...one, listed: 0, stuck: 0 } })],
  ['one that is listed', withTotals({ idle: { ...one, listed: 1, stuck: 0 } })],
  ['one that cannot wake', withTotals({ idle: { ...one, listed: 0, stuck: 1 } })],
  ['an exemption that ends', quietDigest({ ending: 1 })],
  ['a tripped breaker', quietDigest({ breaker: { isTripped: true, isKilled: false } })],
  ['a VPC near its quota', quietDigest({ interfaces: [vpcOf('vpc-1', 451)] })],
  ['a subnet with few addresses', quietDigest({ interfaces: [vpcOf('vpc-1', 1, 15)] })],
];

describe('digestKey', () => {
  it('is another one for whatever stands, and in another mode', () => {
    const digests = [...STANDING.map(([, digest]) => digest), quietDigest()];
    const keys = [...digests, quietDigest({ policyMode: 'audit' })].map(digestKey);

    expect(new Set(keys).size).toBe(STANDING.length + 2);
  });

  it('is the same for what passes: times, numbers of what is good, news and order', () => {
    const full = fullDigest();
    const { violations } = full.totals;
    const totals = {
      ...full.totals,
      scanned: 1,
      compliant: 1,
      resolved: one,
      planned: {},
      baselines: 0,
      violations: Object.fromEntries(
        Object.entries(violations)
          .toReversed()
          .map(([id, found]) => [
            id,
            { ...found, names: found.names.toReversed(), fresh: 0, freshNames: [] },
          ]),
      ),
    };
    const later = { ...full, sweepId: 'sweep-2', startedMs: 1, endedMs: 2, deleted: one, totals };

    expect(digestKey(later)).toBe(digestKey(full));
  });
});

describe('isDigestDue', () => {
  it.each(STANDING)('tells of %s at first, and once a day from then on', (_, digest) => {
    const last = { key: digestKey(digest), atMs: NOW_MS - DAY_MS + 1 };

    expect(isAnythingStanding(digest)).toBe(true);
    expect(isDigestDue(undefined, digest, NOW_MS)).toBe(true);
    expect(isDigestDue(last, digest, NOW_MS)).toBe(false);
    expect(isDigestDue(last, digest, NOW_MS + 1)).toBe(true);
  });

  it('tells once of a mode that an operator has set', () => {
    const last = { key: digestKey(quietDigest()), atMs: NOW_MS };
    const killed = quietDigest({ breaker: { isTripped: false, isKilled: true } });

    expect(isDigestDue(last, killed, NOW_MS)).toBe(true);
    expect(isDigestDue({ ...last, key: digestKey(killed) }, killed, NOW_MS + DAY_MS)).toBe(false);
  });

  it('tells at once where something else stands', () => {
    const last = { key: digestKey(fullDigest()), atMs: NOW_MS };

    expect(isDigestDue(last, withTotals({ unknown: one }), NOW_MS)).toBe(true);
  });

  it('tells once that nothing stands any more', () => {
    const last = { key: digestKey(fullDigest()), atMs: NOW_MS };
    const quiet = { key: digestKey(quietDigest()), atMs: NOW_MS };

    expect(isDigestDue(last, quietDigest(), NOW_MS)).toBe(true);
    expect(isDigestDue(quiet, quietDigest(), NOW_MS + 9 * DAY_MS)).toBe(false);
  });

  it('tells nothing of an account that never had anything to say', () => {
    expect(isDigestDue(undefined, quietDigest({ deleted: one }), NOW_MS)).toBe(false);
  });

  it('tells at once of what is new or over, though as much stands as before', () => {
    const fresh = withTotals({
      violations: { 'LVG.1': { ...old, fresh: 1, freshNames: ['orders'] } },
    });
    const resolved = withTotals({ resolved: one });

    for (const digest of [fresh, resolved]) {
      const last = { key: digestKey(digest), atMs: NOW_MS };
      expect(isDigestDue(last, digest, NOW_MS)).toBe(true);
    }
  });
});

describe('shortageOf', () => {
  it('names VPCs over nine tenths of their quota, and subnets with less than 16 addresses', () => {
    const unknown = {
      vpcId: 'vpc-3',
      interfaces: 9000,
      unknownQuota: 'not allowed',
      couldShare: [],
      subnets: [{ subnetId: 'subnet-3', sets: [] }],
    };
    const interfaces = [vpcOf('vpc-1', 451, 16), vpcOf('vpc-2', 450, 15), unknown];

    const { thresholds } = quietDigest();
    expect(shortageOf({ interfaces, thresholds })).toMatchObject({
      vpcs: [{ vpcId: 'vpc-1' }],
      subnets: [{ subnetId: 'subnet-2', freeAddresses: 15 }],
    });
  });
});

describe('thresholdsOf', () => {
  const none = { maximumPercent: undefined, minimumFreeAddresses: undefined };
  const set = {
    'LVG.10': { parameters: { minimumFreeAddresses: 8 } },
    'LVG.11': { parameters: { maximumPercent: 50 } },
  };
  const off = {
    'LVG.10': { ...set['LVG.10'], enabled: false },
    'LVG.11': { ...set['LVG.11'], enabled: false },
  };

  it.each([
    ['what the policy says', controlsWith(set), { maximumPercent: 50, minimumFreeAddresses: 8 }],
    ['nothing where the controls are off', controlsWith(off), none],
    ['nothing where there are none', {}, none],
  ])('are %s', (_, controls, expected) => {
    const thresholds = thresholdsOf({ controls });
    const interfaces = [vpcOf('vpc-1', 251, 7), vpcOf('vpc-2', 250, 8)];
    const { vpcs, subnets } = shortageOf({ interfaces, thresholds });

    expect(thresholds).toEqual(expected);
    expect([vpcs.length, subnets.length]).toEqual(expected === none ? [0, 0] : [1, 1]);
  });
});

function withTotals(totals: Partial<SweepTotals>): Digest {
  return quietDigest({ totals: { ...NO_TOTALS, ...totals } });
}
