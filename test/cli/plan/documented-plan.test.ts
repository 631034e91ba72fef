import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CHANGES } from '../../../lib/cli/plan/plan-report.ts';
import { actOf, changeOf, planOf } from './sample-plan.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/cli-plan.md'), 'utf8');

const SHARE = {
  functions: 1,
  newlyViolating: 0,
  quarantine: 0,
  fallback: 0,
  revert: 0,
  release: 0,
  wake: 0,
};

/** A plan with everything that there can be, but for what an attachment is made of. */
const FULL = planOf({
  asked: ['a'],
  changes: [
    changeOf({
      begins: [
        { controlId: 'LVG.1', severity: 'high', reason: '', statement: '', before: 'nothing' },
      ],
      ends: [{ controlId: 'LVG.1', severity: 'high', now: 'exempt' }],
      unknown: [''],
    }),
  ],
  remediations: [actOf({ from: {} as never, to: {} as never, otherwise: 'quarantine' })],
  blastRadius: {
    ownerTag: 'team',
    byOwner: [{ owner: 'web', ...SHARE }],
    byVpc: [{ vpcId: 'vpc-1', ...SHARE }],
  },
  unknown: [{ functionArn: '', reason: '' }],
  unmatched: ['a'],
  notSeen: [{ what: '', because: '', so: '' }],
});

function keysOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const own = Array.isArray(value) ? [] : entries.map(([key]) => key);
  return [...own, ...entries.flatMap(([, inner]) => keysOf(inner))];
}

it('docs/cli-plan.md says what every key of the document holds, and what every change means', () => {
  const names = new Set([...keysOf(FULL), ...CHANGES]);

  expect([...names].filter((name) => !PAGE.includes(`\`${name}\``))).toEqual([]);
});
