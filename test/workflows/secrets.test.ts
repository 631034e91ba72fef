import { describe, expect, it } from 'vitest';
import { toChatMessage, toFindingsMessage } from '../../functions/core/render-notice.ts';
import { rescanAccount } from '../../functions/workflows/rescan-account.ts';
import { ATTACHMENTS, changeOf } from '../support/builders.ts';
import { createDrill, type Drill } from '../support/drill.ts';

/** More than a snapshot may hold, as a careless adapter would leave it in. */
const SECRETS = {
  environment: { TOKEN: 'hunter2' },
  codeLocation: 'https://example.com/hunter2',
  tags: { password: 'hunter2' },
};

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

function hide(drill: Drill): void {
  for (const [arn, snapshot] of drill.world.snapshots) {
    drill.world.snapshots.set(arn, { ...snapshot, ...SECRETS });
  }
}

/** A function that is stopped, let go, moved and brought back. */
async function wholeStory(): Promise<Drill> {
  const drill = createDrill();
  drill.create(ATTACHMENTS.detached);
  hide(drill);
  await drill.run();
  drill.update(ATTACHMENTS.approved);
  await drill.run();
  drill.pass(60_000);
  drill.update(ATTACHMENTS.forbidden);
  await drill.run();
  return drill;
}

describe('what is logged, written and told', () => {
  it('holds no environment, code location or tag', async () => {
    const drill = await wholeStory();
    const { world, outcomes, ports, settings } = drill;
    const report = await rescanAccount(
      { functions: ['*'], wake: true, verdicts: false },
      ports,
      settings,
    );

    const all = JSON.stringify([
      [...world.records],
      world.notices,
      world.notices.map(toChatMessage),
      world.notices.map(toFindingsMessage),
      outcomes,
      report,
    ]);

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
