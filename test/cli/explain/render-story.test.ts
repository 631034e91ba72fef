import { describe, expect, it } from 'vitest';
import { attachmentKey } from '../../../functions/core/attachment.ts';
import { type HistoryEntry, inOrder } from '../../../functions/core/history.ts';
import { renderStory } from '../../../lib/cli/explain/render-story.ts';
import {
  ARN,
  ATTACHMENTS,
  changeOf,
  enforcingPolicy,
  NOW_MS,
  originOf,
  quarantineIntent,
  recordOf,
  revertIntent,
  settledRecord,
  violationOf,
} from '../../support/builders.ts';
import { createDrill, type Drill } from '../../support/drill.ts';
import { entryOf } from '../../support/history-contract.ts';

const PLAIN = { hasColors: false, nowMs: NOW_MS };

function storyOf(drill: Drill): string {
  const { world } = drill;
  const history = inOrder([...world.history.values()]);
  const story = { functionArn: ARN, record: drill.record(), history };
  return renderStory(story, { hasColors: false, nowMs: world.clock.nowMs });
}

function told(entry: Partial<HistoryEntry>, terminal = PLAIN): string {
  const story = renderStory({ functionArn: ARN, history: [entryOf(entry)] }, terminal);
  return story.slice(story.indexOf('history\n') + 'history\n'.length);
}

/** What is told line by line, without the times. */
function linesOf(entry: Partial<HistoryEntry>): readonly string[] {
  return told(entry)
    .trimEnd()
    .split('\n')
    .map((line) => line.slice('2026-11-22 09:00:00 UTC  '.length));
}

describe('the story of a function', () => {
  it('tells a revert from who moved it to how long it lasted', async () => {
    const drill = createDrill();
    drill.create(ATTACHMENTS.approved);
    await drill.run();
    drill.pass(60_000);
    drill.update(ATTACHMENTS.forbidden);
    await drill.run();

    const story = storyOf(drill);

    expect(story).toMatch(/^orders-api\narn:aws:lambda:.*\n\nattachment {2}vpc-1 /);
    expect(story).toContain('baseline    where it is\nviolation   none\n');
    const headlines = story.split('\n').filter((line) => /^2026-.*UTC {2}/.test(line));
    expect(headlines.map((line) => line.slice(25))).toEqual([
      'seen in vpc-1 (subnets subnet-1, subnet-2; security group sg-1)',
      'good in vpc-1 (subnets subnet-1, subnet-2; security group sg-1): reverts go there',
      'moved to vpc-9 (subnet subnet-9; security group sg-9)',
      'violates LVG.1',
      'revert decided',
      'revert taken by AWS',
      'moved to vpc-1 (subnets subnet-1, subnet-2; security group sg-1)',
      'revert landed',
      'no longer violates LVG.1',
    ]);
    expect(story).toContain('revert to come, because the revert waits until AWS has finished');
    expect(story).toContain('because the guardrail put it there\n');
    expect(story).toContain('it lasted 96 s, contained after 96 s\n');
  });

  it('tells a quarantine that somebody ended, and its release by an operator with a hold', async () => {
    const drill = createDrill();
    drill.create(ATTACHMENTS.forbidden);
    await drill.run();
    drill.reserve(5);
    await drill.run();
    drill.release({ reason: 'ticket 42', force: true, holdHours: 2 });
    await drill.run();

    const story = storyOf(drill);

    expect(story).toContain('hold        left alone until 2026-11-22 11:');
    expect(story).toContain('quarantine ended by somebody else\n');
    expect(story).toContain('reserved concurrency: 0 → 5\n');
    expect(story).toContain('because an operator asked for it: ticket 42\n');
    expect(story).toMatch(
      /release decided\n.*\n.*0 → 5\n.*left alone until 2026-11-22 11:.*\n.*to undo: set its reserved concurrency to 0\n/,
    );
  });

  it('tells what audit would have done, and the end of the function', async () => {
    const drill = createDrill(enforcingPolicy({ mode: 'audit' }));
    drill.create(ATTACHMENTS.forbidden);
    await drill.run();
    drill.remove();
    await drill.run();

    const story = storyOf(drill);

    expect(story).toContain('quarantine withheld, because the mode is audit\n');
    expect(story).toMatch(/state {7}deleted\n\nhistory\n/);
    expect(story).toMatch(/ deleted\n *by arn:.*\n *because somebody deleted it\n$/);
  });
});

