import { describe, expect, it } from 'vitest';
import { inOrder } from '../../functions/core/history.ts';
import { renderStory } from '../../lib/cli/explain/render-story.ts';
import { ARN, ATTACHMENTS, controlsWith, DEPLOYER, enforcingPolicy } from '../support/builders.ts';
import { createDrill, type Drill } from '../support/drill.ts';

const PUBLISHER = 'arn:aws:iam::123456789012:user/publisher';
const FIXER = 'arn:aws:iam::123456789012:user/fixer';
const LIFTER = 'arn:aws:iam::123456789012:user/lifter';

function storyOf({ record, world }: Drill): string {
  const history = inOrder([...world.history.values()]);
  const story = { functionArn: ARN, record: record(), history };
  return renderStory(story, { hasColors: false, nowMs: world.clock.nowMs });
}

/** Created in the forbidden network, published there by another one, and put right by a third. */
async function publishedDrill(wish: 'quarantine' | 'notify' = 'quarantine'): Promise<Drill> {
  const drill = createDrill(
    enforcingPolicy({
      controls: controlsWith({ 'LVG.15': { onChange: wish, onFound: wish } }),
    }),
  );
  drill.create(ATTACHMENTS.forbidden);
  await drill.run();
  drill.pass(60_000);
  drill.publish([], ATTACHMENTS.forbidden, PUBLISHER);
  await drill.run();
  return drill;
}

describe('who made which control say no', () => {
  it('is told control by control where it was not the same one', async () => {
    const drill = await publishedDrill();

    const notice = drill.world.notices.at(-1);
    expect(notice?.text).toContain(`LVG.1: created by ${DEPLOYER} at `);
    expect(notice?.text).toContain(`LVG.15: published by ${PUBLISHER} at `);
    expect(notice?.text).not.toContain('no event tells');
    expect(notice?.findings).toMatchObject([
      { controlId: 'LVG.1', actor: { principalArn: DEPLOYER } },
      { controlId: 'LVG.15', actor: { principalArn: PUBLISHER } },
    ]);
    expect(storyOf(drill)).toMatch(
      /violates LVG\.1, LVG\.15\n +LVG\.1: by .*role\/deploy.*\n +LVG\.15: by .*user\/publisher/,
    );
  });

  it('is not whoever only put right what was left', async () => {
    const drill = await publishedDrill();
    drill.pass(60_000);
    drill.update(ATTACHMENTS.approved, FIXER);
    await drill.run();

    const notice = drill.world.notices.at(-1);
    expect(notice?.text).toContain(`Published by ${PUBLISHER} at `);
    expect(notice?.findings).toMatchObject([
      { controlId: 'LVG.15', actor: { principalArn: PUBLISHER } },
    ]);
    expect(JSON.stringify(notice)).not.toContain('fixer');
    const [, violation = ''] = storyOf(drill).split('violation');
    expect(violation).toMatch(/^ {3}LVG\.15 since .*, contained after 0 s\n +by .*user\/publisher/);
  });

  it('is nobody where a version is found that no event told of', async () => {
    const drill = await publishedDrill('notify');
    drill.world.versions.delete(ARN);
    drill.update(ATTACHMENTS.approved, FIXER);
    await drill.run();
    drill.world.versions.set(ARN, [
      { version: '1', aliases: [], attachment: ATTACHMENTS.forbidden },
    ]);

    drill.publish([], ATTACHMENTS.approved, FIXER);
    await drill.run();

    expect(drill.record().violation).toMatchObject({ controlIds: ['LVG.15'] });
    expect(drill.record().violation).not.toHaveProperty('actor');
    expect(drill.world.notices.at(-1)?.text).toContain('no event tells who did it');
  });

  it('is whoever published a version, however late the event of it comes', async () => {
    const drill = createDrill(enforcingPolicy({ controls: controlsWith({ 'LVG.15': {} }) }));
    drill.create(ATTACHMENTS.approved);
    await drill.run();
    drill.pass(60_000);
    drill.publish([], ATTACHMENTS.forbidden, PUBLISHER);
    drill.pass(1_000);
    drill.tweak();
    drill.reverse();

    await drill.run();

    expect(drill.record().violation?.actor).toMatchObject({ principalArn: PUBLISHER });
  });
});

describe('who lifted a quarantine', () => {
  it('is told when it is set again, and for how long the function ran', async () => {
    const drill = createDrill();
    drill.create(ATTACHMENTS.forbidden);
    await drill.run();
    drill.pass(60_000);
    drill.reserve(5, LIFTER);
    await drill.run();

    const notice = drill.world.notices.at(-1);
    expect(notice?.subject).toContain('was quarantined again');
    expect(notice?.text).toMatch(
      /found with a reservation of 5: arn:.*user\/lifter lifted the quarantine at 2026-.* UTC \(CloudTrail event .*\)\. That is/,
    );
    expect(drill.record()).not.toHaveProperty('lift');
    expect(storyOf(drill)).toMatch(/contained after \d+ s, and ran again for \d+ s\n/);
  });

  it('is told of a quarantine that was for something else, too', async () => {
    const drill = await publishedDrill();
    drill.pass(60_000);
    drill.update(ATTACHMENTS.approved, FIXER);
    await drill.run();
    drill.pass(60_000);
    drill.reserve(undefined, LIFTER);
    await drill.run();

    const notice = drill.world.notices.at(-1);
    expect(notice?.subject).toContain('was quarantined again');
    expect(notice?.text).toContain(`found with no reservation: ${LIFTER} lifted the quarantine`);
  });
});

describe('a forced release', () => {
  it('ends that the violation is contained', async () => {
    const drill = createDrill();
    drill.create(ATTACHMENTS.forbidden);
    await drill.run();
    drill.release({ reason: 'ticket 42', force: true, holdHours: 2 });
    await drill.run();

    expect(storyOf(drill)).toMatch(/contained after \d+ s; it runs again since 2026-/);

    drill.pass(3_600_000);
    drill.update(ATTACHMENTS.approved);
    await drill.run();

    expect(drill.world.notices.at(-1)?.text).toMatch(
      /it was contained after \d+ s, and ran again for 6\d min\./,
    );
    expect(storyOf(drill)).toMatch(
      /it lasted .*, contained after \d+ s, and ran again for 6\d min/,
    );
  });
});
