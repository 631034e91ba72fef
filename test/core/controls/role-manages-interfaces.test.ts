import { describe, expect, it } from 'vitest';
import { roleManagesInterfaces } from '../../../functions/core/controls/role-manages-interfaces.ts';
import cases from '../../cases/lvg-7.json' with { type: 'json' };
import { judgeCase } from '../../support/judge-case.ts';

describe('LVG.7: the execution role can manage the network interfaces', () => {
  it.each(cases)('is $expected.status: $name', (row) => {
    expect(judgeCase(roleManagesInterfaces, row)).toEqual(row.expected);
  });

  it('is not judged where the rights of the role were not asked for', () => {
    const row = { name: 'nothing is known', facts: {}, subject: cases[0]?.subject ?? {} };

    expect(judgeCase(roleManagesInterfaces, row)).toBeUndefined();
  });

  it('only tells unless the policy asks for more', () => {
    expect(roleManagesInterfaces).toMatchObject({
      id: 'LVG.7',
      scope: 'account',
      needs: ['role'],
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
