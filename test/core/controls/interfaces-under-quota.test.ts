import { describe, expect, it } from 'vitest';
import { interfacesUnderQuota } from '../../../functions/core/controls/interfaces-under-quota.ts';
import cases from '../../cases/lvg-11.json' with { type: 'json' };
import { judgeCase } from '../../support/judge-case.ts';

describe('LVG.11: the functions of the VPC stay under its quota of network interfaces', () => {
  it.each(cases)('is $expected.status: $name', (row) => {
    expect(judgeCase(interfacesUnderQuota, row)).toEqual(row.expected);
  });

  it('is not judged where the network interfaces were not asked for', () => {
    const row = { name: 'nothing is known', facts: {}, subject: cases[0]?.subject ?? {} };

    expect(judgeCase(interfacesUnderQuota, row)).toBeUndefined();
  });

  it('only tells', () => {
    expect(interfacesUnderQuota).toMatchObject({
      id: 'LVG.11',
      scope: 'account',
      needs: ['interfaces'],
      wishes: ['notify'],
      defaults: {
        enabled: true,
        severity: 'medium',
        onCreate: 'notify',
        onChange: 'notify',
        onFound: 'notify',
        contain: false,
        parameters: { maximumPercent: 90 },
      },
    });
  });
});
