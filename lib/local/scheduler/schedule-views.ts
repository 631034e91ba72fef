import type {
  GetScheduleOutput,
  ScheduleGroupSummary,
  ScheduleSummary,
} from '@aws-sdk/client-scheduler';
import type { StoredGroup, StoredSchedule } from './schedules.ts';

/** A schedule in full. */
export function describeSchedule(schedule: StoredSchedule): GetScheduleOutput {
  const { timetable, description, kmsKeyArn } = schedule;
  const { startMs, endMs } = timetable;
  return {
    ...identify(schedule),
    ScheduleExpression: schedule.expressionText,
    ScheduleExpressionTimezone: timetable.timeZone,
    FlexibleTimeWindow: schedule.window,
    ActionAfterCompletion: schedule.afterCompletion,
    Target: schedule.target,
    ...(description === undefined ? {} : { Description: description }),
    ...(kmsKeyArn === undefined ? {} : { KmsKeyArn: kmsKeyArn }),
    ...(startMs === undefined ? {} : { StartDate: new Date(startMs) }),
    ...(endMs === undefined ? {} : { EndDate: new Date(endMs) }),
  };
}

/** A schedule as it stands in a list. */
export function summarizeSchedule(schedule: StoredSchedule): ScheduleSummary {
  return { ...identify(schedule), Target: { Arn: schedule.target.Arn } };
}

/** A group, alone or in a list. */
export function describeGroup(group: StoredGroup): ScheduleGroupSummary {
  return {
    Arn: group.arn,
    Name: group.name,
    State: group.state,
    CreationDate: new Date(group.createdAtMs),
    LastModificationDate: new Date(group.modifiedAtMs),
  };
}

function identify(schedule: StoredSchedule) {
  return {
    Arn: schedule.arn,
    GroupName: schedule.groupName,
    Name: schedule.name,
    State: schedule.state,
    CreationDate: new Date(schedule.timetable.createdAtMs),
    LastModificationDate: new Date(schedule.modifiedAtMs),
  };
}
