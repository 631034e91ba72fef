import { describe, expect, it } from 'vitest';
import { renderPlanMarkdown } from '../../../lib/cli/plan/render-plan-markdown.ts';
import { ARN } from '../../support/builders.ts';
import { actOf, changeOf, planOf } from './sample-plan.ts';

/** GitHub takes no longer comment. */
const LONGEST_COMMENT = 65_536;

describe('a plan as a comment', () => {
  it('says what matters in a few lines, and folds the lists', () => {
    const { counts } = planOf();
    const text = renderPlanMarkdown(
      planOf({
        counts: { ...counts, newlyViolating: 1, revert: 1 },
        breaker: { max: 25, perMinutes: 15, counted: 1, trips: false },
        changes: [changeOf()],
      }),
    );

    expect(text.split('\n')).toEqual([
      '<!-- lambda-vpc-guardrail plan -->',
      '### Lambda VPC Guardrail: what this policy changes',
      '',
      'policy new&#46;yaml (mode enforce), compared with old&#46;yaml (mode audit, deployed), in account 123456789012, us-east-1',
      '',
      '**of 214 functions: 1 newly violating, 0 newly compliant**',
      '',
      'enforced, it would revert 1; 1 of 1 counts against the limit of 25 within 15 minutes: the breaker would not trip by them alone',
      '',
      '<details><summary>new violations (1)</summary>',
      '',
      '| severity | control | function | owner | because | was |',
      '| --- | --- | --- | --- | --- | --- |',
      '| high | LVG&#46;1 | orders-api | web | it is not allowed | no violation |',
      '',
      '</details>',
      '',
    ]);
  });

  it('lists its remarks', () => {
    const text = renderPlanMarkdown(planOf({ asked: ['a'], tableName: undefined as never }));

    expect(text).toContain('\n\n- without the records of a guardrail');
    expect(text).toContain('\n- only some functions');
  });

  it.each([
    ['a cell', 'a | b', 'a &#124; b'],
    ['a line', 'a\nb', 'a b'],
    ['a tag', '<img src=x>', '&#60;img src&#61;x&#62;'],
    ['an entity', '&lt;', '&#38;lt;'],
    ['a person', '@octocat', '&#64;&#8203;octocat'],
    ['an issue', '#12', '&#35;&#8203;12'],
    ['a link', '[a](b)', '&#91;a&#93;(b)'],
    ['an address', 'http://b.c', 'http&#58;&#47;&#47;b&#46;c&#47;&#8230;'],
    ['a bare link', 'www.b.c', 'www&#46;b&#46;c'],
    ['code', '`a`', '&#96;a&#96;'],
    ['emphasis', '**a** _b_ ~c~', '&#42;&#42;a&#42;&#42; &#95;b&#95; &#126;c&#126;'],
    ['an escape', '\\| a', '&#92;&#124; a'],
    ['another direction', 'a\u202Eb', 'a b'],
    ['a picture', 'a 🚀 é', 'a &#128640; é'],
    ['a comment', '--> a <!--', '--&#62; a &#60;&#33;--'],
  ])('makes only text of what others wrote: %s', (_, written, shown) => {
    const text = renderPlanMarkdown(
      planOf({ changes: [changeOf({ owner: written })], against: undefined as never }),
    );

    expect(text).toContain(`| orders-api | ${shown} | it is not allowed |`);
  });

  it('cuts what is long, at whole characters, and says how much more there is', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `${ARN}-${index}`);
    const reason = '🚀'.repeat(5000);
    const begins = [{ ...(changeOf().begins[0] as never as object), reason }];
    const text = renderPlanMarkdown(
      planOf({
        changes: many(10_000).map((functionArn) =>
          changeOf({ functionArn, owner: '|'.repeat(256), begins: begins as never }),
        ),
        remediations: many(10_000).map((functionArn) =>
          actOf({ functionArn, owner: '|'.repeat(256), otherwise: 'quarantine' }),
        ),
        unknown: many(10_000).map((functionArn) => ({ functionArn, reason })),
        notSeen: many(20).map((what) => ({ what, because: reason, so: reason })),
        waiting: many(10_000).map((functionArn) => ({ functionArn, owner: '|'.repeat(256) })),
      }),
    );

    expect(text.match(/and 99\d\d more: `--format json` has them all/g)).toHaveLength(4);
    expect(text.match(/[^;]…/)).toBeNull();
    expect(text.length).toBeGreaterThan(LONGEST_COMMENT / 3);
    expect(text.length).toBeLessThan(LONGEST_COMMENT);
  });
});