describe('what is so now', () => {
  const now = (record: ReturnType<typeof recordOf>) =>
    renderStory({ functionArn: ARN, record, history: [] }, PLAIN);

  it('says what is exempt, who answers for it, and until when', () => {
    const where = `${attachmentKey(ATTACHMENTS.approved)}|`;
    const exempted = [
      'LVG.1|payments|2027-03-31',
      'LVG.6|payments|2027-03-31',
      'LVG.3|ops|2026-11-21',
    ];

    const story = now(settledRecord({ exempted: exempted.map((key) => where + key) }));

    expect(story).toContain(
      'exempt      LVG.1, LVG.6 until 2027-03-31: payments answers for it\n' +
        '            LVG.3 until 2026-11-21, which is over: ops answered for it\n',
    );
    expect(now(settledRecord({}))).not.toContain('exempt');
  });

  it('names what is open, and since when', () => {
    const story = now(
      settledRecord({
        current: { ...originOf('forbidden'), role: 'arn:role' },
        candidate: originOf('alsoApproved'),
        violation: violationOf({
          containedMs: NOW_MS - 2_000,
          conflicts: 2,
          refused: [{ target: 'quarantine', error: 'AccessDenied: no' }],
        }),
        quarantine: { remediationId: 'r', sinceMs: NOW_MS - 2_000, previous: 5 },
        intent: revertIntent(),
        recheckAtMs: NOW_MS + 60_000,
      }),
    );

    expect(story).toContain('attachment  vpc-9 (subnet subnet-9; security group sg-9)\n');
    expect(story).toContain(
      'baseline    vpc-1 (subnets subnet-1, subnet-2; security group sg-1)\n',
    );
    expect(story).toContain('candidate   vpc-1 (subnet subnet-3; security group sg-1)\n');
    expect(story).toContain('since 2026-11-22 08:59:55 UTC, for 5 s, contained after 3 s\n');
    expect(story).toContain('2 conflicts with whoever changes it\n');
    expect(story).toContain('refused by AWS: AccessDenied: no\n');
    expect(story).toContain('a release restores a reservation of 5\n');
    expect(story).toContain(
      'under way   revert remediation-1 since 2026-11-22 08:59:00 UTC, written',
    );
    expect(story).toContain('next look   2026-11-22 09:01:00 UTC\n');
    expect(story).toContain('history: none is kept any more\n');
  });

  it('knows no next look that is over, whatever the clock here says', () => {
    const record = settledRecord({ recheckAtMs: NOW_MS, violation: violationOf() });
    const behind = { hasColors: false, nowMs: NOW_MS - 86_400_000 };
    const history = [entryOf({ event: 'done', atMs: NOW_MS + 1_000 })];

    const story = renderStory({ functionArn: ARN, record, history }, behind);

    expect(story).not.toContain('next look');
    expect(story).not.toContain('as of');
    expect(story).toContain(', for 6 s\n');
  });

  it('says of each control how it came to say no, as far as anybody knows', () => {
    const others = {
      'LVG.3': { atMs: 1, after: { resourceId: 'rtb-1', eventId: 'event-7' } },
      'LVG.15': { atMs: 2 },
    };
    const violation = violationOf({ controlIds: ['LVG.1', 'LVG.3', 'LVG.15'], others });

    const lines = [
      'LVG.3: after a change of rtb-1 (CloudTrail event event-7)',
      'LVG.15: nobody knows by whom',
    ];
    for (const line of lines) {
      expect(now(settledRecord({ violation }))).toContain(line);
    }
    const begun = Object.entries(others).map(([id, one]) => ({ controlIds: [id], ...one }));
    expect(linesOf({ event: 'violation', why: 'no', begun })).toEqual([
      'violates ',
      ...lines,
      'because no',
    ]);
  });

  it('says what it does not know', () => {
    const { principalArn: _, ...unknown } = originOf('approved');
    const { actor: __, ...violation } = violationOf();
    const story = now(
      recordOf({
        current: { ...unknown, role: 'arn:role' },
        violation,
        quarantine: { remediationId: 'r', sinceMs: 0 },
        intent: quarantineIntent({ status: 'sent' }),
      }),
    );

    expect(story).toContain('by somebody unknown\n');
    expect(story).toContain('baseline    none: a revert has nowhere to go\n');
    expect(story).toContain('a release restores no reservation\n');
    expect(story).toContain(', taken by AWS\n');
    expect(now(recordOf({ baseline: originOf('approved') }))).not.toContain('where it is');
    expect(renderStory({ functionArn: ARN, history: [] }, PLAIN)).toContain('it was deleted, and');
  });
});

