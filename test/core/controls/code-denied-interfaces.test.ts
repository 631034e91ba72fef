import { describe, expect, it } from 'vitest';
import { codeDeniedInterfaces } from '../../../functions/core/controls/code-denied-interfaces.ts';
import cases from '../../cases/lvg-8.json' with { type: 'json' };
import { judgeCase } from '../../support/judge-case.ts';

describe('LVG.8: the code of the function may not touch network interfaces', () => {
  it.each(cases)('is $expected.status: $name', (row) => {
    expect(judgeCase(codeDeniedInterfaces, row)).toEqual(row.expected);
  });

  it('is not judged where the rights of the code were not asked for', () => {
    const row = { name: 'nothing is known', facts: {}, subject: cases[0]?.subject ?? {} };

    expect(judgeCase(codeDeniedInterfaces, row)).toBeUndefined();
  });

  it('is off by default, and only tells unless the policy asks for more', () => {
    expect(codeDeniedInterfaces).toMatchObject({
      id: 'LVG.8',
      scope: 'account',
      needs: ['functionCode'],
      wishes: ['notify', 'quarantine'],
      defaults: {
        enabled: false,
        severity: 'medium',
        onCreate: 'notify',
        onChange: 'notify',
        onFound: 'notify',
        contain: false,
        parameters: {},
      },
    });
  });
});
