import { describe, expect, it } from 'vitest';
import type { CompiledPolicy, Exemption } from '../../../functions/core/policy.ts';
import { lintPolicy } from '../../../lib/policy/lint/lint-policy.ts';
import { documentOf } from '../../support/access-documents.ts';
import { policyOf } from '../../support/compiled-policy.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 12);
const CALLS = ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'];
const TEXT = `version: 1
access: [one.json]
exemptions:
  - { functions: [a] }
  - { functions: [b] }
fallbackAttachment:
  subnetIds: [subnet-9]
`;

function lint(parts: Partial<CompiledPolicy>) {
  return lintPolicy({ file: 'guardrail.yaml', text: TEXT, policy: policyOf(parts) }, NOW_MS);
}

function exemption(parts: Partial<Exemption>): Exemption {
  return {
    id: 'one',
    functions: ['legacy-*'],
    controls: ['LVG.1'],
    owner: 'payments',
    reason: 'moves in March',
    expires: '2027-03-31',
    includeNew: false,
    ...parts,
  };
}

describe('lintPolicy', () => {
  it('finds the exemption whose last day has passed', () => {
    const exemptions = [exemption({}), exemption({ expires: '2026-11-21' })];

    expect(lint({ exemptions })).toEqual([
      {
        rule: 'exemption-ended',
        document: 'guardrail.yaml',
        statement: 'exemptions[1]',
        line: 5,
        column: 5,
        message: 'the exemption has ended on 2026-11-21: it covers nothing any more',
        correction: {
          replaces: [{ document: 'guardrail.yaml', statement: 'exemptions[1]' }],
          statements: [],
        },
      },
    ]);
  });

  it('finds nothing on the last day itself', () => {
    expect(lint({ exemptions: [exemption({ expires: '2026-11-22' })] })).toEqual([]);
  });

  it('finds the exemption of which no control is enabled', () => {
    const off = exemption({ controls: ['LVG.8', 'LVG.12'] });

    expect(lint({ exemptions: [off, exemption({ controls: ['LVG.8', 'LVG.1'] })] })).toMatchObject([
      {
        rule: 'exemption-without-control',
        line: 4,
        message: 'none of LVG.8, LVG.12 is enabled, so the exemption covers nothing',
      },
    ]);
  });
});

describe('a fallback attachment', () => {
  const subnets = {
    'ForAnyValue:StringNotEquals': { 'lambda:SubnetIds': ['subnet-1', 'subnet-2'] },
  };
  const groups = { 'ForAnyValue:StringEquals': { 'lambda:SecurityGroupIds': 'sg-9' } };
  const vpc = { Null: { 'lambda:VpcIds': 'true' } };
  const deny = (Condition: object) => ({ Effect: 'Deny', Action: CALLS, Resource: '*', Condition });
  const lintFallback = (Statement: object, subnetIds: string[], securityGroupIds: string[]) =>
    lint({
      access: [documentOf({ Statement })],
      fallbackAttachment: { subnetIds, securityGroupIds, onCreate: true },
    });

  it('is compared with nothing where there is none', () => {
    expect(lint({ access: [documentOf({ Statement: deny(vpc) })] })).toEqual([]);
  });

  it.each([
    ['the documents allow', ['subnet-1'], ['sg-1'], [deny(vpc), deny(subnets), deny(groups)]],
    [
      'turns on its VPC, which nobody knows',
      ['subnet-1'],
      ['sg-1'],
      deny({ StringNotEquals: { 'lambda:VpcIds': 'vpc-1' } }),
    ],
    [
      'some principals may be moved to',
      ['subnet-9'],
      ['sg-1'],
      deny({ ...subnets, ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/dev' } }),
    ],
  ])('is good that %s', (_name, subnetIds, groupIds, Statement) => {
    expect(lintFallback(Statement, subnetIds, groupIds)).toEqual([]);
  });

  it('is corrected by what of it is allowed', () => {
    const [finding, ...others] = lintFallback(
      [deny(vpc), deny(subnets), deny(groups)],
      ['subnet-1', 'subnet-9'],
      ['sg-1', 'sg-9'],
    );

    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'fallback-refused',
      statement: 'fallbackAttachment',
      line: 6,
      column: 1,
      message: expect.stringMatching(
        /^the documents refuse the fallback, so that nothing is ever moved there: .*`#2`.*`subnet-9`/,
      ),
    });
    const corrected = { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'], onCreate: true };
    expect(finding?.correction?.statements).toEqual([corrected]);
    expect(
      lint({
        access: [documentOf({ Statement: [deny(vpc), deny(subnets), deny(groups)] })],
        fallbackAttachment: corrected,
      }),
    ).toEqual([]);
  });

  it('is corrected by what the documents name where nothing of it is allowed', () => {
    const [finding] = lintFallback(deny(subnets), ['subnet-9'], ['sg-1']);

    expect(finding?.correction?.statements).toEqual([
      { subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'], onCreate: true },
    ]);
  });

  it('is not corrected where the documents name nothing good', () => {
    const like = { 'ForAnyValue:StringNotLike': { 'lambda:SubnetIds': 'subnet-a*' } };
    const [finding] = lintFallback(deny(like), ['subnet-9'], ['sg-1']);

    expect(finding?.rule).toBe('fallback-refused');
    expect(finding).not.toHaveProperty('correction');
  });

  it('is refused implicitly where no Allow covers it', () => {
    const Condition = {
      'ForAllValues:StringEquals': { 'lambda:SubnetIds': 'subnet-1' },
      Null: { 'lambda:SubnetIds': 'false' },
    };
    const [finding] = lintFallback({ ...deny(Condition), Effect: 'Allow' }, ['subnet-9'], ['sg-1']);

    expect(finding?.message).toContain('no statement allows `lambda:UpdateFunctionConfiguration`');
    expect(finding?.correction?.statements).toMatchObject([{ subnetIds: ['subnet-1'] }]);
  });
});
