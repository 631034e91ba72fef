const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

/** Reads a time such as `2026-11-22T09:30:00Z` in milliseconds; undefined where it is none. */
export function parseIsoTime(text: string): number | undefined {
  if (!ISO_TIME.test(text)) return undefined;
  const ms = Date.parse(text);
  // A day that its month does not have would be read as one of the next month.
  return Number.isNaN(ms) || !toIsoTime(ms).startsWith(text.slice(0, 10)) ? undefined : ms;
}

/** Writes milliseconds as a time such as `2026-11-22T09:30:00.000Z`. */
export function toIsoTime(ms: number): string {
  return new Date(ms).toISOString();
}
