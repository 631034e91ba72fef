import type { Rate } from '../core/lambda-quotas.ts';

/** Where time comes from, and how it is waited for. */
export interface Waiting {
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Spreads calls over time. */
export interface Pace {
  /** Waits for the next turn; turns come in the order in which they were asked for. */
  readonly turn: () => Promise<void>;
  /** Makes way: AWS refused a call for coming too fast, so somebody else uses the same quota. */
  readonly slow: () => void;
}

/** From the slowest back to the whole rate. */
const RECOVERY_SECONDS = 10;
const SLOWEST_SHARE = 0.1;

/** Creates a pace that keeps to a rate, halves it whenever it is told to slow, and recovers within ten seconds. */
export function createPace({ perSecond, burst }: Rate, { nowMs, sleep }: Waiting): Pace {
  let slowedMs = 0;
  let slowedTo = 1;
  /** When the calls that were let through would have ended at this rate. */
  let paidUntilMs = 0;
  const share = (): number =>
    Math.min(1, slowedTo + (nowMs() - slowedMs) / (RECOVERY_SECONDS * 1000));
  return {
    turn: async () => {
      const now = nowMs();
      const callMs = 1000 / (perSecond * share());
      paidUntilMs = Math.max(paidUntilMs, now) + callMs;
      const waitMs = Math.round(paidUntilMs - burst * callMs - now);
      if (waitMs > 0) await sleep(waitMs);
    },
    slow: () => {
      const now = nowMs();
      slowedTo = Math.max(SLOWEST_SHARE, share() / 2);
      slowedMs = now;
      // What was saved up for a burst is somebody else's.
      paidUntilMs = Math.max(paidUntilMs, now + (burst * 1000) / (perSecond * slowedTo));
    },
  };
}
