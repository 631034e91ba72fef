import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failedMessages } from '../../../lib/local/lambda/batch-failures.ts';

const IDS = ['one', 'two'];
const failuresOf = (payload: string, outcome: object = {}) => [
  ...failedMessages(IDS, { payload, isError: false, reportsItemFailures: true, ...outcome }),
];
const report = (...itemIdentifiers: readonly unknown[]) =>
  JSON.stringify({
    batchItemFailures: itemIdentifiers.map((itemIdentifier) => ({ itemIdentifier })),
  });

describe('failedMessages', () => {
  it.each([
    ['an empty list', report(), []],
    ['a null list', '{"batchItemFailures":null}', []],
    ['an empty answer', '{}', []],
    ['a null answer', 'null', []],
    ['one message', report('two'), ['two']],
    ['an unknown message', report('two', 'three'), IDS],
    ['an empty identifier', report(''), IDS],
    ['a null identifier', report(null), IDS],
    ['a badly named identifier', '{"batchItemFailures":[{"id":"one"}]}', IDS],
    ['an identifier on its own', '{"batchItemFailures":["one"]}', IDS],
    ['a list that is none', '{"batchItemFailures":"one"}', IDS],
    ['an answer that is no object', '"one"', IDS],
    ['no JSON', '{', IDS],
  ])('takes %s as AWS does', (_what, payload, expected) => {
    expect(failuresOf(payload)).toEqual(expected);
  });

  it('fails everything where the function failed', () => {
    expect(failuresOf(report(), { isError: true })).toEqual(IDS);
  });

  it('fails nothing where no report is wanted', () => {
    expect(failuresOf(report('one'), { reportsItemFailures: false })).toEqual([]);
  });

  it('never throws, and never names a message that was not there', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (payload) => {
        expect(IDS).toEqual(expect.arrayContaining(failuresOf(payload)));
      }),
    );
  });
});
