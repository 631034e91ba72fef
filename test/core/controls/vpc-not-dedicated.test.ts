import { describe, expect, it } from 'vitest';
import { vpcNotDedicated } from '../../../functions/core/controls/vpc-not-dedicated.ts';
import cases from '../../cases/lvg-2.json' with { type: 'json' };
import { judgeNetworkCase, type NetworkCase } from '../../support/sample-network.ts';

const ROWS: readonly (NetworkCase & { readonly expected: object })[] = cases;

describe('LVG.2: the VPC does not have dedicated tenancy', () => {
  it.each(ROWS)('is $expected.status: $name', (row) => {
    expect(judgeNetworkCase(vpcNotDedicated, row)).toEqual(row.expected);
  });

  it('only tells, unless the policy says otherwise', () => {
    expect(vpcNotDedicated).toMatchObject({
      id: 'LVG.2',
      scope: 'event',
      needs: ['network'],
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
