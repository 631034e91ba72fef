import { describe, expect, it } from 'vitest';
import { ipv6DualStack } from '../../../functions/core/controls/ipv6-dual-stack.ts';
import cases from '../../cases/lvg-14.json' with { type: 'json' };
import { judgeNetworkCase, type NetworkCase } from '../../support/sample-network.ts';

const ROWS: readonly (NetworkCase & { readonly expected: object })[] = cases;

describe('LVG.14: IPv6 is allowed only where every subnet is dual-stack', () => {
  it.each(ROWS)('is $expected.status: $name', (row) => {
    expect(judgeNetworkCase(ipv6DualStack, row)).toEqual(row.expected);
  });

  it('only tells, unless the policy says otherwise', () => {
    expect(ipv6DualStack).toMatchObject({
      id: 'LVG.14',
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
