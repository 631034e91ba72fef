import { describe, expect, it } from 'vitest';
import { forgetBaseline, setBaseline } from '../../../functions/core/operator-baseline.ts';
import { parseGiven } from '../../../lib/cli/baseline/given-attachment.ts';
import { sayChanged, warnOf } from '../../../lib/cli/baseline/said-of-change.ts';
import { actorOf } from '../../../lib/cli/operator/actor-of.ts';
import {
  ATTACHMENTS,
  NOW_MS,
  originOf,
  recordOf,
  settledRecord,
  snapshotOf,
  violationOf,
} from '../../support/builders.ts';

const ACT = { who: {}, reason: 'so', nowMs: NOW_MS };
const APPROVED = 'vpc-1 (subnets subnet-1, subnet-2; security group sg-1)';

describe('what was typed', () => {
  it('is an attachment, with spaces or commas between the ids', () => {
    const given = { subnets: ['subnet-1,subnet-2', 'subnet-3'], securityGroups: ['sg-1'] };

    expect(parseGiven({})).toBeUndefined();
    expect(parseGiven(given)).toEqual({
      subnetIds: ['subnet-1', 'subnet-2', 'subnet-3'],
      securityGroupIds: ['sg-1'],
      ipv6AllowedForDualStack: false,
    });
    expect(parseGiven({ ...given, ipv6: true })).toMatchObject({ ipv6AllowedForDualStack: true });
  });

  it.each([
    [{ ipv6: true }, '`--ipv6`: expected only beside `--subnets` and `--security-groups`'],
    [
      { subnets: ['sub-1'], securityGroups: ['sg-1'] },
      '`--subnets`: expected an id such as `subnet-0a1b2c3d4e5f60001`, got `sub-1`',
    ],
    [
      { subnets: ['subnet-1'] },
      '`--security-groups`: expected a list of 1 to 5 ids such as `sg-0a1b2c3d4e5f60001`, got an empty list',
    ],
    [
      { subnets: ['subnet-1', 'subnet-1'], securityGroups: ['sg-1'] },
      '`--subnets`: expected each once, got `subnet-1`',
    ],
  ])('is refused: %j', (flags, expected) => {
    expect(() => parseGiven(flags)).toThrow(expected);
  });
});

describe('what is said of a change', () => {
  it('says what was and is, and that the policy has the last word', () => {
    const before = recordOf({ current: { ...originOf('approved'), role: snapshotOf().role } });
    const after = setBaseline(before, ATTACHMENTS.approved, ACT);

    expect(sayChanged({ before, after })).toEqual([
      `the last good attachment of orders-api is ${APPROVED}`,
      'before it was none',
      'a revert goes there only where the policy allows it then',
    ]);
  });

  it('says that the guardrail goes on learning where the function is elsewhere', () => {
    const before = settledRecord();
    const after = setBaseline(before, ATTACHMENTS.alsoApproved, ACT);

    expect(sayChanged({ before, after }).at(-1)).toBe(
      `it is in ${APPROVED}: once the guardrail finds it good there, that is its last good attachment again`,
    );
  });

  it('says all that is forgotten, and what that comes to', () => {
    const before = settledRecord({ candidate: originOf('alsoApproved') });

    expect(sayChanged({ before, after: forgetBaseline(before, ACT) })).toEqual([
      'the last good attachment of orders-api is none',
      `before it was ${APPROVED}`,
      'forgotten, too: vpc-1 (subnet subnet-3; security group sg-1), which was about to become it',
      'a revert has nowhere to go: the fallback, or else a quarantine, takes its place',
      `it is in ${APPROVED}: once the guardrail finds it good there, that is its last good attachment again`,
    ]);
  });

  it('says nothing of where a function is that nobody looked at', () => {
    const before = recordOf({ candidate: originOf('approved') });

    expect(sayChanged({ before, after: forgetBaseline(before, ACT) })).toHaveLength(4);
  });

  it('warns where the function violates the policy at the very same place', () => {
    const violation = violationOf();

    expect(warnOf(settledRecord({ violation }))).toMatch(/^it violates LVG\.1 there: /);
    expect(
      warnOf(settledRecord({ violation, baseline: originOf('alsoApproved') })),
    ).toBeUndefined();
    expect(warnOf(settledRecord())).toBeUndefined();
  });
});

describe('a caller', () => {
  it.each([
    [
      'arn:aws-cn:sts::123456789012:assumed-role/ops/anna@example.com',
      {
        principalArn: 'arn:aws-cn:iam::123456789012:role/ops',
        accountId: '123456789012',
        sessionName: 'anna@example.com',
      },
    ],
    [
      'arn:aws:iam::123456789012:user/team/anna',
      { principalArn: 'arn:aws:iam::123456789012:user/team/anna', accountId: '123456789012' },
    ],
    ['somebody', { principalArn: 'somebody' }],
  ])('%s is named as the history names people', (arn, actor) => {
    expect(actorOf(arn)).toEqual(actor);
  });
});
