import { describe, expect, it } from 'vitest';
import { toChatMessage, toFindingsMessage } from '../../functions/core/render-notice.ts';
import { renderStory } from '../../lib/cli/explain/render-story.ts';
import { ARN, ATTACHMENTS, changeOf } from '../support/builders.ts';
import { createDrill, type Drill } from '../support/drill.ts';
import { createFakeSweep } from '../support/fake-sweep.ts';
import { rescanIn } from '../support/rescan-in.ts';
import { hideSecrets, SECRET_STORIES } from '../support/secret-stories.ts';

const FIELDS = [
  'functionArn',
  'verdict',
  'cause',
  'eventId',
  'remediation',
  'reason',
  'remediationId',
  'error',
  'recheckAfterSeconds',
  'findings',
];

/** A function that is stopped, let go, moved and brought back. */
async function wholeStory(): Promise<Drill> {
  const drill = createDrill();
  drill.create(ATTACHMENTS.detached);
  hideSecrets(drill);
  await drill.run();
  drill.update(ATTACHMENTS.approved);
  await drill.run();
  drill.pass(60_000);
  drill.update(ATTACHMENTS.forbidden);
  await drill.run();
  return drill;
}

/** All that leaves the guardrail: what it logs, writes and tells. */
function everythingOf({ world, outcomes, answers, record }: Drill): string {
  const { records, history, notices, account, queue } = world;
  return JSON.stringify([
    [...records],
    [...history],
    notices,
    notices.map(toChatMessage),
    notices.map(toFindingsMessage),
    { ...account, spentMs: [], planSpent: [] },
    outcomes,
    answers,
    queue,
    renderStory(
      { functionArn: ARN, record: record(), history: [...history.values()] },
      { hasColors: true, nowMs: world.clock.nowMs },
    ),
  ]);
}

describe('what is logged, written and told', () => {
  it.each(SECRET_STORIES)('holds no secret after %s', async (_, kind, play) => {
    const drill = await play();

    expect(drill.noticeKinds()).toContain(kind);
    expect(drill.world.history.size).toBeGreaterThan(1);
    expect(everythingOf(drill)).not.toContain('hunter2');
    expect(JSON.stringify([...drill.world.snapshots])).toContain('hunter2');
  });

  it('holds no environment, code location or tag', async () => {
    const drill = await wholeStory();
    const { world, ports, settings } = drill;
    const report = await rescanIn(
      world,
      { functions: ['*'], wake: true, verdicts: false },
      settings,
      { ...createFakeSweep(world).ports, ...ports },
    );

    const all = JSON.stringify([everythingOf(drill), report]);

    expect(drill.noticeKinds()).toEqual(['remediation', 'release', 'remediation', 'resolution']);
    expect(all).not.toContain('hunter2');
    expect(JSON.stringify([...world.snapshots])).toContain('hunter2');
  });

  it('has one log line for a look, of these fields', async () => {
    const { outcomes, delivered } = await wholeStory();

    expect(outcomes).toHaveLength(delivered.length);
    for (const outcome of outcomes) {
      expect(FIELDS).toEqual(expect.arrayContaining(Object.keys(outcome)));
    }
  });

  it('names in a log line the controls that do not say yes, and only those', async () => {
    const drill = createDrill();
    drill.create(ATTACHMENTS.forbidden);
    await drill.run();
    drill.update(ATTACHMENTS.approved);
    await drill.run();

    expect(drill.outcomes[0]?.findings).toEqual([
      {
        controlId: 'LVG.1',
        verdict: 'violation',
        statement: 'one.json OnlyVpc1',
        reason: expect.stringContaining('`vpc-9`'),
      },
    ]);
    expect(drill.outcomes.at(-1)).not.toHaveProperty('findings');
  });

  it('takes nothing of an event but what explains the attachment', async () => {
    const drill = createDrill();
    drill.create(ATTACHMENTS.forbidden);
    const hostile = { ...changeOf(), requestParameters: { environment: 'hunter2' } };
    drill.send({ change: hostile });

    await drill.run();

    expect(JSON.stringify([drill.record(), drill.world.notices])).not.toContain('hunter2');
  });
});
