import { describe, expect, it } from 'vitest';
import { compileAccess } from '../../../functions/core/iam/evaluate.ts';
import { parseAccessDocument } from '../../../functions/core/iam/parse-document.ts';
import cases from '../../cases/iam-decisions.json' with { type: 'json' };

const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';
const OPERATORS = [
  ...['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
  ...['StringLike', 'StringNotLike', 'ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike'],
  ...['Bool', 'Null'],
];

/** The expected decisions were derived by hand from AWS's user guide; nothing here computes one. */
describe('compileAccess: decisions that were written down', () => {
  it.each(cases)('$name', ({ statements, keys, expected }) => {
    const parsed = parseAccessDocument('policy.json', { Statement: statements });
    const documents = parsed.ok ? [parsed.document] : [];

    const decision = compileAccess(documents)({
      action: 'lambda:CreateFunction',
      resource: FUNCTION,
      context: Object.fromEntries(Object.entries(keys)),
    });

    expect(parsed).toMatchObject({ ok: true });
    expect(decision).toMatchObject(expected);
  });

  it('has every operator', () => {
    const used = cases.flatMap(({ statements }) =>
      statements.flatMap((statement) =>
        'Condition' in statement ? Object.keys(statement.Condition) : [],
      ),
    );
    const names = used.map((name) => name.replace(/^.*:/, '').replace(/IfExists$/, ''));

    expect(OPERATORS.filter((operator) => !names.includes(operator))).toEqual([]);
  });
});
