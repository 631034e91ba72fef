import { ATTACHMENTS } from './builders.ts';
import {
  bad,
  type CrashScenario,
  good,
  MINUTE_MS,
  misplace,
  policyWith,
} from './crash-scenario.ts';

const ENFORCED_WHEN_FOUND = policyWith({ 'LVG.1': { onFound: 'quarantine' } });

/** Budgets, switches, and people who do not give in. */
export const LIMITS: readonly CrashScenario[] = [
  {
    name: 'caller who keeps updating',
    before: (drill) => {
      good(drill);
      drill.obstacles.stall(45_000);
    },
    act: async (drill) => {
      for (let round = 0; round < 9; round += 1) {
        drill.update(round % 2 === 0 ? ATTACHMENTS.forbidden : ATTACHMENTS.alsoForbidden);
        await drill.run(20_000);
        drill.pass(20_000);
      }
    },
    compared: ['snapshot'],
  },
  {
    name: 'fourth change within an hour of three reverts',
    before: async (drill) => {
      good(drill);
      for (let round = 0; round < 3; round += 1) {
        await drill.run();
        drill.pass(5 * MINUTE_MS);
        misplace(drill);
      }
    },
    act: misplace,
  },
  {
    name: 'kill switch between decision and write',
    policy: ENFORCED_WHEN_FOUND,
    act: (drill) => {
      drill.obstacles.meanwhile('takeToken', () => {
        drill.world.account.mode = 'audit';
      });
      bad(drill);
    },
  },
  {
    name: 'kill switch that is lifted again',
    policy: ENFORCED_WHEN_FOUND,
    before: (drill) => {
      drill.world.account.mode = 'audit';
      bad(drill);
    },
    act: (drill) => {
      drill.world.account.mode = 'enforce';
      drill.send({});
    },
  },
  {
    name: 'breaker that is tripped meanwhile',
    before: good,
    act: (drill) => {
      drill.obstacles.meanwhile('takeToken', () => {
        drill.world.account.breaker = 'tripped';
      });
      misplace(drill);
    },
  },
  {
    name: 'breaker that is closed again',
    policy: policyWith({ 'LVG.1': { onFound: 'revert' } }),
    before: async (drill) => {
      good(drill);
      await drill.run();
      drill.world.account.breaker = 'tripped';
      misplace(drill);
    },
    act: (drill) => {
      drill.world.account.breaker = 'closed';
      drill.send({});
    },
  },
  {
    name: 'release that the kill switch withholds',
    before: bad,
    act: (drill) => {
      drill.world.account.mode = 'audit';
      drill.update(ATTACHMENTS.approved);
    },
  },
  {
    name: 'messages in reverse',
    before: good,
    act: (drill) => {
      misplace(drill);
      drill.pass(25_000);
      drill.update(ATTACHMENTS.alsoApproved);
      drill.pass(25_000);
      drill.update(ATTACHMENTS.alsoForbidden);
      drill.reverse();
    },
  },
];
