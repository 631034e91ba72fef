import { type DayRule, parseDays } from './cron-days.ts';
import { type FieldRange, parseField } from './cron-field.ts';

/** A cron expression of AWS's six fields. */
export interface CronExpression {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly daysOf: DayRule;
  /** From 1 on. */
  readonly months: readonly number[];
  readonly years: readonly number[];
}

const MINUTES: FieldRange = { min: 0, max: 59 };
const HOURS: FieldRange = { min: 0, max: 23 };
const MONTHS: FieldRange = {
  min: 1,
  max: 12,
  names: 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' '),
};
const YEARS: FieldRange = { min: 1970, max: 2199 };

/**
 * Reads `minutes hours day-of-month month day-of-week year`; undefined where the text is no such expression.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function parseCron(text: string): CronExpression | undefined {
  const fields = text.trim().split(/\s+/);
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields;
  const minutes = parseField(minute, MINUTES);
  const hours = parseField(hour, HOURS);
  const daysOf = parseDays(dayOfMonth, dayOfWeek);
  const months = parseField(month, MONTHS);
  const years = parseField(year, YEARS);
  if (fields.length !== 6 || !minutes || !hours || !daysOf || !months || !years) return undefined;
  return { minutes, hours, daysOf, months, years };
}

/** The times that an expression names from a moment on, in order; all of them as if they were UTC. */
export function* timesFrom(cron: CronExpression, fromMs: number): Generator<number> {
  for (const dayMs of daysFrom(cron, fromMs)) {
    for (const hour of cron.hours) {
      for (const minute of cron.minutes) {
        const timeMs = dayMs + (hour * 60 + minute) * 60_000;
        if (timeMs >= fromMs) yield timeMs;
      }
    }
  }
}

const DAY_MS = 86_400_000;

function* daysFrom({ years, months, daysOf }: CronExpression, fromMs: number): Generator<number> {
  const first = new Date(fromMs).getUTCFullYear();
  for (const year of years.filter((other) => other >= first)) {
    for (const month of months) {
      const days = daysOf(year, month).map((day) => Date.UTC(year, month - 1, day));
      yield* days.filter((dayMs) => dayMs > fromMs - DAY_MS);
    }
  }
}
