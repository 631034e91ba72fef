import { describe, expect, it } from 'vitest';
import { noNetworkFailure } from '../../../functions/core/controls/no-network-failure.ts';
import cases from '../../cases/lvg-13.json' with { type: 'json' };
import { judgeCase } from '../../support/judge-case.ts';

describe('LVG.13: neither the function nor its last update failed because of the network', () => {
  it.each(cases)('is $expected.status: $name', (row) => {
    expect(judgeCase(noNetworkFailure, row)).toEqual(row.expected);
  });

  it('is not judged where the snapshot was not asked for', () => {
    const row = { name: 'nothing is known', facts: {}, subject: cases[0]?.subject ?? {} };

    expect(judgeCase(noNetworkFailure, row)).toBeUndefined();
  });

  it('only tells', () => {
    expect(noNetworkFailure).toMatchObject({
      id: 'LVG.13',
      scope: 'function',
      needs: ['snapshot'],
      wishes: ['notify'],
      defaults: {
        enabled: true,
        severity: 'high',
        onCreate: 'notify',
        onChange: 'notify',
        onFound: 'notify',
        contain: false,
        parameters: {},
      },
    });
  });
});
