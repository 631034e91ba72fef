import { describe, expect, it } from 'vitest';
import { compareStandings, type Judgement } from '../../../lib/cli/plan/compare-standings.ts';
import type { Standing } from '../../../lib/cli/report/report.ts';
import { ARN, ATTACHMENTS } from '../../support/builders.ts';
import { COVERAGE, findingOf } from '../report/answers.ts';

type Given = Parameters<typeof findingOf>[0];

/** What a policy says of one function by these findings. */
function saying(standing: Standing, ...findings: readonly Given[]): Judgement {
  return {
    functions: [
      {
        functionArn: ARN,
        standing,
        owner: 'web',
        attachment: ATTACHMENTS.forbidden,
        state: 'Active',
      },
    ],
    findings: findings.map(findingOf),
    unknown: standing === 'unknown' ? [{ functionArn: ARN, reason: 'denied' }] : [],
  };
}

const FINE = saying('compliant');
const BAD = saying('violation', {});
const EXEMPT = saying('exempt', { exemption: COVERAGE });
const UNKNOWN = saying('unknown', { verdict: 'unknown' });
const LVG_1 = { controlId: 'LVG.1', severity: 'high' } as const;
const BEGUN = { ...LVG_1, reason: 'VPC `vpc-9` is not allowed' };

describe('what a policy changes about a function', () => {
  it.each([
    ['violates', FINE, BAD, 'newly-violating', [{ ...BEGUN, before: 'nothing' }], []],
    ['is exempt no more', EXEMPT, BAD, 'newly-violating', [{ ...BEGUN, before: 'exempt' }], []],
    ['is known to violate', UNKNOWN, BAD, 'newly-violating', [{ ...BEGUN, before: 'unknown' }], []],
    [
      'matters more',
      saying('violation', { severity: 'low' }),
      BAD,
      'newly-violating',
      [{ ...BEGUN, before: 'less' }],
      [],
    ],
    [
      'violates something else',
      saying('violation', { controlId: 'LVG.3' }),
      BAD,
      'newly-violating',
      [{ ...BEGUN, before: 'nothing' }],
      [{ ...LVG_1, controlId: 'LVG.3', now: 'nothing' }],
    ],
    ['is allowed', BAD, FINE, 'newly-compliant', [], [{ ...LVG_1, now: 'nothing' }]],
    ['becomes exempt', BAD, EXEMPT, 'newly-exempt', [], [{ ...LVG_1, now: 'exempt' }]],
    ['can be told no more', BAD, UNKNOWN, 'newly-unknown', [], [{ ...LVG_1, now: 'unknown' }]],
    ['was fine and cannot be told', FINE, UNKNOWN, 'newly-unknown', [], []],
    ['needs its exemption no more', EXEMPT, FINE, 'newly-compliant', [], []],
    [
      'violates less',
      saying('violation', {}, { controlId: 'LVG.3' }),
      BAD,
      'fewer-violations',
      [],
      [{ ...LVG_1, controlId: 'LVG.3', now: 'nothing' }],
    ],
  ] as const)('is told where it %s', (_, before, after, change, begins, ends) => {
    const [told, ...others] = compareStandings(after, before);

    expect(others).toEqual([]);
    expect(told).toEqual({
      functionArn: ARN,
      owner: 'web',
      vpcId: 'vpc-9',
      change,
      before: before.functions[0]?.standing,
      after: after.functions[0]?.standing,
      begins,
      ends,
      ...(after === UNKNOWN ? { unknown: ['denied'] } : {}),
    });
  });

  it.each([
    ['the same', BAD, BAD],
    ['fine', FINE, FINE],
    ['exempt', EXEMPT, EXEMPT],
    ['unknown', UNKNOWN, UNKNOWN],
    ['less severe', BAD, saying('violation', { severity: 'low' })],
  ] as const)('is nothing where it is %s', (_, before, after) => {
    expect(compareStandings(after, before)).toEqual([]);
  });

  it('is everything that it says where it is compared with nothing', () => {
    const told = [BAD, EXEMPT, UNKNOWN, FINE].flatMap((one) => compareStandings(one, undefined));

    expect(told.map(({ change, before, begins }) => [change, before, begins.length])).toEqual([
      ['newly-violating', undefined, 1],
      ['newly-exempt', undefined, 0],
      ['newly-unknown', undefined, 0],
    ]);
  });

  it('is told of a function that only one of both lists as of one that was fine', () => {
    expect(compareStandings(BAD, { functions: [], findings: [], unknown: [] })).toMatchObject([
      { change: 'newly-violating', before: 'compliant' },
    ]);
  });
});
