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
