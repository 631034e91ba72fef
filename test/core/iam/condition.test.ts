import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition } from '../../../functions/core/iam/condition.ts';
import { OPERATORS } from '../../../functions/core/iam/document.ts';
import cases from '../../cases/iam-conditions.json' with { type: 'json' };
import { documentOf } from '../../support/access-documents.ts';

function conditionOf(operator: string, key: string, values: readonly string[]) {
  const { statements } = documentOf({
    Statement: {
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
      Condition: { [operator]: { [key]: values } },
    },
  });
  const [condition] = statements[0]?.conditions ?? [];
  if (condition === undefined) throw new Error('no condition');
  return compileCondition(condition);
}

describe('compileCondition', () => {
  it.each(cases)('$name', ({ operator, key, values, request, expected }) => {
    expect(conditionOf(operator, key, values).answer(request ?? [])).toBe(expected);
  });

  it('is unknown where nobody knows the value of the key', () => {
    const condition = conditionOf('StringNotEqualsIfExists', 'aws:PrincipalArn', ['x']);

    expect(condition.answer(undefined)).toBe('unknown');
  });

  it.each([
    { values: ['true'], expected: false },
    { values: ['false'], expected: true },
  ])('answers Null $values for a key that is there with a value nobody knows', (row) => {
    const condition = conditionOf('Null', 'lambda:VpcIds', row.values);

    expect(condition.answer(undefined)).toBe(row.expected);
  });

  it('takes an ARN pattern without six parts as one that never matches', () => {
    const condition = compileCondition({
      operator: 'ArnLike',
      ifExists: false,
      key: 'aws:principalarn',
      values: ['*'],
    });

    expect(condition.answer(['a:b:c:d:e:f'])).toBe(false);
  });

  it('answers a negated plain operator with the opposite for a single present value', () => {
    const texts = fc.string({ maxLength: 6, unit: fc.constantFrom('a', 'B', '*', '?', ':') });
    const positive = ['StringEquals', 'StringEqualsIgnoreCase', 'StringLike', 'ArnEquals'];

    fc.assert(
      fc.property(fc.constantFrom(...positive), texts, texts, (operator, pattern, value) => {
        const both = [operator, negate(operator)].map((name) =>
          compileCondition({
            operator: OPERATORS.find((known) => known === name) ?? 'Bool',
            ifExists: false,
            key: 'x:y',
            values: [pattern],
          }).answer([value]),
        );
        expect(both[0]).toBe(!both[1]);
      }),
    );
  });
});

function negate(operator: string): string {
  return operator.replace(/^(String|Arn)/, '$1Not');
}
