import { describe, expect, it } from 'vitest';
import { capacityProviderCompliant } from '../../../functions/core/controls/capacity-provider-compliant.ts';
import cases from '../../cases/lvg-16.json' with { type: 'json' };
import { judgeCase } from '../../support/judge-case.ts';

describe("LVG.16: the capacity provider's subnets and security groups satisfy the other controls", () => {
  it.each(cases)('is $expected.status: $name', (row) => {
    expect(judgeCase(capacityProviderCompliant, row)).toEqual(row.expected);
  });

  it('is not judged where the facts of the provider were not asked for', () => {
    const row = { name: 'nothing is known', facts: {}, subject: cases[0]?.subject ?? {} };

    expect(judgeCase(capacityProviderCompliant, row)).toBeUndefined();
  });

  it('only tells', () => {
    expect(capacityProviderCompliant).toMatchObject({
      id: 'LVG.16',
      scope: 'function',
      needs: ['capacityProvider'],
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
