import { describe, expect, it } from 'vitest';
import { noDefaultGroup } from '../../../functions/core/controls/no-default-group.ts';
import cases from '../../cases/lvg-9.json' with { type: 'json' };
import { judgeNetworkCase, type NetworkCase } from '../../support/sample-network.ts';

const ROWS: readonly (NetworkCase & { readonly expected: object })[] = cases;

describe('LVG.9: the default security group of the VPC is not used', () => {
  it.each(ROWS)('is $expected.status: $name', (row) => {
    expect(judgeNetworkCase(noDefaultGroup, row)).toEqual(row.expected);
  });

  it('only tells, unless the policy says otherwise', () => {
    expect(noDefaultGroup).toMatchObject({
      id: 'LVG.9',
      scope: 'event',
      needs: ['network'],
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
