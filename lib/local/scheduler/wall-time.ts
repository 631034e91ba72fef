const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Tells whether there is a time zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** What a clock on the wall of a time zone shows at a moment, written as if it were UTC. */
export function toWallMs(timeMs: number, timeZone: string): number {
  if (timeZone === 'UTC') return timeMs;
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(timeMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  const wallMs = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wallMs + (timeMs % 1000);
}

/**
 * The moment at which a clock on the wall shows a time: the first one where it does so twice.
 *
 * Undefined where the clock is put forward over that time.
 */
export function fromWallMs(wallMs: number, timeZone: string): number | undefined {
  const offsets = [wallMs - DAY_MS, wallMs + DAY_MS].map(
    (nearMs) => toWallMs(nearMs, timeZone) - nearMs,
  );
  return offsets
    .map((offsetMs) => wallMs - offsetMs)
    .sort((one, other) => one - other)
    .find((timeMs) => toWallMs(timeMs, timeZone) === wallMs);
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}
