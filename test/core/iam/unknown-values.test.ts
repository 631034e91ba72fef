import { describe, expect, it } from 'vitest';
import { compileAccess } from '../../../functions/core/iam/evaluate.ts';
import { documentsOf } from '../../support/access-documents.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders';
const REQUEST = { action: 'lambda:CreateFunction', resource: ARN, context: {} };
const CALLS = ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'];

function statement(effect: string, condition: object, more: object = {}) {
  return { Sid: 'A', Effect: effect, Action: CALLS, Resource: '*', Condition: condition, ...more };
}

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

    expect(judge({ ...REQUEST, unknownKeys })).toStrictEqual({
      outcome: 'unknown',
      document: 'one.json',
      statement: 'A',
      operator: 'StringNotEquals',
      key: 'aws:PrincipalAccount',
      reason:
        '`one.json` statement `A` turns on `aws:PrincipalAccount` and `aws:PrincipalArn`, which nobody knows',
    });
  });

  it('names only what nobody knows', () => {
    const known = { Null: { 'lambda:VpcIds': 'true' } };
    const judge = compileAccess(
      documentsOf({ Statement: [statement('Deny', { ...known, ...onPrincipal }), allow] }),
    );

    expect(judge({ ...REQUEST, unknownKeys })).toMatchObject({
      key: 'aws:PrincipalAccount',
      reason: expect.stringMatching(/turns on `aws:PrincipalAccount` and `aws:PrincipalArn`, /),
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
