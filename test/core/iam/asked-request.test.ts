import { describe, expect, it } from 'vitest';
import { answerOf, createQuestions } from '../../../functions/core/iam/asked-request.ts';
import type { Truth } from '../../../functions/core/iam/condition.ts';
import type { Condition } from '../../../functions/core/iam/document.ts';

const REQUEST = { action: 'lambda:CreateFunction', resource: 'arn:x', context: {} };

function conditionOn(key: string, value = 'x'): Condition {
  return { operator: 'StringEquals', ifExists: false, key, values: [value] };
}

describe('createQuestions', () => {
  it('takes equal conditions for one, and numbers those that several statements have', () => {
    const { toShared } = createQuestions();
    const conditions = [conditionOn('a'), conditionOn('b'), conditionOn('a', 'y')];
    const first = conditions.map(toShared);
    const indexes = () => first.map(({ index }) => index);

    expect(indexes()).toEqual([undefined, undefined, undefined]);
    expect(conditions.toReversed().map(toShared).toReversed()).toEqual(first);
    expect(indexes()).toEqual([2, 1, 0]);
    expect(toShared(conditionOn('a'))).toBe(first[0]);
    expect(indexes()).toEqual([2, 1, 0]);
  });

  it('reads each key of a request once, whatever number of conditions ask for it', () => {
    const { toShared, toAsked } = createQuestions();
    const conditions = [conditionOn('a'), conditionOn('a', 'y'), conditionOn('b')];
    const slots = conditions.map((condition) => toShared(condition).slot);
    const { values } = toAsked({ ...REQUEST, context: { a: ['1'] }, unknownKeys: new Set('b') });

    expect(slots).toEqual([0, 0, 1]);
    expect(values).toEqual([['1'], undefined]);
  });
});

describe('answerOf', () => {
  it.each([
    { name: 'one statement has', times: 1, asked: 3 },
    { name: 'several statements have', times: 2, asked: 1 },
  ])('asks a condition that $name $asked times in three', ({ times, asked }) => {
    const { toShared, toAsked } = createQuestions();
    const shared = Array.from({ length: times }, () => toShared(conditionOn('a')));
    const values: unknown[] = [];
    const answer = (given: unknown): Truth => {
      values.push(given);
      return false;
    };
    const request = toAsked({ ...REQUEST, context: { a: ['1'] } });
    const answers = [1, 2, 3].map(() =>
      shared.slice(0, 1).map((condition) => answerOf({ ...condition, answer }, request)),
    );

    expect(answers).toEqual([[false], [false], [false]]);
    expect(values).toEqual(Array(asked).fill(['1']));
  });
});
