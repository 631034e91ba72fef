import type { Cancel } from '../clock.ts';
import type { Random } from '../random.ts';
import { callTarget } from './call-target.ts';
import { nextDueMs } from './due-times.ts';
import { keyOf, type Schedules, type StoredSchedule } from './schedules.ts';

/** Lets schedules run as time passes. */
export interface DueSchedules {
  /** Waits for the next time after a moment at which a schedule is due, and for nothing else of it. */
  readonly follow: (schedule: StoredSchedule, afterMs: number) => void;
  readonly forget: (schedule: StoredSchedule) => void;
}

/** Creates what waits for schedules; `random` decides where in its window one runs. */
export function createDueSchedules(all: Schedules, random: Random): DueSchedules {
  const waiting = new Map<string, Cancel>();
  const { clock } = all.core;

  const forget = ({ arn }: StoredSchedule): void => {
    waiting.get(arn)?.();
    waiting.delete(arn);
  };

  const complete = (schedule: StoredSchedule): void => {
    const key = keyOf({ Name: schedule.name, GroupName: schedule.groupName });
    // Somebody may have changed it meanwhile.
    if (all.schedules.get(key) === schedule) all.schedules.delete(key);
  };

  const run = (schedule: StoredSchedule, dueMs: number): void => {
    follow(schedule, dueMs);
    const isLast = !waiting.has(schedule.arn);
    const isDeleted = isLast && schedule.afterCompletion === 'DELETE';
    const onEnd = () => {
      if (isDeleted) complete(schedule);
    };
    const lateMs = Math.floor(random() * (schedule.window.MaximumWindowInMinutes ?? 0) * 60_000);
    clock.after(lateMs, () => callTarget(all, { schedule, dueMs, onEnd }));
  };

  const follow = (schedule: StoredSchedule, afterMs: number): void => {
    forget(schedule);
    if (schedule.state !== 'ENABLED') return;
    const dueMs = nextDueMs(schedule.timetable, afterMs);
    if (dueMs === undefined) return;
    waiting.set(
      schedule.arn,
      clock.at(dueMs, () => run(schedule, dueMs)),
    );
  };

  return { follow, forget };
}
