import { describe, expect, it } from 'vitest';
import { CONTROLS } from '../../../functions/core/controls/registry.ts';
import type { Digest } from '../../../functions/core/digest.ts';
import { digestNotice } from '../../../functions/core/notices/digest-notice.ts';
import {
  toChatMessage,
  toFindingsMessage,
  toMailText,
} from '../../../functions/core/render-notice.ts';
import { NO_TOTALS, type SweepTotals } from '../../../functions/core/sweep-totals.ts';
import { NOW_MS } from '../../support/builders.ts';
import { fullDigest, quietDigest, vpcOf } from '../../support/sample-digests.ts';

const HERE = { account: '123456789012', region: 'us-east-1', nowMs: NOW_MS };
const one = { functions: 1, names: ['orders'] };
const low = { ...one, severity: 'low', fresh: 1, freshNames: ['orders'], heldNames: [] } as const;

describe('digestNotice', () => {
  it('names violations with the worst first, and marks what is new', () => {
    const lines = tell(fullDigest()).text.split('\n');

    expect(lines.filter((line) => line.startsWith('- '))).toEqual([
      '- LVG.3 (critical; No subnet is public): 2 functions: crawler, billing',
      '- LVG.1 (high; The access documents allow this attachment): 12 functions, 3 of them new: search (new), shop (new), tickets (new), billing, invoices and 7 more',
      '- LVG.12 (low; The function is not inactive): 1 function, new: reports',
    ]);
  });

  it.each<[string, string, Partial<Digest>]>([
    ['low', 'all clear', {}],
    ['low', 'all clear', { deleted: one }],
    ['low', '1 resolved', { totals: { ...NO_TOTALS, resolved: one } }],
    ['low', '1 violation (1 new)', withTotals({ violations: { 'LVG.12': low } })],
    ['low', '1 idle', withTotals({ idle: { ...one, listed: 0, stuck: 0 } })],
    [
      'medium',
      '1 violation (1 new), 1 unknown',
      withTotals({ violations: { 'LVG.12': low }, unknown: one }),
    ],
    ['medium', '1 quarantined', withTotals({ quarantined: one })],
    ['medium', 'no violations', { ending: 1 }],
    ['medium', 'no violations', { breaker: { isTripped: true, isKilled: false } }],
    ['medium', 'no violations', { interfaces: [vpcOf('vpc-1', 451)] }],
    ['medium', 'no violations', { interfaces: [vpcOf('vpc-1', 1, 3)] }],
    [
      'critical',
      '2 violations, 1 unknown',
      withTotals({
        violations: {
          'LVG.3': {
            severity: 'critical',
            functions: 2,
            names: ['a', 'b'],
            fresh: 0,
            freshNames: [],
            heldNames: [],
          },
        },
        unknown: one,
      }),
    ],
  ])('is of severity %s where it says %s', (severity, inShort, given) => {
    expect(tell(quietDigest(given))).toMatchObject({
      severity,
      subject: `[${severity}] digest of 123456789012, us-east-1: ${inShort}`,
    });
  });

  it('says what comes next of each thing that stands, and nothing of the others', () => {
    expect(tell(quietDigest({ deleted: one })).nextSteps).toEqual([]);
    expect(tell(quietDigest({ ending: 1 })).nextSteps).toEqual([expect.stringContaining('rescan')]);
    expect(tell(fullDigest()).nextSteps).toHaveLength(6);
  });

  it.each([
    ['enforce', { isTripped: false, isKilled: true }, 'audit', 'An operator has switched'],
    ['enforce', { isTripped: true, isKilled: false }, 'enforce', 'The breaker is tripped'],
    ['audit', { isTripped: false, isKilled: true }, 'audit', 'The mode is audit'],
  ] as const)(
    'says what keeps it from acting: deployed to %s, %j',
    (policyMode, breaker, mode, says) => {
      const { text, facts, nextSteps } = tell(quietDigest({ policyMode, breaker }));

      expect(text.split('\n\n').at(-1)).toContain(says);
      expect(facts).toMatchObject({
        digest: { mode, breaker: breaker.isTripped ? 'tripped' : 'closed' },
      });
      expect(nextSteps.join('\n')).toContain(breaker.isTripped ? 'breaker status' : 'mode enforce');
    },
  );

  it('says who could share, and whom it asks after', () => {
    const { text } = tell(fullDigest());

    expect(text).toContain(
      'vpc-1 (451 of 500; with the security groups of others these would share: billing, orders)',
    );
    expect(text).toContain('looked at again: retired.');
  });

  it('has one id a sweep and account, and one thread an account', () => {
    const first = tell(quietDigest());
    const others = [
      tell(quietDigest({ sweepId: 'sweep-2' })),
      digestNotice(quietDigest(), { ...HERE, region: 'eu-west-1' }),
    ];

    expect(tell(fullDigest()).id).toBe(first.id);
    expect(new Set([first, ...others].map(({ id }) => id)).size).toBe(3);
    expect(others.map(({ threadId }) => threadId === first.threadId)).toEqual([true, false]);
  });

  it('stays short, however large the account is', () => {
    const notice = tell(hugeDigest());

    expect(notice.subject.length).toBeLessThanOrEqual(99);
    expect(toMailText(notice).length).toBeLessThan(12_000);
    expect(toFindingsMessage(notice).length).toBeLessThan(64_000);
  });

  it('is about no single function, in every form', () => {
    const notice = tell(fullDigest());
    const machine = JSON.parse(JSON.parse(toFindingsMessage(notice)).default);

    expect(machine).toMatchObject({
      kind: 'digest',
      findings: [],
      digest: { account: '123456789012', mode: 'audit', scanned: 1204, ending: 2 },
    });
    expect(machine).not.toHaveProperty('functionArn');
    expect(JSON.parse(toChatMessage(notice)).metadata).toMatchObject({
      eventType: 'digest',
      relatedResources: [],
    });
  });
});

function tell(digest: Digest) {
  return digestNotice(digest, HERE);
}

function withTotals(totals: Partial<SweepTotals>): Partial<Digest> {
  return { totals: { ...NO_TOTALS, ...totals } };
}

/** The longest names, all controls, a million functions and a thousand VPCs. */
function hugeDigest(): Digest {
  const names = Array.from({ length: 5 }, (_, index) => `${index}`.padEnd(64, 'x'));
  const many = { functions: 1_000_000, names };
  const violated = {
    ...many,
    severity: 'critical',
    fresh: 999_999,
    freshNames: names,
    heldNames: names,
  } as const;
  return quietDigest({
    totals: {
      ...NO_TOTALS,
      scanned: many.functions,
      violations: Object.fromEntries(CONTROLS.map(({ id }) => [id, violated])),
      unknown: many,
      quarantined: many,
      resolved: many,
      idle: { ...many, listed: many.functions, stuck: many.functions },
    },
    interfaces: Array.from({ length: 1000 }, (_, index) => vpcOf(`vpc-${index}`, 500, 0)),
  });
}
