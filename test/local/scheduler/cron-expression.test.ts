import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCron, timesFrom } from '../../../lib/local/scheduler/cron-expression.ts';
import { parseScheduleExpression } from '../../../lib/local/scheduler/schedule-expression.ts';

const FROM = Date.parse('2026-11-22T10:00:00Z');
const MINUTE = 60_000;

function next(text: string, count: number): readonly string[] {
  const cron = parseCron(text);
  if (cron === undefined) throw new Error(`${text} is no cron expression`);
  return firstOf(timesFrom(cron, FROM), count).map((time) =>
    new Date(time).toISOString().slice(0, 16),
  );
}

function firstOf(times: Iterable<number>, count: number): readonly number[] {
  const first: number[] = [];
  for (const time of times) {
    first.push(time);
    if (first.length === count) break;
  }
  return first;
}

describe('parseCron', () => {
  it.each([
    ['0 */6 * * ? *', '2026-11-22T12:00', '2026-11-22T18:00'],
    ['0/15 8-17 ? * MON-FRI *', '2026-11-23T08:00', '2026-11-23T08:15'],
    ['30 10 22 11 ? 2026,2028', '2026-11-22T10:30', '2028-11-22T10:30'],
    ['0 0 1 JAN,jul ? *', '2027-01-01T00:00', '2027-07-01T00:00'],
    ['0 12 L * ? *', '2026-11-30T12:00', '2026-12-31T12:00'],
    ['0 12 29 2 ? *', '2028-02-29T12:00', '2032-02-29T12:00'],
    // The first of August 2026 and of November 2026 are at a weekend, and so is the last of January 2027.
    ['0 9 1W 11,8 ? 2026-2027', '2027-08-02T09:00', '2027-11-01T09:00'],
    ['0 9 31W 1 ? 2027-2028', '2027-01-29T09:00', '2028-01-31T09:00'],
    ['0 9 28W * ? *', '2026-11-27T09:00', '2026-12-28T09:00'],
    ['0 9 29W 11 ? *', '2026-11-30T09:00', '2027-11-29T09:00'],
    ['0 9 31W 11,12 ? *', '2026-12-31T09:00', '2027-12-31T09:00'],
    ['0 8 ? * 6L *', '2026-11-27T08:00', '2026-12-25T08:00'],
    ['0 8 ? * L *', '2026-11-28T08:00', '2026-12-05T08:00'],
    ['0 8 ? * TUE#3 *', '2026-12-15T08:00', '2027-01-19T08:00'],
    ['0 8 ? * 2#5 *', '2026-11-30T08:00', '2027-03-29T08:00'],
    ['1-31/30 1-1 ? * 1,7 *', '2026-11-28T01:01', '2026-11-28T01:31'],
  ])('knows when %s is due', (text, first, second) => {
    expect(next(text, 2)).toEqual([first, second]);
  });

  it('is never due on a day that no month has', () => {
    expect(next('0 0 30 2 ? *', 1)).toEqual([]);
  });

  it.each([
    '* * * * * *',
    '* * ? * ? *',
    '0 10 * * ?',
    '0 10 * * ? * *',
    '60 10 * * ? *',
    '0 24 * * ? *',
    '0 10 0 * ? *',
    '0 10 32 * ? *',
    '0 10 32W * ? *',
    '0 10 ? * 8 *',
    '0 10 ? * 2#6 *',
    '0 10 ? * FOO#1 *',
    '0 10 ? * MON-FRI-SUN *',
    '0 10 ? * FRI-MON *',
    '0 10 * 13 ? *',
    '0 10 * * ? 1969',
    '0/0 10 * * ? *',
    '0/1/2 10 * * ? *',
    '0, 10 * * ? *',
  ])('refuses %s', (text) => {
    expect(parseCron(text)).toBeUndefined();
  });

  it('is due in just the minutes whose hour, minute and day its fields name', () => {
    const some = (min: number, max: number) =>
      fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 4 });
    const from = fc.integer({ min: 0, max: 3 * 24 * 60 }).map((minutes) => FROM + minutes * MINUTE);
    fc.assert(
      fc.property(
        some(0, 59),
        some(0, 23),
        some(1, 7),
        from,
        (minutes, hours, weekdays, fromMs) => {
          const cron = parseCron(`${minutes.join()} ${hours.join()} ? * ${weekdays.join()} *`);
          const times = cron === undefined ? [] : firstOf(timesFrom(cron, fromMs), 5);
          const isNamed = (time: Date) =>
            minutes.includes(time.getUTCMinutes()) &&
            hours.includes(time.getUTCHours()) &&
            weekdays.includes(time.getUTCDay() + 1);
          const wanted = [];
          for (let time = fromMs; wanted.length < 5; time += MINUTE) {
            if (isNamed(new Date(time))) wanted.push(time);
          }
          expect(times).toEqual(wanted);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('parseScheduleExpression', () => {
  it.each([
    ['rate(6 hours)', { kind: 'rate', everyMs: 21_600_000 }],
    ['rate(1 minute)', { kind: 'rate', everyMs: MINUTE }],
    ['rate(2 days)', { kind: 'rate', everyMs: 172_800_000 }],
    ['at(2026-11-22T10:00:00)', { kind: 'at', wallMs: FROM }],
  ])('reads %s', (text, expression) => {
    expect(parseScheduleExpression(text)).toEqual(expression);
  });

  it.each([
    'rate(0 hours)',
    'rate(6 weeks)',
    'rate(6hours)',
    'at(2026-11-22)',
    'at(2026-11-22T10:00:00Z)',
    'at(2026-02-30T10:00:00)',
    'at(2026-13-01T10:00:00)',
    'cron(* *)',
    'every 6 hours',
    '',
  ])('refuses `%s`', (text) => {
    expect(parseScheduleExpression(text)).toBeUndefined();
  });

  it('never throws', () => {
    const inner = fc.stringMatching(/^[0-9A-Z*?,\-/#LW ]{0,30}$/);
    const kind = fc.constantFrom('at', 'rate', 'cron', 'x');
    fc.assert(
      fc.property(kind, inner, (name, text) => {
        expect(() => parseScheduleExpression(`${name}(${text})`)).not.toThrow();
      }),
    );
  });
});
