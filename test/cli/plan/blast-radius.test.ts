import { expect, it } from 'vitest';
import { shareOut } from '../../../lib/cli/plan/blast-radius.ts';
import { ARN } from '../../support/builders.ts';
import { actOf, changeOf } from './sample-plan.ts';

const NONE = { quarantine: 0, fallback: 0, revert: 0, release: 0, wake: 0 };

function without<Item extends { readonly owner?: string }>({ owner: _, ...item }: Item) {
  return item;
}

it('counts each function once, and those without an owner as such, last of equals', () => {
  const met = {
    changes: [
      changeOf(),
      without(changeOf({ functionArn: `${ARN}-2` })),
      changeOf({ functionArn: `${ARN}-3`, owner: 'pay', change: 'newly-compliant', begins: [] }),
    ],
    remediations: [
      actOf(),
      actOf({ functionArn: `${ARN}-4`, owner: 'web', remediation: 'quarantine' }),
      actOf({ functionArn: `${ARN}-5`, owner: 'pay', remediation: 'wake' }),
    ],
    waiting: [],
  };

  expect(shareOut(met, ({ owner }) => owner)).toEqual([
    { name: 'web', functions: 2, newlyViolating: 1, ...NONE, revert: 1, quarantine: 1 },
    { name: 'pay', functions: 1, newlyViolating: 0, ...NONE, wake: 1 },
    { name: undefined, functions: 1, newlyViolating: 1, ...NONE },
  ]);
});

it('counts those that wait, and goes by whatever names them', () => {
  const waiting = [{ functionArn: ARN, vpcId: 'vpc-2' }, { functionArn: `${ARN}-2` }];

  const shares = shareOut({ changes: [], remediations: [], waiting }, ({ vpcId }) => vpcId);

  expect(shares.map(({ name, functions }) => [name, functions])).toEqual([
    ['vpc-2', 1],
    [undefined, 1],
  ]);
});
