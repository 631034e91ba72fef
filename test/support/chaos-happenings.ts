/** Everything that a chaos run lets happen; a run in which one of them never happened proves too little. */
export const HAPPENINGS = [
  'throttle',
  'server fault',
  'timeout',
  'reset before',
  'reset after',
  'stale connection',
  'asked twice by the client',
  'refusal',
  'crash before a call',
  'crash after a call',
  'duplicate message',
  'message overtaken by a later one',
  'lost event',
  'handlers on one function at once',
  'handlers on different functions at once',
  'change between read and write',
  'pipeline that sets it again and again',
  'quarantine undone by its owner',
  'deleted and created again',
  'deleted, and no event tells',
  'failed update',
  'slow update',
  'network changed',
  'network unreadable',
  'kill switch',
  'breaker tripped by an operator',
  'breaker tripped by too much',
  'breaker reset',
  'another policy deployed',
  'audit deployed',
  'release asked for',
  'rescan',
  'sweep',
  'wake asked for',
] as const;

/** One of {@link HAPPENINGS}. */
export type Happening = (typeof HAPPENINGS)[number];

/** How often each thing happened. */
export interface Happenings {
  readonly count: (happening: Happening) => void;
  readonly counts: () => Readonly<Record<Happening, number>>;
}

/** Counts what happens. */
export function createHappenings(): Happenings {
  const counts = noHappenings();
  return {
    count: (happening) => {
      counts[happening] += 1;
    },
    counts: () => counts,
  };
}

/** Nothing happened yet. */
export function noHappenings(): Record<Happening, number> {
  return Object.fromEntries(HAPPENINGS.map((happening) => [happening, 0])) as Record<
    Happening,
    number
  >;
}
