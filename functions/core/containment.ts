import type { Quarantine } from './record.ts';

/** When something was harmless. */
export interface Containment {
  /** When the guardrail first made it harmless. */
  readonly containedMs?: number;
  /** Since when it runs again: a quarantine was lifted, or released by force. */
  readonly freedMs?: number;
  /** How long it had run again before it was contained anew. */
  readonly freeForMs?: number;
}

/** Notes that something is harmless from now on. */
export function contain<Contained extends Containment>(
  known: Contained,
  nowMs: number,
): Omit<Contained, 'freedMs'> & Pick<Containment, 'containedMs'> {
  const { freedMs, ...rest } = known;
  const freeForMs = freeFor(known, nowMs);
  return {
    ...rest,
    containedMs: known.containedMs ?? nowMs,
    ...(freeForMs === 0 ? {} : { freeForMs }),
  };
}

/** Notes that something that was harmless runs again. */
export function free<Freed extends Containment>(known: Freed, atMs: number): Freed {
  return known.containedMs === undefined ? known : { ...known, freedMs: atMs };
}

/** What began in a quarantine that something else was for is harmless from its beginning. */
export function containedBy<Known extends Containment & { readonly sinceMs: number }>(
  known: Known,
  quarantine: Quarantine | undefined,
): Known {
  if (quarantine === undefined || known.containedMs !== undefined) return known;
  return { ...known, containedMs: Math.max(known.sinceMs, quarantine.sinceMs) };
}

/** How long something ran again after it was contained. */
export function freeFor({ freedMs, freeForMs = 0 }: Containment, nowMs: number): number {
  return freedMs === undefined ? freeForMs : freeForMs + Math.max(0, nowMs - freedMs);
}
