import { describe, expect, it } from 'vitest';
import { type HistoryEntry, inOrder } from '../../functions/core/history.ts';
import { ATTACHMENTS, DEPLOYER } from '../support/builders.ts';
import type { Drill } from '../support/drill.ts';
import { settled, TOLD_STORIES } from '../support/told-stories.ts';

const ENDS: readonly string[] = ['done', 'refused', 'conflict', 'dropped', 'withheld'];

function historyOf({ world }: Drill): readonly HistoryEntry[] {
  return inOrder([...world.history.values()]);
}

function storyOf(drill: Drill): readonly string[] {
  return historyOf(drill).map(({ event, remediation }) =>
    remediation === undefined ? event : `${event} ${remediation}`,
  );
}

describe('the history', () => {
  it.each(Object.entries(TOLD_STORIES))('tells of %s', async (_, [play, events]) => {
    expect(storyOf(await play())).toEqual(events);
  });

  it.each(Object.entries(TOLD_STORIES))(
    'keeps of %s all that a decision needs',
    async (_, [play]) => {
      const history = historyOf(await play());

      const decided = history.filter(({ event }) => event === 'decided');
      for (const { before, after, undo, why, policyHash } of decided) {
        expect({ before, after, undo, policyHash }).toMatchObject({
          before: { attachment: expect.anything() },
          after: { attachment: expect.anything() },
          undo: before,
          policyHash: 'test',
        });
        expect(why).not.toBe('');
      }
      const ends = history.filter(({ event }) => ENDS.includes(event));
      expect(ends.map(({ remediationId }) => remediationId)).toEqual(
        decided.map(({ remediationId }) => remediationId),
      );
      const times = history.map(({ atMs }) => atMs);
      expect(times).toEqual(times.toSorted((left, right) => left - right));
    },
  );

  it('says who did what they did, and blames nobody for what the guardrail did', async () => {
    const drill = await settled();
    drill.update(ATTACHMENTS.forbidden);
    await drill.run();
    drill.remove();
    await drill.run();

    const who = historyOf(drill).map(({ event, who: { principalArn } = {} }) =>
      principalArn === DEPLOYER ? `${event} by them` : event,
    );

    expect(who).toEqual([
      'attached by them',
      'baseline',
      'attached by them',
      'violation by them',
      'decided by them',
      'done',
      'attached',
      'landed',
      'resolved',
      'deleted by them',
    ]);
  });
});
