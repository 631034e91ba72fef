import { describe, expect, it } from 'vitest';
import { servicesReachable } from '../../../functions/core/controls/services-reachable.ts';
import cases from '../../cases/lvg-5.json' with { type: 'json' };
import { judgeNetworkCase, type NetworkCase } from '../../support/sample-network.ts';

const ROWS: readonly (NetworkCase & { readonly expected: object })[] = cases;

describe('LVG.5: every AWS service that the policy lists is reachable', () => {
  it.each(ROWS)('is $expected.status: $name', (row) => {
    expect(judgeNetworkCase(servicesReachable, row)).toEqual(row.expected);
  });

  it('only tells, unless the policy says otherwise', () => {
    expect(servicesReachable).toMatchObject({
      id: 'LVG.5',
      scope: 'event',
      needs: ['network'],
      defaults: {
        enabled: true,
        severity: 'medium',
        onCreate: 'notify',
        onChange: 'notify',
        onFound: 'notify',
        contain: false,
        parameters: { services: [] },
      },
    });
  });
});
