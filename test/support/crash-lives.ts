import { ARN, ATTACHMENTS, changeOf } from './builders.ts';
import { bad, type CrashScenario, good, MINUTE_MS, misplace } from './crash-scenario.ts';

/** Functions that end, begin again, fail, or are in nobody's way. */
export const LIVES: readonly CrashScenario[] = [
  { name: 'creation of a good function', act: good },
  {
    name: 'change to another good network',
    before: good,
    act: (drill) => drill.update(ATTACHMENTS.alsoApproved),
  },
  {
    name: 'deletion',
    before: good,
    act: (drill) => drill.remove(),
  },
  {
    name: 'deletion that no event tells of',
    before: good,
    act: (drill) => {
      drill.vanish();
      drill.send({});
    },
  },
  {
    name: 'deletion right before the revert arrives',
    before: good,
    act: (drill) => {
      drill.obstacles.meanwhile('attach', drill.remove);
      misplace(drill);
    },
    // Whether AWS had taken the revert nobody can know any more: it may be told, with that doubt.
    compared: ['snapshot', 'record', 'account', 'history'],
  },
  {
    name: 'deletion while AWS works on the revert',
    before: good,
    act: (drill) => {
      drill.obstacles.meanwhile('attach', () => drill.later(5_000, drill.remove));
      misplace(drill);
    },
    compared: ['snapshot', 'account', 'notices'],
  },
  {
    name: 'deletion soon after a quarantine, that no event tells of',
    act: (drill) => {
      drill.obstacles.meanwhile('reserveConcurrency', () => drill.later(5_000, drill.vanish));
      bad(drill);
    },
    compared: ['snapshot', 'record', 'account', 'notices'],
  },
  {
    name: 'deletion and creation in a bad place',
    before: good,
    act: (drill) => {
      drill.remove();
      drill.pass(2_000);
      bad(drill);
    },
  },
  {
    name: 'deletion and creation in a good place after a quarantine',
    before: bad,
    act: (drill) => {
      drill.remove();
      drill.pass(2_000);
      good(drill);
    },
  },
  {
    name: 'deletion and creation of which the second event is lost',
    before: good,
    act: (drill) => {
      const eventTimeMs = drill.world.clock.nowMs;
      const change = changeOf('detached', { kind: 'delete', eventId: 'delete-1', eventTimeMs });
      drill.send({ change });
    },
  },
  {
    name: 'creation that is stuck pending for over six minutes',
    act: (drill) => {
      drill.obstacles.stall(20 * MINUTE_MS);
      good(drill);
    },
  },
  {
    name: 'creation in a bad place that is stuck pending for over six minutes',
    act: (drill) => {
      drill.obstacles.stall(20 * MINUTE_MS);
      bad(drill);
    },
  },
  {
    name: 'creation that fails in a bad place',
    act: (drill) => {
      drill.create(ATTACHMENTS.forbidden);
      drill.world.snapshots.set(ARN, { ...drill.snapshot(), state: 'Failed' });
    },
  },
];
