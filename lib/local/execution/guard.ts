/** What is guarded, in real time. */
export interface Guarded {
  /** An environment that does nothing which the account could see for so long hangs. */
  readonly guardMs: number;
  /** Names the last call that the environment made; undefined before its first. */
  readonly lastCall: () => string | undefined;
}

/**
 * Calls `expire` once an environment hangs; answers what stops the guard.
 *
 * Who still makes calls has much to do, such as a look at ten thousand functions, and is left alone.
 */
export function startGuard({ guardMs, lastCall }: Guarded, expire: () => void): () => void {
  let seen = lastCall();
  const timer = setInterval(() => {
    const last = lastCall();
    if (last === seen) expire();
    seen = last;
  }, guardMs);
  return () => clearInterval(timer);
}

/** What is watched while one invocation runs. */
export interface Watched extends Guarded {
  readonly timeoutMs: number;
  /** Ends it: it hangs. */
  readonly expire: () => void;
  /** Its time-out is over in reality. */
  readonly overdue: () => void;
}

/** Watches one invocation in real time. */
export interface Watch {
  /** The handler is called: until then its code loads, which its time-out does not count. */
  readonly begin: () => void;
  readonly stop: () => void;
}

/** A slow machine is given at least so long, and a second more than the time-out. */
const LEAST_GUARD_MS = 3000;
const GRACE_MS = 1000;

/** Starts to watch an invocation, which lasts no longer than its time-out wherever nobody moves time. */
export function startWatch({ guardMs, lastCall, timeoutMs, expire, overdue }: Watched): Watch {
  let stop = startGuard({ guardMs, lastCall }, expire);
  return {
    begin: () => {
      stop();
      const ownMs = Math.max(LEAST_GUARD_MS, timeoutMs + GRACE_MS);
      const stopGuard = startGuard({ guardMs: Math.min(guardMs, ownMs), lastCall }, expire);
      const deadline = setTimeout(overdue, timeoutMs);
      stop = () => {
        stopGuard();
        clearTimeout(deadline);
      };
    },
    stop: () => stop(),
  };
}
