import { ATTACHMENTS, enforcingPolicy } from './builders.ts';
import { createDrill, type Drill } from './drill.ts';

const { approved, forbidden, alsoApproved } = ATTACHMENTS;
const MINUTE_MS = 60_000;
const EXEMPTION = {
  id: 'exemption-1',
  functions: ['orders-*'],
  controls: ['LVG.1'],
  owner: 'payments',
  reason: 'ticket 7',
  expires: '2027-03-31',
  includeNew: true,
};
const FALLBACK = { ...alsoApproved, onCreate: true };
/** What happens, and what the history tells of it: events, with their remediations. */
type ToldStory = readonly [play: () => Promise<Drill>, told: readonly string[]];

const BEGUN = ['attached', 'baseline'];
const MOVED = ['attached', 'violation none'];
const REVERTED = ['decided revert', 'done revert', 'attached revert', 'landed revert', 'resolved'];
const RELEASED = ['decided release', 'done release', 'resolved'];
const QUARANTINED = ['decided quarantine', 'done quarantine'];

/** What can happen to a function, by name. */
export const TOLD_STORIES: Readonly<Record<string, ToldStory>> = {
  'a fight': [
    async () => {
      const drill = await settled();
      for (let round = 0; round < 4; round += 1) {
        drill.update(forbidden);
        await drill.run();
        drill.pass(MINUTE_MS);
      }
      return drill;
    },
    [
      ...BEGUN,
      ...Array.from({ length: 3 }, () => [...MOVED, ...REVERTED]).flat(),
      'attached',
      'violation quarantine',
      ...QUARANTINED,
    ],
  ],
  'a fallback': [
    async () => {
      const drill = createDrill(enforcingPolicy({ fallbackAttachment: FALLBACK }));
      drill.create(forbidden);
      await drill.run();
      drill.update(ATTACHMENTS.alsoForbidden);
      await drill.run();
      return drill;
    },
    [
      'attached',
      'violation quarantine',
      ...QUARANTINED,
      ...MOVED,
      'decided fallback',
      'done fallback',
      'attached fallback',
      'landed fallback',
      'baseline',
      ...RELEASED,
    ],
  ],
  'a kill switch, and its end': [
    async () => {
      const drill = await settled();
      drill.world.account.mode = 'audit';
      drill.update(forbidden);
      await drill.run();
      drill.world.account.mode = 'enforce';
      drill.send({});
      await drill.run();
      return drill;
    },
    [...BEGUN, ...MOVED, 'decided revert', 'withheld revert', ...REVERTED],
  ],
  'a quarantine that ends when the function is moved': [
    async () => {
      const drill = createDrill();
      drill.create(forbidden);
      await drill.run();
      drill.update(approved);
      await drill.run();
      return drill;
    },
    ['attached', 'violation quarantine', ...QUARANTINED, ...BEGUN, ...RELEASED],
  ],
  'a quarantine that its owner ends': [
    async () => {
      const drill = createDrill();
      drill.create(forbidden);
      await drill.run();
      drill.reserve(5);
      await drill.run();
      return drill;
    },
    ['attached', 'violation quarantine', ...QUARANTINED, 'lifted quarantine', ...QUARANTINED],
  ],
  'an exemption that ends': [
    async () => {
      const drill = await settled(enforcingPolicy({ exemptions: [EXEMPTION] }));
      drill.update(forbidden);
      await drill.run();
      drill.send({});
      await drill.run();
      drill.deploy(enforcingPolicy());
      drill.send({});
      await drill.run();
      return drill;
    },
    [...BEGUN, ...MOVED, 'baseline', 'violation none'],
  ],
  'an exemption that begins': [
    async () => {
      const drill = await settled(enforcingPolicy({ mode: 'audit' }));
      drill.update(forbidden);
      await drill.run();
      drill.deploy(enforcingPolicy({ mode: 'audit', exemptions: [EXEMPTION] }));
      drill.send({});
      await drill.run();
      return drill;
    },
    [...BEGUN, 'attached', 'violation withheld', 'violation none', 'baseline', 'resolved'],
  ],
  'a delete, and another function of that name': [
    async () => {
      const drill = await settled();
      drill.remove();
      drill.create(approved);
      await drill.run();
      return drill;
    },
    [...BEGUN, 'deleted', ...BEGUN],
  ],
};

/** A drill of a function that is in a good place. */
export async function settled(policy = enforcingPolicy()): Promise<Drill> {
  const drill = createDrill(policy);
  drill.create(approved);
  await drill.run();
  drill.pass(MINUTE_MS);
  return drill;
}
