import { describe, expect, it } from 'vitest';
import { compileCondition } from '../../../functions/core/iam/condition.ts';
import { describeCondition } from '../../../functions/core/iam/describe-condition.ts';

describe('describeCondition', () => {
  it('says of a value that nobody knows only that it is there', () => {
    const condition = compileCondition({
      operator: 'StringEquals',
      ifExists: false,
      key: 'aws:principalarn',
      values: ['x'],
    });

    expect(describeCondition(condition, undefined)).toBe('`aws:PrincipalArn` is present');
  });
});
