import { randomUUID } from 'node:crypto';
import type { AccountCore } from '../account-core.ts';
import type { StoredSchedule } from './schedules.ts';

/** One attempt to call a target. */
export interface Attempt {
  readonly schedule: StoredSchedule;
  /** When the schedule was due, whatever the window or the attempt. */
  readonly dueMs: number;
  /** From 1 on. */
  readonly number: number;
  readonly executionId: string;
}

/**
 * What a target is handed: the schedule's own input with its placeholders filled in, or a scheduled event.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
export function inputOf(core: AccountCore, attempt: Attempt): string {
  const { schedule, dueMs, number, executionId } = attempt;
  const { Input } = schedule.target;
  if (Input === undefined) return JSON.stringify(scheduledEvent(core, attempt));
  return Input.replaceAll('<aws.scheduler.schedule-arn>', schedule.arn)
    .replaceAll('<aws.scheduler.scheduled-time>', toSeconds(dueMs))
    .replaceAll('<aws.scheduler.execution-id>', executionId)
    .replaceAll('<aws.scheduler.attempt-number>', String(number));
}

/** A moment as the scheduler writes it. */
export function toSeconds(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}

function scheduledEvent({ accountId, region }: AccountCore, { schedule, dueMs }: Attempt) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: accountId,
    time: toSeconds(dueMs),
    region,
    resources: [schedule.arn],
    detail: '{}',
  };
}
