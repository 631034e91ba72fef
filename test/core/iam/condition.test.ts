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
    const context = request === null ? {} : { [key.toLowerCase()]: request };

    const truth = conditionOf(operator, key, values).evaluate({ context });

    expect(truth).toBe(expected);
  });

  it('is unknown where nobody knows the value of the key', () => {
    const unknownKeys = new Set(['aws:principalarn']);
    const condition = conditionOf('StringNotEqualsIfExists', 'aws:PrincipalArn', ['x']);

    expect(condition.evaluate({ context: {}, unknownKeys })).toBe('unknown');
  });

  it.each([
    { values: ['true'], expected: false },
    { values: ['false'], expected: true },
  ])('answers Null $values for a key that is there with a value nobody knows', (row) => {
    const unknownKeys = new Set(['lambda:vpcids']);
    const condition = conditionOf('Null', 'lambda:VpcIds', row.values);

    expect(condition.evaluate({ context: {}, unknownKeys })).toBe(row.expected);
  });

  it('does not read what every object inherits', () => {
    const condition = compileCondition({
      operator: 'Null',
      ifExists: false,
      key: 'constructor',
      values: ['true'],
    });

    expect(condition.evaluate({ context: {} })).toBe(true);
  });

  it('takes an ARN pattern without six parts as one that never matches', () => {
    const condition = compileCondition({
      operator: 'ArnLike',
      ifExists: false,
      key: 'aws:principalarn',
      values: ['*'],
    });

    expect(condition.evaluate({ context: { 'aws:principalarn': ['a:b:c:d:e:f'] } })).toBe(false);
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
          }).evaluate({ context: { 'x:y': [value] } }),
        );
        expect(both[0]).toBe(!both[1]);
      }),
    );
  });
});

function negate(operator: string): string {
  return operator.replace(/^(String|Arn)/, '$1Not');
}
