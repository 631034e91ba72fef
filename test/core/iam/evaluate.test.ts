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
  it('asks a condition that many statements share once, and answers each request anew', () => {
    const outside = { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/platform-*' } };
    const judge = compileAccess(
      documentsOf({
        Statement: [
          statement('Deny', { ...outside, Null: { 'lambda:VpcIds': 'true' } }),
          statement('Deny', outside, { Sid: 'B', Resource: `${ARN}-x` }),
          statement('Deny', { ...outside, Bool: { 'lambda:VpcIds': 'true' } }, { Sid: 'C' }),
          statement('Allow', {}, { Sid: 'D' }),
        ],
      }),
    );
    const callAs = (role: string, resource: string) =>
      judge({
        ...REQUEST,
        resource,
        context: {
          'aws:principalarn': [`arn:aws:iam::123456789012:role/${role}`],
          'lambda:vpcids': ['vpc-1'],
        },
      }).statement;

    expect(callAs('dev', `${ARN}-x`)).toBe('B');
    expect(callAs('platform-1', `${ARN}-x`)).toBe('D');
    expect(callAs('dev', ARN)).toBe('D');
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

  it('does not read what every object inherits', () => {
    const condition = { operator: 'Null', ifExists: false, key: 'constructor', values: ['true'] };
    const [document] = documentsOf({ Statement: statement('Allow', {}) });
    const statements = document?.statements ?? [];
    const judge = compileAccess([
      {
        name: 'one.json',
        statements: statements.map((one) => ({
          ...one,
          conditions: [{ ...condition, operator: 'Null' }],
        })),
      },
    ]);

    expect(judge(REQUEST).reason).toContain('`constructor` is absent');
  });

  it('judges the same after it has seen more actions than it remembers', () => {
    const judge = compileAccess(documentsOf({ Statement: statement('Allow', {}) }));
    for (let n = 0; n < 600; n++) judge({ ...REQUEST, action: `lambda:Action${n}` });

    expect(judge(REQUEST).outcome).toBe('allowed');
  });
});

describe('compileAccess on the resource', () => {
  it.each([
    { resource: ARN, expected: true },
    { resource: '*', expected: true },
    { resource: 'arn:aws:lambda:*:123456789012:function:ord*', expected: true },
    { resource: 'arn:aws:lambda:*:*:function:order?', expected: true },
    { resource: 'arn:aws:lambda:eu-*:*:function:orders', expected: false },
    { resource: 'arn:aws:lambda:*:*:function:Orders*', expected: false },
    { resource: 'arn:aws:lambda:*:function:orders', expected: true },
    { resource: 'arn:aws:lambda:*', expected: true },
    { resource: 'arn:aw*', expected: true },
    { resource: 'arn:aws:lambda:*:*:*:*:*:orders', expected: false },
    { resource: `${ARN}-2`, expected: false },
    { resource: ['arn:aws:s3:::*', ARN], expected: true },
    { resource: ['arn:aws:s3:::*', 'arn:aws:lambda:*:*:function:o*'], expected: true },
  ])('answers $expected for $resource, and the opposite for NotResource', (row) => {
    const { Resource: _all, ...bare } = statement('Allow', {});
    const [positive, negative] = [{ Resource: row.resource }, { NotResource: row.resource }].map(
      (element) =>
        compileAccess(documentsOf({ Statement: { ...bare, ...element } }))(REQUEST).outcome,
    );

    expect(positive).toBe(row.expected ? 'allowed' : 'implicitly-denied');
    expect(negative).toBe(row.expected ? 'implicitly-denied' : 'allowed');
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
    { principal: { AWS: '123456789012' }, caller: undefined, outcome: 'implicitly-denied' },
    { principal: { AWS: role }, caller: 'service:x', outcome: 'implicitly-denied' },
    { principal: { AWS: ['999999999999', role] }, caller: role, outcome: 'allowed' },
    {
      principal: { AWS: 'arn:aws:iam::123456789012:rooted' },
      caller: role,
      outcome: 'implicitly-denied',
    },
    {
      principal: { AWS: 'an-arn:aws:iam::123456789012:root' },
      caller: role,
      outcome: 'implicitly-denied',
    },
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

  it('finds the one statement of the one document', () => {
    const documents = documentsOf(
      { Statement: statement('Deny', {}) },
      { Statement: [statement('Deny', {}), statement('Allow', {}, { Sid: 'B' })] },
    );

    expect(hasAllowFor(documents, 'lambda:CreateFunction')).toBe(true);
  });
});
