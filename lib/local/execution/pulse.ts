import type { Cancel, VirtualClock } from '../clock.ts';
import type { Party } from '../clock-parties.ts';
import type { HeldRequests } from '../faults/held-requests.ts';
import type { EnvironmentState, ToEnvironment } from './bootstrap-messages.ts';

/** Tells the clock whether an invocation works or only waits for time. */
export interface Pulse {
  /** What the environment said that it is doing. */
  readonly hear: (state: EnvironmentState) => void;
  /** A timer of the environment, or the invocation itself, has lasted long enough in real time. */
  readonly overdue: (dueMs: number) => void;
  /** An answer is on its way to the environment. */
  readonly wake: () => void;
  readonly end: () => void;
}

/** What a pulse is taken with. */
export interface PulseSettings {
  readonly clock: VirtualClock;
  readonly heldRequests: HeldRequests | undefined;
  readonly accessKeyId: string;
  readonly tell: (message: ToEnvironment) => void;
}

/** Once may be between two pieces of work that nothing shows, such as those of a thread pool. */
const IDLE_LOOKS = 2;

/** Begins to take the pulse of one invocation. */
export function startPulse({ clock, heldRequests, accessKeyId, tell }: PulseSettings): Pulse {
  let looks = 0;
  let isAsked = false;
  let idleLooks = 0;
  let cancelWake: Cancel = () => {};

  const party: Party = clock.enlist(() => {
    if (isAsked) return;
    isAsked = true;
    tell({ kind: 'look', id: looks });
  });

  const wake = (): void => {
    // What was asked before is not true any more.
    looks += 1;
    isAsked = false;
    idleLooks = 0;
    cancelWake();
    party.works();
  };

  return {
    hear: ({ id, isBusy, sockets, dueMs }) => {
      if (id !== looks) return;
      isAsked = false;
      const isIdle = !isBusy && sockets === (heldRequests?.count(accessKeyId) ?? 0);
      idleLooks = isIdle ? idleLooks + 1 : 0;
      if (idleLooks < IDLE_LOOKS) return;
      cancelWake();
      if (dueMs !== undefined) {
        cancelWake = clock.at(dueMs, () => {
          wake();
          tell({ kind: 'time' });
        });
      }
      party.waits();
    },
    overdue: (dueMs) => {
      // Whatever else falls due then may fail: that is not this environment's.
      clock.reach(dueMs).catch(() => undefined);
    },
    wake,
    end: () => {
      cancelWake();
      party.leave();
    },
  };
}
