import { describe, expect, it } from 'vitest';
import { compileAccess } from '../../../functions/core/iam/evaluate.ts';
import { documentsOf } from '../../support/access-documents.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders';
const REQUEST = { action: 'lambda:CreateFunction', resource: ARN, context: {} };
const CALLS = ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'];

function statement(effect: string, condition: object, more: object = {}) {
  return { Sid: 'A', Effect: effect, Action: CALLS, Resource: '*', Condition: condition, ...more };
}

describe('compileAccess where no statement allows', () => {
  it('denies implicitly where no document says anything', () => {
    expect(compileAccess([])(REQUEST)).toEqual({
      outcome: 'implicitly-denied',
      reason: `no statement allows \`lambda:CreateFunction\` on \`${ARN}\``,
    });
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

  it('takes the Allow that fails by the fewest conditions for the nearest', () => {
    const vpc = { StringEquals: { 'lambda:VpcIds': 'vpc-1' } };
    const both = { ...vpc, 'ForAnyValue:StringEquals': { 'lambda:SubnetIds': 'subnet-1' } };
    const none = { ...vpc, Null: { 'lambda:SubnetIds': 'true' } };
    const judge = compileAccess(
      documentsOf({
        Statement: [
          statement('Allow', none, { Sid: 'Two' }),
          statement('Allow', both, { Sid: 'One' }),
          statement('Allow', vpc, { Sid: 'AlsoOne' }),
        ],
      }),
    );

    const context = { 'lambda:vpcids': ['vpc-9'], 'lambda:subnetids': ['subnet-1'] };

    expect(judge({ ...REQUEST, context })).toMatchObject({
      statement: 'One',
      operator: 'StringEquals',
      key: 'lambda:VpcIds',
      value: 'vpc-9',
    });
  });

  it('names the first Allow where none is about the resource', () => {
    const elsewhere = { Resource: 'arn:aws:lambda:*:*:function:x' };
    const judge = compileAccess(documentsOf({ Statement: statement('Allow', {}, elsewhere) }));

    expect(judge(REQUEST)).toEqual({
      outcome: 'implicitly-denied',
      document: 'one.json',
      statement: 'A',
      reason: `no statement allows \`lambda:CreateFunction\`; \`one.json\` statement \`A\` would, but not on \`${ARN}\``,
    });
  });
});