describe('one entry', () => {
  const { approved, forbidden } = ATTACHMENTS;

  it.each([
    ['failed', { remediation: 'revert' }, 'revert failed'],
    ['refused', { remediation: 'quarantine' }, 'quarantine refused by AWS'],
    ['conflict', { remediation: 'revert' }, 'revert put off'],
    ['dropped', { remediation: 'revert' }, 'revert dropped'],
    ['withheld', {}, 'remediation withheld'],
  ] as const)('that is %s says why', (event, given, headline) => {
    expect(linesOf({ event, why: 'it was so', ...given })).toEqual([headline, 'because it was so']);
  });

  it('says who answers for what is exempt, and after which change of the network it was found', () => {
    const lines = linesOf({
      event: 'violation',
      why: 'it is public',
      network: { resourceId: 'rtb-1', eventId: 'event-7' },
      controlIds: ['LVG.3', 'LVG.4'],
      remediation: 'none',
      remediationReason: 'it is exempt',
      exemption: { owner: 'payments', reason: 'r', expires: '2027-03-31' },
    });

    expect(lines).toEqual([
      'violates LVG.3, LVG.4, exempt',
      'after a change of rtb-1 (CloudTrail event event-7)',
      'because it is public',
      'nothing is done, because it is exempt',
    ]);
  });

  it('says how a remediation is undone, and on whose account it was', () => {
    const lines = linesOf({
      event: 'decided',
      remediation: 'fallback',
      who: changeOf().actor,
      before: { attachment: forbidden },
      after: { attachment: approved, reservedConcurrency: 0 },
      undo: { attachment: forbidden },
    });

    expect(lines.slice(1)).toEqual([
      'on account of arn:aws:iam::123456789012:role/deploy (session pipeline-7)',
      'because its attachment changed',
      'attachment: vpc-9 (subnet subnet-9; security group sg-9) → vpc-1 (subnets subnet-1, subnet-2; security group sg-1)',
      'reserved concurrency: none → 0',
      'to undo: attach it to vpc-9 (subnet subnet-9; security group sg-9), and remove its reserved concurrency',
    ]);
    const wake = { before: { attachment: approved }, after: { attachment: approved } };
    expect(linesOf({ event: 'decided', remediation: 'wake', undo: wake.before, ...wake })).toEqual([
      'wake decided',
      'because its attachment changed',
    ]);
  });

  it('says how long a violation lasted that ended without the guardrail', () => {
    const { atMs } = entryOf();

    expect(linesOf({ event: 'resolved', controlIds: ['LVG.1'], sinceMs: atMs - 5_000 })).toEqual([
      'no longer violates LVG.1',
      'because its attachment changed',
      'it lasted 5 s',
    ]);
  });

  it('says that an operator wants no revert any more', () => {
    const lines = linesOf({
      event: 'baseline',
      why: 'an operator wants none: it moves on Monday',
      who: { principalArn: 'arn:aws:iam::123456789012:user/olga' },
      before: { attachment: ATTACHMENTS.approved },
    });

    expect(lines).toEqual([
      'last good attachment forgotten: a revert has nowhere to go',
      'by arn:aws:iam::123456789012:user/olga',
      'because an operator wants none: it moves on Monday',
      'before: vpc-1 (subnets subnet-1, subnet-2; security group sg-1)',
    ]);
  });

  it('does not let what people typed steer the terminal', () => {
    const steering = '\u001b[2J\u0007';

    expect(told({ why: `so${steering}`, controlIds: [steering], event: 'resolved' })).not.toMatch(
      /[^\P{Cc}\n]/u,
    );
  });

  it('is colored only where that is wanted', () => {
    const colorful = { hasColors: true, nowMs: NOW_MS };

    expect(told({ event: 'violation', controlIds: ['LVG.1'] }, colorful)).toContain(
      '\u001b[31mviolates LVG.1\u001b[39m',
    );
    expect(told({ event: 'done', remediation: 'wake' }, colorful)).toContain('  \u001b[39mwake');
  });
});
