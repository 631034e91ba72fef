import { describe, expect, it } from 'vitest';
import { compileAccess } from '../../../functions/core/iam/evaluate.ts';
import { documentsOf } from '../../support/access-documents.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders';
const REQUEST = { action: 'lambda:CreateFunction', resource: ARN, context: {} };
const CALLS = ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'];

function statement(effect: string, condition: object, more: object = {}) {
  return { Sid: 'A', Effect: effect, Action: CALLS, Resource: '*', Condition: condition, ...more };
}

describe('compileAccess: how it explains a decision', () => {
  it('names the statement that allows', () => {
    const judge = compileAccess(documentsOf({ Statement: statement('Allow', {}) }));

    expect(judge(REQUEST)).toEqual({
      outcome: 'allowed',
      document: 'one.json',
      statement: 'A',
      reason: '`one.json` statement `A` allows',
    });
  });

  it('says of an Allow with conditions what it rests on', () => {
    const condition = {
      Null: { 'lambda:SubnetIds': 'false' },
      'ForAllValues:StringLike': { 'lambda:SubnetIds': 'subnet-*' },
    };
    const judge = compileAccess(documentsOf({ Statement: statement('Allow', condition) }));

    expect(judge({ ...REQUEST, context: { 'lambda:subnetids': ['subnet-1'] } })).toEqual({
      outcome: 'allowed',
      document: 'one.json',
      statement: 'A',
      operator: 'ForAllValues:StringLike',
      key: 'lambda:SubnetIds',
      value: 'subnet-1',
      reason:
        '`one.json` statement `A` allows: `lambda:SubnetIds` is present, and `lambda:SubnetIds` holds `subnet-1`, which matches `subnet-*`',
    });
  });

  it('lets an explicit deny in one document win over an allow in another', () => {
    const deny = statement('Deny', {
      'ForAnyValue:StringNotEquals': { 'lambda:SubnetIds': ['subnet-1', 'subnet-2'] },
      Null: { 'lambda:VpcIds': 'false' },
    });
    const judge = compileAccess(
      documentsOf({ Statement: statement('Allow', {}) }, { Statement: deny }),
    );

    const decision = judge({
      ...REQUEST,
      context: { 'lambda:subnetids': ['subnet-1', 'subnet-9'], 'lambda:vpcids': ['vpc-1'] },
    });

    expect(decision).toEqual({
      outcome: 'explicitly-denied',
      document: 'two.json',
      statement: 'A',
      operator: 'ForAnyValue:StringNotEquals',
      key: 'lambda:SubnetIds',
      value: 'subnet-9',
      reason:
        '`two.json` statement `A` denies: `lambda:SubnetIds` holds `subnet-9`, which is not among `subnet-1`, `subnet-2`, and `lambda:VpcIds` is present',
    });
  });

  it('says of a deny without conditions what it denies', () => {
    const judge = compileAccess(documentsOf({ Statement: statement('Deny', {}) }));

    expect(judge(REQUEST).reason).toBe('`one.json` statement `A` denies `lambda:CreateFunction`');
  });

  it.each([
    {
      condition: { Null: { 'lambda:VpcIds': 'true' } },
      context: {},
      reason: '`lambda:VpcIds` is absent (no VPC)',
    },
    {
      condition: { StringNotEqualsIfExists: { 'aws:RequestTag/team': 'red' } },
      context: {},
      reason: '`aws:requesttag/team` is absent',
    },
    {
      condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/a' } },
      context: { 'aws:principalarn': ['arn:aws:iam::1:role/b'] },
      reason:
        '`aws:PrincipalArn` holds `arn:aws:iam::1:role/b`, which does not match `arn:aws:iam::*:role/a`',
    },
    {
      condition: { StringEquals: { 'lambda:VpcIds': ['vpc-8', 'vpc-9'] } },
      context: { 'lambda:vpcids': ['vpc-9'] },
      reason: '`lambda:VpcIds` holds `vpc-9`, which is among `vpc-8`, `vpc-9`',
    },
    {
      condition: { StringLike: { 'lambda:VpcIds': ['vpc-*'] } },
      context: { 'lambda:vpcids': ['vpc-9'] },
      reason: '`lambda:VpcIds` holds `vpc-9`, which matches `vpc-*`',
    },
    {
      condition: { StringNotEquals: { 'lambda:VpcIds': ['1', '2', '3', '4', '5', '6', '7'] } },
      context: { 'lambda:vpcids': ['vpc-9'] },
      reason:
        '`lambda:VpcIds` holds `vpc-9`, which is not among `1`, `2`, `3`, `4`, `5` and 2 more',
    },
  ])('says why a deny holds: $reason', ({ condition, context, reason }) => {
    const judge = compileAccess(documentsOf({ Statement: statement('Deny', condition) }));

    expect(judge({ ...REQUEST, context }).reason).toBe(
      `\`one.json\` statement \`A\` denies: ${reason}`,
    );
  });

  it.each([
    { key: 'lambda:SubnetIds', values: ['a'] },
    { key: 'x:y', values: ['a', 'b'] },
  ])('says why a plain operator never matches several values of $key', ({ key, values }) => {
    const judge = compileAccess(
      documentsOf({ Statement: statement('Allow', { StringEquals: { [key]: 'a' } }) }),
    );

    expect(judge({ ...REQUEST, context: { [key.toLowerCase()]: values } }).reason).toContain(
      `\`${key}\` holds a list, which \`StringEquals\` without \`ForAllValues\` or \`ForAnyValue\` never matches`,
    );
  });

  it('names the value outside the list where ForAllValues fails', () => {
    const judge = compileAccess(
      documentsOf({
        Statement: statement('Allow', { 'ForAllValues:StringEquals': { 'lambda:SubnetIds': 'a' } }),
      }),
    );

    const decision = judge({ ...REQUEST, context: { 'lambda:subnetids': ['a', 'b'] } });

    expect(decision.value).toBe('b');
  });

  it('says whatever a document holds in one short line', () => {
    const key = `a:\`\t${'x'.repeat(500)}`;
    const values = Array.from({ length: 9 }, (_, index) => `${index}\u2028${'y'.repeat(500)}`);
    const judge = compileAccess(
      documentsOf({ Statement: statement('Allow', { StringEquals: { [key]: values } }) }),
    );

    const { reason } = judge({ ...REQUEST, context: { [key]: ['z\n`'.repeat(200)] } });

    expect(reason).not.toMatch(/[\n\t\u2028]|``/);
    expect(reason.length).toBeLessThan(1000);
    expect(reason).toContain(' and 4 more');
  });
});
