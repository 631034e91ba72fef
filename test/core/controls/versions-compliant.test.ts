import { describe, expect, it } from 'vitest';
import { versionsCompliant } from '../../../functions/core/controls/versions-compliant.ts';
import cases from '../../cases/lvg-15.json' with { type: 'json' };
import { judgeCase } from '../../support/judge-case.ts';

describe('LVG.15: no published version keeps a violating attachment', () => {
  it.each(cases)('is $expected.status: $name', (row) => {
    expect(judgeCase(versionsCompliant, row)).toEqual(row.expected);
  });

  it('is not judged where the versions were not asked for', () => {
    const row = { name: 'nothing is known', facts: {}, subject: cases[0]?.subject ?? {} };

    expect(judgeCase(versionsCompliant, row)).toBeUndefined();
  });

  it('only tells unless the policy asks for more', () => {
    expect(versionsCompliant).toMatchObject({
      id: 'LVG.15',
      scope: 'account',
      needs: ['versions'],
      wishes: ['notify', 'quarantine'],
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
