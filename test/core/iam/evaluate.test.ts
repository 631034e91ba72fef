import { describe, expect, it } from 'vitest';
import { compileAccess, hasAllowFor } from '../../../functions/core/iam/evaluate.ts';
import { documentOf, documentsOf } from '../../support/access-documents.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders';
const REQUEST = { action: 'lambda:CreateFunction', resource: ARN, context: {} };
const CALLS = ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'];

function statement(effect: string, condition: object, more: object = {}) {
  return { Sid: 'A', Effect: effect, Action: CALLS, Resource: '*', Condition: condition, ...more };
}

describe('compileAccess', () => {
  it('denies implicitly where no document says anything', () => {
    expect(compileAccess([])(REQUEST)).toEqual({
      outcome: 'implicitly-denied',
      reason: `no statement allows \`lambda:CreateFunction\` on \`${ARN}\``,
    });
  });

  it('names the statement that allows', () => {
    const judge = compileAccess(documentsOf({ Statement: statement('Allow', {}) }));

    expect(judge(REQUEST)).toEqual({
      outcome: 'allowed',
      document: 'one.json',
      statement: 'A',
      reason: '`one.json` statement `A` allows',
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

  it('names the nearest Allow where none holds', () => {
    const judge = compileAccess(
      documentsOf({
        Statement: [
          statement('Allow', {}, { Sid: 'Elsewhere', Resource: 'arn:aws:lambda:*:*:function:x' }),
          statement('Allow', {
            Bool: { 'aws:SecureTransport': 'true' },
            StringEquals: { 'lambda:VpcIds': 'vpc-1' },
          }),
        ],
      }),
    );

    const context = { 'aws:securetransport': ['true'], 'lambda:vpcids': ['vpc-9'] };

    expect(judge({ ...REQUEST, context })).toEqual({
      outcome: 'implicitly-denied',
      document: 'one.json',
      statement: 'A',
      operator: 'StringEquals',
      key: 'lambda:VpcIds',
      value: 'vpc-9',
      reason:
        'no statement allows `lambda:CreateFunction`; `one.json` statement `A` would, but `lambda:VpcIds` holds `vpc-9`, which is not among `vpc-1`',
    });
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

  it.each([
    { action: 'LAMBDA:createfunction', outcome: 'explicitly-denied' },
    { action: 'lambda:GetFunction', outcome: 'implicitly-denied' },
  ])('matches the action $action without regard to case', ({ action, outcome }) => {
    const judge = compileAccess(
      documentsOf({ Statement: statement('Deny', {}, { Action: 'Lambda:Create*' }) }),
    );

    expect(judge({ ...REQUEST, action }).outcome).toBe(outcome);
    expect(judge({ ...REQUEST, action }).outcome).toBe(outcome);
  });

  it('judges NotAction and NotResource', () => {
    const { Action: _action, Resource: _resource, ...bare } = statement('Allow', {});
    const judge = compileAccess(
      documentsOf({ Statement: { ...bare, NotAction: 'iam:*', NotResource: `${ARN}-x` } }),
    );

    expect(judge(REQUEST).outcome).toBe('allowed');
    expect(judge({ ...REQUEST, resource: `${ARN}-x` }).outcome).toBe('implicitly-denied');
    expect(judge({ ...REQUEST, action: 'iam:GetRole' }).outcome).toBe('implicitly-denied');
  });

  it('judges the same after it has seen more actions than it remembers', () => {
    const judge = compileAccess(documentsOf({ Statement: statement('Allow', {}) }));
    for (let n = 0; n < 600; n++) judge({ ...REQUEST, action: `lambda:Action${n}` });

    expect(judge(REQUEST).outcome).toBe('allowed');
  });
});

describe('compileAccess where nobody knows the principal', () => {
  const unknownKeys = new Set(['aws:principalarn', 'aws:principalaccount']);
  const onPrincipal = {
    StringNotEquals: { 'aws:PrincipalAccount': '123456789012' },
    ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/a' },
  };
  const allow = statement('Allow', {}, { Sid: 'B' });

  it('is unknown where a deny turns on it', () => {
    const judge = compileAccess(
      documentsOf({ Statement: [statement('Deny', onPrincipal), allow] }),
    );

    expect(judge({ ...REQUEST, unknownKeys })).toEqual({
      outcome: 'unknown',
      document: 'one.json',
      statement: 'A',
      reason:
        '`one.json` statement `A` turns on `aws:PrincipalAccount` and `aws:PrincipalArn`, which nobody knows',
    });
  });

  it('is unknown where an allow turns on it', () => {
    const judge = compileAccess(documentsOf({ Statement: statement('Allow', onPrincipal) }));

    expect(judge({ ...REQUEST, unknownKeys }).outcome).toBe('unknown');
  });

  it('is unknown where only a deny speaks of the action', () => {
    const judge = compileAccess(documentsOf({ Statement: statement('Deny', onPrincipal) }));

    expect(judge({ ...REQUEST, unknownKeys }).outcome).toBe('unknown');
  });

  it.each([
    { deny: { Null: { 'lambda:VpcIds': 'true' } }, outcome: 'explicitly-denied' },
    { deny: { Null: { 'lambda:VpcIds': 'false' }, ...onPrincipal }, outcome: 'allowed' },
  ])('is $outcome where another condition decides', ({ deny, outcome }) => {
    const judge = compileAccess(documentsOf({ Statement: [statement('Deny', deny), allow] }));

    expect(judge({ ...REQUEST, unknownKeys }).outcome).toBe(outcome);
  });

  it('is allowed where another allow does not turn on it', () => {
    const judge = compileAccess(
      documentsOf({ Statement: [statement('Allow', onPrincipal), allow] }),
    );

    expect(judge({ ...REQUEST, unknownKeys })).toMatchObject({
      outcome: 'allowed',
      statement: 'B',
    });
  });

  it('denies implicitly where no allow can hold, whatever the deny turns out to be', () => {
    const never = statement('Allow', { Null: { 'lambda:VpcIds': 'false' } }, { Sid: 'B' });
    const judge = compileAccess(
      documentsOf({ Statement: [statement('Deny', onPrincipal), never] }),
    );

    expect(judge({ ...REQUEST, unknownKeys })).toMatchObject({
      outcome: 'implicitly-denied',
      statement: 'B',
    });
  });

  it('says that a value nobody knows is present', () => {
    const judge = compileAccess(
      documentsOf({ Statement: statement('Deny', { Null: { 'aws:PrincipalArn': 'false' } }) }),
    );

    expect(judge({ ...REQUEST, unknownKeys }).reason).toContain('`aws:PrincipalArn` is present');
  });
});

describe('compileAccess on a document of a resource', () => {
  const role = 'arn:aws:iam::123456789012:role/a';

  it.each([
    { principal: '*', caller: undefined, outcome: 'allowed' },
    { principal: '*', caller: role, outcome: 'allowed' },
    { principal: { AWS: role }, caller: role, outcome: 'allowed' },
    { principal: { AWS: role }, caller: `${role}b`, outcome: 'implicitly-denied' },
    { principal: { AWS: role }, caller: undefined, outcome: 'implicitly-denied' },
    { principal: { AWS: '123456789012' }, caller: role, outcome: 'allowed' },
    { principal: { AWS: '999999999999' }, caller: role, outcome: 'implicitly-denied' },
    { principal: { AWS: '123456789012' }, caller: 'service:x', outcome: 'implicitly-denied' },
    {
      principal: { Service: 'events.amazonaws.com' },
      caller: 'service:events.amazonaws.com',
      outcome: 'allowed',
    },
  ])('answers $outcome for $principal and caller $caller', ({ principal, caller, outcome }) => {
    const document = documentOf(
      { Statement: statement('Allow', {}, { Principal: principal }) },
      'queue',
      { allowPrincipal: true },
    );
    const request = caller === undefined ? REQUEST : { ...REQUEST, principal: caller };

    expect(compileAccess([document])(request).outcome).toBe(outcome);
  });
});

describe('hasAllowFor', () => {
  it.each([
    { effect: 'Allow', action: 'lambda:Create*', expected: true },
    { effect: 'Allow', action: 'lambda:Get*', expected: false },
    { effect: 'Deny', action: '*', expected: false },
  ])('is $expected for $effect $action, whatever the resource', ({ effect, action, expected }) => {
    const documents = documentsOf({
      Statement: { Effect: effect, Action: action, Resource: 'arn:aws:s3:::elsewhere' },
    });

    expect(hasAllowFor(documents, 'lambda:CreateFunction')).toBe(expected);
  });
});
