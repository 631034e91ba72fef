import { describe, expect, it } from 'vitest';
import { compileAccess } from '../../../functions/core/iam/evaluate.ts';
import table from '../../cases/iam-truth-table.json' with { type: 'json' };
import { documentsOf } from '../../support/access-documents.ts';

const CONTEXTS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> =
  table.contexts;
const ALLOW_ALL = { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };
const CELLS = table.rows.flatMap(({ expected, ...row }) =>
  Object.entries(expected).map(([context, outcome]) => ({ ...row, context, outcome })),
);

describe('compileAccess: the truth table of the VPC condition keys', () => {
  it.each(CELLS)('$statement on $context is $outcome', (cell) => {
    const { effect, condition, context, outcome } = cell;
    const statement = { Effect: effect, Action: 'lambda:*', Resource: '*', Condition: condition };
    const beside = effect === 'Deny' ? [ALLOW_ALL] : [];
    const judge = compileAccess(documentsOf({ Statement: [statement] }, ...beside));

    const decision = judge({
      action: 'lambda:CreateFunction',
      resource: 'arn:aws:lambda:us-east-1:123456789012:function:orders',
      context: CONTEXTS[context] ?? {},
    });

    expect(decision.outcome).toBe(outcome);
  });

  it('has all 84 cells', () => {
    expect(CELLS).toHaveLength(84);
  });
});
