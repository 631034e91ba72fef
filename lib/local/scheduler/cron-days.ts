import { type FieldRange, parseItem, parseValue } from './cron-field.ts';

/** One month, as far as it decides which of its days are meant. */
interface Month {
  readonly lastDay: number;
  /** 1 is Sunday. */
  readonly weekdayOf: (day: number) => number;
}

/** The days of a month that an expression names, in order. */
export type DayRule = (year: number, month: number) => readonly number[];

type MonthRule = (month: Month) => readonly number[];

const DAYS: FieldRange = { min: 1, max: 31 };
const WEEKDAYS: FieldRange = {
  min: 1,
  max: 7,
  names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
};
const SATURDAY = 7;
const SUNDAY = 1;

/**
 * Reads the fields for the day of the month and of the week; undefined where they name no days.
 *
 * AWS: one of them is `?`, and only one.
 */
export function parseDays(dayOfMonth: string, dayOfWeek: string): DayRule | undefined {
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) return undefined;
  const rules =
    dayOfWeek === '?'
      ? dayOfMonth.split(',').map(parseDayOfMonth)
      : dayOfWeek.split(',').map(parseDayOfWeek);
  if (rules.includes(undefined)) return undefined;
  return (year, month) => {
    const described = describeMonth(year, month);
    const days = rules.flatMap((rule) => rule?.(described) ?? []);
    return [...new Set(days)].sort((one, other) => one - other);
  };
}

function parseDayOfMonth(text: string): MonthRule | undefined {
  if (text === 'L') return ({ lastDay }) => [lastDay];
  if (text.endsWith('W')) {
    const day = parseValue(text.slice(0, -1), DAYS);
    return day === undefined ? undefined : (month) => nearestWorkday(month, day);
  }
  const days = parseItem(text, DAYS);
  return days === undefined
    ? undefined
    : ({ lastDay }) => days.filter((wanted) => wanted <= lastDay);
}

function parseDayOfWeek(text: string): MonthRule | undefined {
  if (text === 'L') return (month) => daysOn(month, SATURDAY);
  const [, name = '', which] = /^(\w+)(L|#[1-5])$/.exec(text) ?? [];
  if (which !== undefined) {
    const weekday = parseValue(name, WEEKDAYS);
    const index = which === 'L' ? -1 : Number(which.slice(1)) - 1;
    if (weekday === undefined) return undefined;
    return (month) => {
      const day = daysOn(month, weekday).at(index);
      return day === undefined ? [] : [day];
    };
  }
  const weekdays = parseItem(text, WEEKDAYS);
  if (weekdays === undefined) return undefined;
  return (month) => weekdays.flatMap((weekday) => daysOn(month, weekday));
}

function describeMonth(year: number, month: number): Month {
  const firstWeekday = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  return {
    lastDay: new Date(Date.UTC(year, month, 0)).getUTCDate(),
    weekdayOf: (day) => ((firstWeekday + day - 1) % 7) + 1,
  };
}

function daysOn({ lastDay, weekdayOf }: Month, weekday: number): readonly number[] {
  const days = Array.from({ length: lastDay }, (_, index) => index + 1);
  return days.filter((day) => weekdayOf(day) === weekday);
}

/** Never in another month: the first day moves on over a weekend, and the last one back. */
function nearestWorkday({ lastDay, weekdayOf }: Month, day: number): readonly number[] {
  if (day > lastDay) return [];
  if (weekdayOf(day) === SATURDAY) return [day === 1 ? 3 : day - 1];
  if (weekdayOf(day) === SUNDAY) return [day === lastDay ? day - 2 : day + 1];
  return [day];
}
