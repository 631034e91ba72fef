import { describe, expect, it } from 'vitest';
import { subnetsPrivate } from '../../../functions/core/controls/subnets-private.ts';
import cases from '../../cases/lvg-3.json' with { type: 'json' };
import { judgeNetworkCase, type NetworkCase } from '../../support/sample-network.ts';

const ROWS: readonly (NetworkCase & { readonly expected: object })[] = cases;

describe('LVG.3: no subnet is public', () => {
  it.each(ROWS)('is $expected.status: $name', (row) => {
    expect(judgeNetworkCase(subnetsPrivate, row)).toEqual(row.expected);
  });

  it('only tells, unless the policy says otherwise', () => {
    expect(subnetsPrivate).toMatchObject({
      id: 'LVG.3',
      scope: 'event',
      needs: ['network'],
      defaults: {
        enabled: true,
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
