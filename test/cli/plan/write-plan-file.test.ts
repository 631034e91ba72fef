import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isApproved, parsePlan } from '../../../functions/core/plan.ts';
import { checkPlanFile, toPlan, writePlanFile } from '../../../lib/cli/plan/write-plan-file.ts';
import { ARN, NOW_MS } from '../../support/builders.ts';
import { folderOf } from '../policy/fake-terminal.ts';
import { actOf, planOf } from './sample-plan.ts';

const HOME = { account: '123456789012', region: 'us-east-1' };
const GIVEN = { hours: 24, nowMs: NOW_MS + 59_999 };

const ACTS = [
  actOf(),
  actOf({ functionArn: `${ARN}-2`, remediation: 'quarantine' }),
  actOf({ functionArn: `${ARN}-3`, remediation: 'quarantine', isCounted: false }),
  actOf({ functionArn: `${ARN}-4`, remediation: 'wake', isCounted: false }),
];

describe('a plan file', () => {
  it('approves exactly what counts, by the hash of the policy, until whole minutes', () => {
    using folder = folderOf({ 'plan.json': 'an older one' });
    const file = folder.path('plan.json');

    writePlanFile(file, toPlan(planOf({ remediations: ACTS }), GIVEN));

    const parsed = parsePlan(readFileSync(file, 'utf8'), { file, home: HOME });
    const plan = {
      policyHash: 'a'.repeat(64),
      functionArns: [ARN, `${ARN}-2`],
      max: 2,
      expiresMs: NOW_MS + 86_400_000,
    };
    expect(parsed).toEqual({ ok: true, plan });
    expect(readdirSync(folder.path())).toEqual(['plan.json']);
    const planned = { policyHash: 'a'.repeat(64), nowMs: NOW_MS + 86_399_999 };
    expect(isApproved(plan, { ...planned, functionArn: ARN })).toBe(true);
    expect(isApproved(plan, { ...planned, functionArn: `${ARN}-3` })).toBe(false);
  });

  it('is for people to read, too', () => {
    using folder = folderOf({});
    const file = folder.path('plan.json');

    writePlanFile(file, toPlan(planOf({ remediations: [actOf()] }), GIVEN));

    expect(readFileSync(file, 'utf8')).toBe(`{
  "policyHash": "${'a'.repeat(64)}",
  "functions": [
    "${ARN}"
  ],
  "max": 1,
  "expires": "2026-11-23T09:00:00.000Z"
}
`);
  });

  it('is not written where there is nothing to approve, or more than one plan holds', () => {
    const many = Array.from({ length: 1001 }, (_, index) =>
      actOf({ functionArn: `${ARN}-${index}` }),
    );

    expect(() => toPlan(planOf({ remediations: ACTS.slice(2) }), GIVEN)).toThrow(
      'there is nothing to approve: no remediation would count',
    );
    expect(() => toPlan(planOf({ remediations: many }), GIVEN)).toThrow(
      'there are 1001 remediations to approve, and a plan holds at most 1000: ask for fewer functions at once with --function',
    );
    expect(toPlan(planOf({ remediations: many.slice(1) }), GIVEN).max).toBe(1000);
  });

  it.each([
    ['a folder', 'folder', 'it is no file'],
    ['no folder to be in', 'none/plan.json', 'ENOENT'],
    ['a device', '/dev/null', 'it is no file'],
    ['standard output', '-', 'a plan is kept in a file'],
  ])('is refused before anything is read: %s', (_, name, fault) => {
    using folder = folderOf({});
    mkdirSync(folder.path('folder'));
    const file = /^[-/]/.test(name) ? name : folder.path(name);

    expect(() => checkPlanFile(file)).toThrow(
      expect.objectContaining({
        name: 'UsageError',
        message: expect.stringContaining(`could not write the plan \`${file}\`: ${fault}`),
      }),
    );
  });

  it('leaves nothing behind where it cannot be put into its place', () => {
    using folder = folderOf({});
    mkdirSync(folder.path('plan.json'));
    const plan = toPlan(planOf({ remediations: ACTS }), GIVEN);

    expect(() => writePlanFile(folder.path('plan.json'), plan)).toThrow('could not write the plan');
    expect(readdirSync(folder.path())).toEqual(['plan.json']);
  });
});
