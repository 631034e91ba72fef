import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition, Operator } from '../../../functions/core/iam/document.ts';
import { compileAccess } from '../../../functions/core/iam/evaluate.ts';
import { conjoinConditions } from '../../../lib/policy/export/conjoin-conditions.ts';

const KEY = 'lambda:subnetids';
const OPERATORS: readonly Operator[] = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIgnoreCase',
];

const condition: fc.Arbitrary<Condition> = fc
  .record({
    operator: fc.constantFrom(...OPERATORS),
    set: fc.constantFrom('ForAllValues' as const, 'ForAnyValue' as const, undefined),
    ifExists: fc.boolean(),
    values: fc.subarray(['a', 'b', 'c', '*', '?'], { minLength: 1, maxLength: 3 }),
  })
  .map(({ set, ...rest }) => ({ ...rest, key: KEY, ...(set === undefined ? {} : { set }) }));

/** On a key of one value and one of several: plain operators differ. */
function hold(conditions: readonly Condition[], key: string, values: readonly string[]): boolean {
  const action = { isNot: false, patterns: ['*'] };
  const moved = conditions.map((each) => ({ ...each, key }));
  const judge = compileAccess([
    {
      name: 'one.json',
      statements: [{ id: 'A', effect: 'Allow', action, resource: action, conditions: moved }],
    },
  ]);
  const request = { action: 'lambda:CreateFunction', resource: 'x', context: { [key]: values } };
  return judge(request).outcome === 'allowed';
}

describe('conjoinConditions', () => {
  it('makes conditions, one for each operator, that hold where all of them hold', () => {
    const lists = fc.subarray(['a', 'b', 'c', 'd', 'A', '*']);

    fc.assert(
      fc.property(fc.array(condition, { minLength: 2, maxLength: 4 }), lists, (all, values) => {
        const made = conjoinConditions(all);

        if (made.kind !== 'made') return;
        const spelled = made.value.map(({ set, operator, ifExists }) => [set, operator, ifExists]);
        expect(new Set(spelled.map((each) => each.join())).size).toBe(spelled.length);
        expect(hold(made.value, KEY, values)).toBe(hold(all, KEY, values));
        const one = values.slice(0, 1);
        expect(hold(made.value, 'lambda:vpcids', one)).toBe(hold(all, 'lambda:vpcids', one));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    { set: 'ForAnyValue', operator: 'StringNotEquals', count: 4, kind: 'made' },
    { set: 'ForAnyValue', operator: 'StringNotEquals', count: 5, kind: 'inexpressible' },
    { set: 'ForAnyValue', operator: 'StringNotLike', count: 3, kind: 'inexpressible' },
    { set: 'ForAllValues', operator: 'StringNotEquals', count: 9, kind: 'made' },
  ] as const)('takes $count times $set:$operator as $kind', ({ set, operator, count, kind }) => {
    const all = Array.from({ length: count }, (_, index): Condition => {
      const value = operator === 'StringNotLike' ? `${index}*` : String(index);
      return { set, operator, ifExists: false, key: KEY, values: [value] };
    });

    expect(conjoinConditions(all).kind).toBe(kind);
  });

  it('does not take IfExists away where an absent key matches because of it', () => {
    const all = ['a', 'b', 'c'].map((value): Condition => {
      return { operator: 'StringEquals', ifExists: true, key: KEY, values: [value] };
    });

    expect(conjoinConditions(all)).toEqual({
      kind: 'inexpressible',
      why: 'one statement would need `StringEqualsIfExists` on `lambda:SubnetIds` too often',
    });
  });
});
