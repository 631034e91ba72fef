import type { RescanRequest } from '../../functions/core/rescan-request.ts';
import type { FunctionSnapshot } from '../../functions/core/snapshot.ts';
import { enforceFunction } from '../../functions/workflows/enforce-function.ts';
import { ATTACHMENTS, controlOf, enforcingPolicy, snapshotOf } from './builders.ts';
import { settingsOf } from './drill.ts';
import { createFakeWorld } from './fakes.ts';
import { rescanIn } from './rescan-in.ts';

const ALL: RescanRequest = { functions: ['*'], wake: true, verdicts: false };

/** The ARN of a function by its name. */
export const arnOf = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

/** An account with strays, each of which the policy quarantines where it finds it, and idle functions that it wakes. */
export function accountOf({
  strays,
  idle = 0,
  max,
}: {
  readonly strays: number;
  readonly idle?: number;
  readonly max: number;
}) {
  const world = createFakeWorld();
  const add = (name: string, given: Partial<FunctionSnapshot>) => {
    const functionArn = arnOf(name);
    world.snapshots.set(functionArn, snapshotOf({ functionArn, ...given }));
  };
  for (let index = 0; index < strays; index += 1) {
    add(`stray-${index}`, { attachment: ATTACHMENTS.forbidden });
  }
  for (let index = 0; index < idle; index += 1) {
    add(`idle-${index}`, { state: 'Inactive', stateReasonCode: 'Idle' });
  }
  const policy = enforcingPolicy({
    controls: { 'LVG.1': controlOf({ onFound: 'quarantine' }) },
    idle: { report: true, wake: ['idle-*'] },
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
      rescanIn(world, { ...ALL, ...request }, settings),
    /** Handles what was enqueued. */
    work: async () => {
      for (const { order } of world.queue.splice(0)) {
        await enforceFunction(order, world.ports, settings);
      }
    },
  };
}
