/** Requests whose answers wait for virtual time, by the access key that made them. */
export interface HeldRequests {
  readonly count: (accessKeyId: string) => number;
  /** Counts one more request; the answer takes it back, once. */
  readonly hold: (accessKeyId: string) => () => void;
  /** Tells whenever a request of somebody is not held any more. */
  readonly onRelease: (listener: (accessKeyId: string) => void) => void;
}

/** Creates an empty count. */
export function createHeldRequests(): HeldRequests {
  const counts = new Map<string, number>();
  const listeners: ((accessKeyId: string) => void)[] = [];
  const add = (key: string, more: number): void => {
    const count = (counts.get(key) ?? 0) + more;
    if (count === 0) counts.delete(key);
    else counts.set(key, count);
  };
  return {
    count: (key) => counts.get(key) ?? 0,
    hold: (key) => {
      add(key, 1);
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        add(key, -1);
        for (const listener of listeners) listener(key);
      };
    },
    onRelease: (listener) => {
      listeners.push(listener);
    },
  };
}

/** Counts a request as held where the account counts them. */
export function holdRequest(held: HeldRequests | undefined, accessKeyId: string): () => void {
  return held?.hold(accessKeyId) ?? (() => {});
}
