import { describe, expect, it } from 'vitest';
import { subnetsHaveAddresses } from '../../../functions/core/controls/subnets-have-addresses.ts';
import cases from '../../cases/lvg-10.json' with { type: 'json' };
import { judgeCase } from '../../support/judge-case.ts';

describe('LVG.10: every subnet has free addresses', () => {
  it.each(cases)('is $expected.status: $name', (row) => {
    expect(judgeCase(subnetsHaveAddresses, row)).toEqual(row.expected);
  });

  it('is not judged where the network was not asked for', () => {
    const row = { name: 'nothing is known', facts: {}, subject: cases[0]?.subject ?? {} };

    expect(judgeCase(subnetsHaveAddresses, row)).toBeUndefined();
  });

  it('only tells unless the policy asks for more', () => {
    expect(subnetsHaveAddresses).toMatchObject({
      id: 'LVG.10',
      scope: 'function',
      needs: ['network'],
      wishes: ['notify', 'revert', 'quarantine'],
      defaults: {
        enabled: true,
        severity: 'medium',
        onCreate: 'notify',
        onChange: 'notify',
        onFound: 'notify',
        contain: false,
        parameters: { minimumFreeAddresses: 16 },
      },
    });
  });
});
