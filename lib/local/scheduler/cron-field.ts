/** The values that a field of a cron expression may name. */
export interface FieldRange {
  readonly min: number;
  readonly max: number;
  /** Three letters for each value, from `min` on. */
  readonly names?: readonly string[];
}

/** Reads a field of numbers, names, ranges, steps and lists of them; undefined where it is none. */
export function parseField(text: string, range: FieldRange): readonly number[] | undefined {
  const items = text.split(',').map((item) => parseItem(item, range));
  if (items.includes(undefined)) return undefined;
  const values = items.flatMap((item) => item ?? []);
  return [...new Set(values)].sort((one, other) => one - other);
}

/** Reads one item of a list: `*`, `5`, `MON-FRI`, `0/15`, `1-31/2`. */
export function parseItem(text: string, range: FieldRange): readonly number[] | undefined {
  const [span = '', step, more] = text.split('/');
  const bounds = parseSpan(span, range, step !== undefined);
  const every = step === undefined ? 1 : parseNumber(step);
  if (bounds === undefined || every === undefined || every < 1 || more !== undefined) {
    return undefined;
  }
  const [from, to] = bounds;
  const count = Math.floor((to - from) / every) + 1;
  return Array.from({ length: count }, (_, index) => from + index * every);
}

/** Reads one value of a field by its number or name. */
export function parseValue(text: string, { min, max, names = [] }: FieldRange): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  const value = named === -1 ? parseNumber(text) : min + named;
  return value !== undefined && value >= min && value <= max ? value : undefined;
}

/** A value that begins a step goes on to the end of the range. */
function parseSpan(
  text: string,
  range: FieldRange,
  isStepped: boolean,
): readonly [number, number] | undefined {
  if (text === '*') return [range.min, range.max];
  const [first = '', last, more] = text.split('-');
  const from = parseValue(first, range);
  const to = last === undefined ? defaultEnd(from, range, isStepped) : parseValue(last, range);
  if (from === undefined || to === undefined || more !== undefined || to < from) return undefined;
  return [from, to];
}

function defaultEnd(
  from: number | undefined,
  { max }: FieldRange,
  isStepped: boolean,
): number | undefined {
  return isStepped ? max : from;
}

function parseNumber(text: string): number | undefined {
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}
