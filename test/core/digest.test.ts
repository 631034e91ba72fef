import { describe, expect, it } from 'vitest';
import {
  type Digest,
  digestKey,
  isAnythingStanding,
  isDigestDue,
  shortageOf,
} from '../../functions/core/digest.ts';
import { NO_TOTALS, type SweepTotals } from '../../functions/core/sweep-totals.ts';
import { NOW_MS } from '../support/builders.ts';
import { fullDigest, quietDigest, vpcOf } from '../support/sample-digests.ts';

const DAY_MS = 86_400_000;
const one = { functions: 1, names: ['orders'] };
const old = { ...one, severity: 'high', fresh: 0 } as const;

/** What each makes of a digest that has nothing to say. */
const STANDING: readonly [string, Digest][] = [
  ['a violation', withTotals({ violations: { 'LVG.1': old } })],
  ['another severity', withTotals({ violations: { 'LVG.1': { ...old, severity: 'low' } } })],
  ['another function', withTotals({ violations: { 'LVG.1': { ...old, names: ['billing'] } } })],
  ['a violation of another control', withTotals({ violations: { 'LVG.3': old } })],
  ['an unknown', withTotals({ unknown: one })],
  ['a quarantine', withTotals({ quarantined: one })],
  ['an idle function', withTotals({ idle: { ...one, listed: 0, stuck: 0 } })],
  ['one that is listed', withTotals({ idle: { ...one, listed: 1, stuck: 0 } })],
  ['one that cannot wake', withTotals({ idle: { ...one, listed: 0, stuck: 1 } })],
  ['an exemption that ends', quietDigest({ ending: 1 })],
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
          .map(([id, found]) => [id, { ...found, names: found.names.toReversed(), fresh: 0 }]),
      ),
    };
    const later = { ...full, sweepId: 'sweep-2', startedMs: 1, endedMs: 2, deleted: 9, totals };

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
    expect(isDigestDue(undefined, quietDigest({ deleted: 3 }), NOW_MS)).toBe(false);
  });

  it('tells at once of what is new or over, though as much stands as before', () => {
    const fresh = withTotals({ violations: { 'LVG.1': { ...old, fresh: 1 } } });
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

    expect(shortageOf({ interfaces })).toMatchObject({
      vpcs: [{ vpcId: 'vpc-1' }],
      subnets: [{ subnetId: 'subnet-2', freeAddresses: 15 }],
    });
  });
});

function withTotals(totals: Partial<SweepTotals>): Digest {
  return quietDigest({ totals: { ...NO_TOTALS, ...totals } });
}
