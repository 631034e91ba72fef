import { describe, expect, it } from 'vitest';
import { nextDueMs, type Timetable } from '../../../lib/local/scheduler/due-times.ts';
import { parseScheduleExpression } from '../../../lib/local/scheduler/schedule-expression.ts';
import { fromWallMs, isTimeZone, toWallMs } from '../../../lib/local/scheduler/wall-time.ts';

const CREATED = Date.parse('2026-11-22T10:00:00.250Z');

function due(
  text: string,
  { after = CREATED - 1, ...others }: Partial<Timetable> & { readonly after?: number } = {},
): string | undefined {
  const expression = parseScheduleExpression(text);
  if (expression === undefined) throw new Error(`${text} is no expression`);
  const timetable = { expression, timeZone: 'UTC', createdAtMs: CREATED, ...others };
  const dueMs = nextDueMs(timetable, after);
  return dueMs === undefined ? undefined : new Date(dueMs).toISOString();
}

const at = (text: string) => Date.parse(text);

describe('nextDueMs', () => {
  it('is at once for a rate without a start, and then as often as it says', () => {
    expect(due('rate(6 hours)')).toBe('2026-11-22T10:00:00.250Z');
    expect(due('rate(6 hours)', { after: CREATED })).toBe('2026-11-22T16:00:00.250Z');
    expect(due('rate(6 hours)', { after: CREATED + 13 * 3_600_000 })).toBe(
      '2026-11-23T04:00:00.250Z',
    );
  });

  it('counts a rate from its start, up to its end', () => {
    const dates = { startMs: at('2026-11-23T00:00:00Z'), endMs: at('2026-11-23T12:00:00Z') };

    expect(due('rate(6 hours)', dates)).toBe('2026-11-23T00:00:00.000Z');
    expect(due('rate(6 hours)', { ...dates, after: at('2026-11-23T11:00:00Z') })).toBe(
      '2026-11-23T12:00:00.000Z',
    );
    expect(due('rate(6 hours)', { ...dates, after: at('2026-11-23T12:00:00Z') })).toBeUndefined();
  });

  it('keeps an expression between start and end', () => {
    const dates = { startMs: at('2026-11-23T00:00:00Z'), endMs: at('2026-11-24T11:00:00Z') };

    expect(due('cron(0 12 * * ? *)', dates)).toBe('2026-11-23T12:00:00.000Z');
    expect(due('cron(0 12 * * ? *)', { ...dates, after: at('2026-11-23T12:00:00Z') })).toBe(
      undefined,
    );
    expect(due('cron(0 0 30 2 ? *)')).toBeUndefined();
  });

  it('is once, and never where that is over, whatever start and end say', () => {
    const dates = { startMs: at('2027-01-01T00:00:00Z'), endMs: at('2027-01-02T00:00:00Z') };

    expect(due('at(2026-11-22T11:00:00)', dates)).toBe('2026-11-22T11:00:00.000Z');
    expect(due('at(2026-11-22T09:00:00)')).toBeUndefined();
  });

  it('goes by the clocks of its time zone', () => {
    const timeZone = 'America/New_York';

    expect(due('at(2026-11-22T11:00:00)', { timeZone })).toBe('2026-11-22T16:00:00.000Z');
    expect(due('cron(0 11 * * ? *)', { timeZone, after: at('2027-03-13T16:00:00Z') })).toBe(
      '2027-03-14T15:00:00.000Z',
    );
  });

  it('leaves out what clocks skip, and does once what they show twice', () => {
    const timeZone = 'America/New_York';

    expect(due('cron(30 2 * * ? *)', { timeZone, after: at('2027-03-13T12:00:00Z') })).toBe(
      '2027-03-15T06:30:00.000Z',
    );
    expect(due('at(2027-03-14T02:30:00)', { timeZone })).toBeUndefined();
    const first = due('cron(30 1 * * ? *)', { timeZone, after: at('2027-11-06T12:00:00Z') });
    expect(first).toBe('2027-11-07T05:30:00.000Z');
    expect(due('cron(30 1 * * ? *)', { timeZone, after: at(first ?? '') })).toBe(
      '2027-11-08T06:30:00.000Z',
    );
  });
});

describe('wall time', () => {
  it('comes back from every zone that has no gap there', () => {
    for (const timeZone of ['UTC', 'Asia/Kathmandu', 'Pacific/Auckland', 'America/St_Johns']) {
      expect(fromWallMs(toWallMs(CREATED, timeZone), timeZone)).toBe(CREATED);
    }
  });

  it('knows which zones there are', () => {
    expect(['Europe/Berlin', 'UTC', 'Mars/Olympus'].map(isTimeZone)).toEqual([true, true, false]);
  });
});
