import { describe, expect, it } from 'vitest';
import { zonesSpanned } from '../../../functions/core/controls/zones-spanned.ts';
import cases from '../../cases/lvg-6.json' with { type: 'json' };
import { judgeNetworkCase, type NetworkCase } from '../../support/sample-network.ts';

const ROWS: readonly (NetworkCase & { readonly expected: object })[] = cases;

describe('LVG.6: the subnets span enough Availability Zones', () => {
  it.each(ROWS)('is $expected.status: $name', (row) => {
    expect(judgeNetworkCase(zonesSpanned, row)).toEqual(row.expected);
  });

  it('only tells, unless the policy says otherwise', () => {
    expect(zonesSpanned).toMatchObject({
      id: 'LVG.6',
      scope: 'event',
      needs: ['network'],
      defaults: {
        enabled: true,
        severity: 'low',
        onCreate: 'notify',
        onChange: 'notify',
        onFound: 'notify',
        contain: false,
        parameters: { minimumZones: 2 },
      },
    });
  });
});
