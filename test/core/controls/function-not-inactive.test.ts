import { describe, expect, it } from 'vitest';
import { functionNotInactive } from '../../../functions/core/controls/function-not-inactive.ts';
import cases from '../../cases/lvg-12.json' with { type: 'json' };
import { judgeCase } from '../../support/judge-case.ts';

describe('LVG.12: the function is not inactive', () => {
  it.each(cases)('is $expected.status: $name', (row) => {
    expect(judgeCase(functionNotInactive, row)).toEqual(row.expected);
  });

  it('is not judged where the snapshot was not asked for', () => {
    const row = { name: 'nothing is known', facts: {}, subject: cases[0]?.subject ?? {} };

    expect(judgeCase(functionNotInactive, row)).toBeUndefined();
  });

  it('only tells', () => {
    expect(functionNotInactive).toMatchObject({
      id: 'LVG.12',
      scope: 'function',
      needs: ['snapshot'],
      wishes: ['notify'],
      defaults: {
        enabled: true,
        severity: 'low',
        onCreate: 'notify',
        onChange: 'notify',
        onFound: 'notify',
        contain: false,
        parameters: {},
      },
    });
  });
});
