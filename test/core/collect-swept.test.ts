import { describe, expect, it } from 'vitest';
import { collectSwept } from '../../functions/core/collect-swept.ts';
import type { SweptFunction } from '../../functions/core/swept-function.ts';

const QUIET = { functions: ['*'], wake: true, verdicts: false };

/** What a sweep says of a function that nothing speaks against, but for what is given. */
function sweptOf(functionArn: string, given: Partial<SweptFunction> = {}): SweptFunction {
  return {
    functionArn,
    isGone: false,
    isCompliant: true,
    findings: [],
    idle: [],
    newControlIds: [],
    isResolved: false,
    isQuarantined: false,
    isBaselineNew: false,
    ...given,
  };
}

describe('collectSwept', () => {
  it('counts what is there, and what is compliant of it', () => {
    const swept = [
      sweptOf('a'),
      sweptOf('b', { isCompliant: false, unknown: ['denied'] }),
      sweptOf('gone', { isGone: true }),
    ];

    expect(collectSwept(swept, QUIET)).toEqual({
      scanned: 2,
      compliant: 1,
      findings: [],
      idle: [],
      remediations: [],
      unknown: [{ functionArn: 'b', reason: 'denied' }],
    });
  });

  it('lists what is planned and what waits', () => {
    const planned = { id: 'r-1', kind: 'revert', isCounted: true };
    const swept = [sweptOf('a', { planned }), sweptOf('b', { isWaiting: true })];

    expect(collectSwept(swept, QUIET)).toMatchObject({
      remediations: [{ id: 'r-1', functionArn: 'a', planned: 'revert', isCounted: true }],
      waiting: ['b'],
    });
  });

  it('tells what every control says where somebody asked', () => {
    const verdicts = [{ controlId: 'LVG.1', verdict: 'compliant' as const }];
    const swept = [sweptOf('a', { verdicts }), sweptOf('b')];

    expect(collectSwept(swept, { ...QUIET, verdicts: true }).verdicts).toEqual([
      { functionArn: 'a', controlId: 'LVG.1', verdict: 'compliant' },
    ]);
    expect(collectSwept(swept, QUIET)).not.toHaveProperty('verdicts');
  });
});
