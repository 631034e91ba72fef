import type { RescanRequest } from '../../functions/core/rescan-request.ts';
import { enforceFunction } from '../../functions/workflows/enforce-function.ts';
import { rescanAccount } from '../../functions/workflows/rescan-account.ts';
import { ATTACHMENTS, controlOf, enforcingPolicy, snapshotOf } from './builders.ts';
import { settingsOf } from './drill.ts';
import { createFakeWorld } from './fakes.ts';

const ALL: RescanRequest = { functions: ['*'], wake: true, verdicts: false };

/** The ARN of a function by its name. */
export const arnOf = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

/** An account with strays, each of which the policy quarantines where it finds it, and good functions. */
export function accountOf({
  strays,
  good = 0,
  max,
}: {
  readonly strays: number;
  readonly good?: number;
  readonly max: number;
}) {
  const world = createFakeWorld();
  const add = (name: string, attachment: (typeof ATTACHMENTS)['approved' | 'forbidden']) => {
    const functionArn = arnOf(name);
    world.snapshots.set(functionArn, snapshotOf({ functionArn, attachment }));
  };
  for (let index = 0; index < strays; index += 1) add(`stray-${index}`, ATTACHMENTS.forbidden);
  for (let index = 0; index < good; index += 1) add(`good-${index}`, ATTACHMENTS.approved);
  const policy = enforcingPolicy({
    controls: { 'LVG.1': controlOf({ onFound: 'quarantine' }) },
    limits: {
      accountRemediations: { max, perMinutes: 15 },
      functionReverts: { max: 3, perMinutes: 60 },
    },
  });
  const settings = settingsOf(policy);
  const enforce = (name: string) =>
    enforceFunction({ functionArn: arnOf(name), hops: 0, wake: false }, world.ports, settings);
  return {
    settings,
    enforce,
    world: {
      ...world,
      noticeKinds: () => world.notices.map(({ kind }) => kind),
      quarantined: () =>
        [...world.snapshots.values()].filter(({ reservedConcurrency }) => reservedConcurrency === 0)
          .length,
    },
    rescan: (request: Partial<RescanRequest> = {}) =>
      rescanAccount({ ...ALL, ...request }, world.ports, settings),
    /** Handles what was enqueued. */
    work: async () => {
      for (const { order } of world.queue.splice(0)) {
        await enforceFunction(order, world.ports, settings);
      }
    },
  };
}
