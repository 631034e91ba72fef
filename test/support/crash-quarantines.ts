import { ATTACHMENTS } from './builders.ts';
import {
  bad,
  type CrashScenario,
  good,
  MINUTE_MS,
  misplace,
  policyWith,
} from './crash-scenario.ts';

const REFUSED = {
  status: 'refused',
  error: 'InvalidParameterValueException: below its minimum value of [10]',
} as const;

const QUARANTINING = policyWith({ 'LVG.1': { onChange: 'quarantine' } });

const BY_OPERATOR = policyWith({}, { autoRelease: false });

const ASKED = { reason: 'we need it tonight', force: false };

const FORCED = { ...ASKED, force: true, holdHours: 1 };

/** A function that is stopped, and those who do not want it to be. */
export const QUARANTINES: readonly CrashScenario[] = [
  { name: 'quarantine of a created function', act: bad },
  { name: 'quarantine of a changed function', policy: QUARANTINING, before: good, act: misplace },
  {
    name: 'quarantine of a function with reserved concurrency',
    policy: QUARANTINING,
    before: async (drill) => {
      good(drill);
      await drill.run();
      drill.reserve(7);
    },
    act: misplace,
  },
  {
    name: 'quarantine that AWS refuses',
    act: (drill) => {
      drill.obstacles.answer('reserveConcurrency', REFUSED);
      bad(drill);
    },
  },
  {
    name: 'quarantine whose owner reserves concurrency',
    before: bad,
    act: (drill) => drill.reserve(5),
  },
  {
    name: 'quarantine whose owner deletes the concurrency',
    before: bad,
    act: (drill) => drill.reserve(undefined),
  },
  {
    name: 'quarantine whose owner lifts it while it is being told',
    act: (drill) => {
      drill.obstacles.meanwhile('publish', () => drill.reserve(3));
      bad(drill);
    },
    compared: ['snapshot', 'account'],
  },
  {
    name: 'violation of a function whose owner reserved nothing for it',
    act: (drill) => {
      bad(drill);
      drill.reserve(0);
    },
  },
];

/** The end of a quarantine. */
export const RELEASES: readonly CrashScenario[] = [
  {
    name: 'release of what is compliant again',
    before: bad,
    act: (drill) => drill.update(ATTACHMENTS.approved),
  },
  {
    name: 'release that restores what its owner set',
    before: async (drill) => {
      bad(drill);
      await drill.run();
      drill.reserve(5);
    },
    act: (drill) => drill.update(ATTACHMENTS.approved),
  },
  {
    name: 'release that the quota refuses for a while',
    before: bad,
    act: (drill) => {
      drill.obstacles.answer('reserveConcurrency', REFUSED);
      drill.later(5 * MINUTE_MS, () => drill.obstacles.answer('reserveConcurrency', undefined));
      drill.update(ATTACHMENTS.approved);
    },
  },
  {
    name: 'release by an operator',
    policy: BY_OPERATOR,
    before: async (drill) => {
      bad(drill);
      await drill.run();
      drill.update(ATTACHMENTS.approved);
    },
    act: (drill) => drill.release(ASKED),
  },
  {
    name: 'release by an operator of what still violates',
    before: bad,
    act: (drill) => drill.release(ASKED),
  },
  {
    name: 'release by force',
    before: bad,
    act: (drill) => drill.release(FORCED),
  },
  {
    name: 'release by force whose hold ends',
    before: async (drill) => {
      bad(drill);
      await drill.run();
      drill.release(FORCED);
      await drill.run();
      drill.pass(61 * MINUTE_MS);
    },
    act: (drill) => drill.send({}),
  },
  {
    name: 'release by force, and the function moves on',
    before: async (drill) => {
      bad(drill);
      await drill.run();
      drill.release(FORCED);
    },
    act: misplace,
  },
];
