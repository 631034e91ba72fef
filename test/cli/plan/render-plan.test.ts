import { describe, expect, it } from 'vitest';
import { renderPlan } from '../../../lib/cli/plan/render-plan.ts';
import { ARN } from '../../support/builders.ts';
import { actOf, changeOf, planOf } from './sample-plan.ts';

const linesOf = (plan: ReturnType<typeof planOf>) =>
  renderPlan(plan, { hasColors: false }).split('\n').slice(0, 8);

describe('a plan for people', () => {
  it('says in its first lines what is compared, what changes, what is done, and the limit', () => {
    const { counts } = planOf();

    expect(
      linesOf(
        planOf({
          counts: { ...counts, newlyViolating: 3, quarantine: 1, fallback: 2, revert: 4 },
          breaker: { max: 25, perMinutes: 15, counted: 6, trips: false },
        }),
      ),
    ).toEqual([
      'policy new.yaml (mode enforce), compared with old.yaml (mode audit, deployed), in account 123456789012, us-east-1',
      'of 214 functions: 3 newly violating, 0 newly compliant',
      'enforced, it would quarantine 1, send to the fallback 2 and revert 4',
      '6 of 7 count against the limit of 25 within 15 minutes: the breaker would not trip by them alone',
      '',
    ]);
  });

  it('says that the breaker would trip, and what else changes', () => {
    const { counts } = planOf();

    expect(
      linesOf(
        planOf({
          counts: {
            ...counts,
            newlyExempt: 1,
            newlyUnknown: 2,
            fewerViolations: 3,
            revert: 2,
            waiting: 1,
          },
          breaker: { max: 1, perMinutes: 15, counted: 2, trips: true },
        }),
      ).slice(1, 4),
    ).toEqual([
      'of 214 functions: 0 newly violating, 0 newly compliant, 1 newly exempt, 3 with fewer violations, 2 newly unknown',
      'enforced, it would revert 2; 1 function would be reverted or quarantined once AWS is done with it',
      '2 of 2 count against the limit of 1 within 15 minutes: the breaker would trip, and hold them back until an operator approves them',
    ]);
  });

  it.each([
    [
      'the mode is audit',
      planOf({ policy: { file: 'new.yaml', hash: 'a', mode: 'audit' } }),
      'the policy new.yaml says mode audit: nothing of this is done until it says enforce, and its hash is another one then',
    ],
    [
      'there is nothing to compare with',
      planOf({ against: undefined as never }),
      'compared with no policy, everything that it says is new',
    ],
    [
      'nothing has a baseline',
      planOf({ tableName: undefined as never }),
      'without the records of a guardrail nothing has a baseline: what would be reverted goes to the fallback, or into quarantine',
    ],
    [
      'nothing is done about what is found',
      planOf({ counts: { ...planOf().counts, newlyViolating: 1 } }),
      'what stands already is answered as `onFound` says, often with no more than a notice, and what is in quarantine stays there',
    ],
    [
      'only some were asked for',
      planOf({ asked: ['pay-*'] }),
      'only some functions were asked for: what others need counts against the limit, too',
    ],
    [
      'owners are not known',
      planOf({ blastRadius: { byOwner: [], byVpc: [] } }),
      'whose functions they are nobody knows: the policy names no `notify.ownerTag`',
    ],
  ])('remarks that %s', (_, plan, remark) => {
    expect(linesOf(plan).slice(4)).toEqual([remark, '']);
    expect(linesOf(plan).slice(2, 4)).toEqual([
      'enforced, nothing would be done now',
      'the limit of 25 within 15 minutes is not touched',
    ]);
  });

  it('lists what matters most first, and leaves out what is empty', () => {
    const begun = {
      controlId: 'LVG.6',
      severity: 'low',
      reason: 'one zone',
      before: 'less',
    } as const;
    const text = renderPlan(
      planOf({
        changes: [
          changeOf({ functionArn: `${ARN}-low`, begins: [begun] }),
          changeOf({ functionArn: `${ARN}-high` }),
        ],
        remediations: [actOf({ functionArn: `${ARN}-r` }), actOf({ remediation: 'quarantine' })],
      }),
      { hasColors: false },
    );

    expect(text.indexOf('orders-api-high')).toBeLessThan(text.indexOf('orders-api-low'));
    expect(text.indexOf('│ quarantine │')).toBeLessThan(text.indexOf('│ revert '));
    expect(text).toContain('goes to');
    expect(text).not.toMatch(/by the other policy|by VPC|not judged in full|not seen/);
  });

  it('tells all the rest where there is some', () => {
    const share = { quarantine: 0, fallback: 0, revert: 1, release: 0, wake: 0 };
    const text = renderPlan(
      planOf({
        changes: [
          changeOf({
            functionArn: `${ARN}-u`,
            change: 'newly-unknown',
            after: 'unknown',
            begins: [],
          }),
          changeOf({
            change: 'newly-exempt',
            before: 'violation',
            after: 'exempt',
            begins: [],
            ends: [{ controlId: 'LVG.1', severity: 'high', now: 'exempt' }],
          }),
        ],
        waiting: [{ functionArn: `${ARN}-w` }],
        unknown: [
          { functionArn: `${ARN}-u`, reason: 'denied' },
          { functionArn: `${ARN}-v`, reason: 'gone' },
        ],
        blastRadius: {
          ownerTag: 'team',
          byOwner: [
            { owner: 'web', functions: 2, newlyViolating: 1, ...share },
            { functions: 1, newlyViolating: 0, ...share },
          ],
          byVpc: [{ functions: 3, newlyViolating: 1, ...share }],
        },
        notSeen: [{ what: 'ec2:Describe*', because: 'denied', so: 'no networks' }],
      }),
      { hasColors: false },
    );

    const rows = text.replaceAll(/ +/g, ' ');
    for (const row of [
      '│ orders-api-w │',
      '│ orders-api │ web │ violation │ exempt │ LVG.1 (high, now exempt) │',
      '│ orders-api-u │ denied │ yes │',
      '│ orders-api-v │ gone │ │',
      '│ web │ 2 │ 1 │ revert 1 │',
      '│ (without the tag) │ 1 │ 0 │ revert 1 │',
      '│ no VPC │ 3 │ 1 │ revert 1 │',
      '│ ec2:Describe* │ denied │ no networks │',
    ]) {
      expect(rows).toContain(row);
    }
  });

  it('shows no color unless somebody wants it, and nothing that steers a terminal', () => {
    const plan = planOf({
      policy: { file: 'a\u001B[2Jb', hash: 'a', mode: 'enforce' },
      changes: [changeOf({ owner: '\u001B[31mred' })],
    });

    expect(renderPlan(plan, { hasColors: false })).not.toContain('\u001B');
    expect(renderPlan(plan, { hasColors: true })).toContain('\u001B[1m');
    expect(renderPlan(plan, { hasColors: true })).not.toContain('\u001B[2J');
  });
});
