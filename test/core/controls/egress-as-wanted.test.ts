import { describe, expect, it } from 'vitest';
import { egressAsWanted } from '../../../functions/core/controls/egress-as-wanted.ts';
import cases from '../../cases/lvg-4.json' with { type: 'json' };
import { judgeNetworkCase, type NetworkCase } from '../../support/sample-network.ts';

const ROWS: readonly (NetworkCase & { readonly expected: object })[] = cases;

describe('LVG.4: the way to the internet is the one that the policy wants', () => {
  it.each(ROWS)('is $expected.status: $name', (row) => {
    expect(judgeNetworkCase(egressAsWanted, row)).toEqual(row.expected);
  });

  it('only tells, unless the policy says otherwise', () => {
    expect(egressAsWanted).toMatchObject({
      id: 'LVG.4',
      scope: 'event',
      needs: ['network'],
      defaults: {
        enabled: true,
        severity: 'medium',
        onCreate: 'notify',
        onChange: 'notify',
        onFound: 'notify',
        contain: false,
        parameters: { egress: [] },
      },
    });
  });
});
