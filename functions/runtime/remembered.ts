/** How long and how much is remembered. */
export interface Remembering {
  readonly ttlMs: number;
  /** Over this, what was read longest ago is forgotten. */
  readonly most: number;
  readonly nowMs: () => number;
}

/** Answers what was read under a key, or reads it. */
export type Recall<Value> = (
  key: string,
  read: () => Promise<Value>,
  /** A read that began before this does not count; absent where the time to live alone decides. */
  notBeforeMs?: number,
) => Promise<Value>;

/**
 * Makes a memory of what was read.
 *
 * A read counts from its beginning: what AWS answers may be as old as that. Whoever asks while it is under way
 * shares it, and one that fails is not remembered.
 */
export function remember<Value>({ ttlMs, most, nowMs }: Remembering): Recall<Value> {
  const held = new Map<string, { readonly startedMs: number; readonly value: Promise<Value> }>();
  return (key, read, notBeforeMs = 0) => {
    const startedMs = nowMs();
    const known = held.get(key);
    if (known && known.startedMs > startedMs - ttlMs && known.startedMs >= notBeforeMs) {
      return known.value;
    }
    const entry = { startedMs, value: read() };
    // Deleted first, so that the oldest read is always the first of the map.
    held.delete(key);
    held.set(key, entry);
    const [oldest = key] = held.keys();
    if (held.size > most) held.delete(oldest);
    entry.value.catch(() => {
      if (held.get(key) === entry) held.delete(key);
    });
    return entry.value;
  };
}
