import { type CronExpression, timesFrom } from './cron-expression.ts';
import type { ScheduleExpression } from './schedule-expression.ts';
import { fromWallMs, toWallMs } from './wall-time.ts';

/** Everything that decides when a schedule is due. */
export interface Timetable {
  readonly expression: ScheduleExpression;
  readonly timeZone: string;
  /** A rate counts from here unless it has a start. */
  readonly createdAtMs: number;
  /** The two do not bind a schedule that is due once. */
  readonly startMs?: number;
  readonly endMs?: number;
}

/**
 * The first time after a moment at which a schedule is due; undefined where it never is again.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function nextDueMs(timetable: Timetable, afterMs: number): number | undefined {
  const { expression, timeZone, endMs = Number.POSITIVE_INFINITY } = timetable;
  switch (expression.kind) {
    case 'at': {
      const dueMs = fromWallMs(expression.wallMs, timeZone);
      return dueMs !== undefined && dueMs > afterMs ? dueMs : undefined;
    }
    case 'rate': {
      const dueMs = nextByRate(expression.everyMs, timetable, afterMs);
      return dueMs <= endMs ? dueMs : undefined;
    }
    case 'cron': {
      const dueMs = nextByCron(expression.cron, timetable, afterMs);
      return dueMs !== undefined && dueMs <= endMs ? dueMs : undefined;
    }
  }
}

function nextByRate(
  everyMs: number,
  { createdAtMs, startMs: firstMs = createdAtMs }: Timetable,
  afterMs: number,
): number {
  const passed = Math.floor((afterMs - firstMs) / everyMs) + 1;
  return firstMs + Math.max(0, passed) * everyMs;
}

function nextByCron(
  cron: CronExpression,
  { timeZone, startMs = 0 }: Timetable,
  afterMs: number,
): number | undefined {
  const fromMs = Math.max(afterMs + 1, startMs);
  for (const wallMs of timesFrom(cron, toWallMs(fromMs, timeZone))) {
    const dueMs = fromWallMs(wallMs, timeZone);
    // A time that the clock skips is not made up for; one that it shows twice counts once.
    if (dueMs !== undefined && dueMs >= fromMs) return dueMs;
  }
  return undefined;
}
