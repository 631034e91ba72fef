import {
  CreateSchedule$,
  type CreateScheduleInput,
  type CreateScheduleOutput,
  DeleteSchedule$,
  type DeleteScheduleInput,
  type DeleteScheduleOutput,
  UpdateSchedule$,
  type UpdateScheduleInput,
  type UpdateScheduleOutput,
} from '@aws-sdk/client-scheduler';
import { toTrailShape } from '../cloudtrail.ts';
import type { Given } from '../wire/given.ts';
import { type Need, type Operation, operation, type Trail } from '../wire/operation.ts';
import type { DueSchedules } from './due-schedules.ts';
import {
  checkName,
  readAfterCompletion,
  readState,
  readTimetable,
  readWindow,
  type ScheduleRequest,
} from './schedule-request.ts';
import { conflict } from './scheduler-faults.ts';
import {
  findLastingGroup,
  findSchedule,
  keyOf,
  type NamedSchedule,
  type Schedules,
  type StoredSchedule,
  scheduleArn,
} from './schedules.ts';
import { readTarget } from './target-request.ts';

type CreateInput = Given<CreateScheduleInput, keyof ScheduleRequest & keyof CreateScheduleInput> &
  ScheduleRequest;
type UpdateInput = Given<UpdateScheduleInput, 'Name'> & ScheduleRequest;
type DeleteInput = Given<DeleteScheduleInput, 'Name'>;

/** The operations that change schedules. */
export function scheduleOperations(all: Schedules, due: DueSchedules): readonly Operation[] {
  return [createSchedule(all, due), updateSchedule(all, due), deleteSchedule(all, due)];
}

function createSchedule(all: Schedules, due: DueSchedules): Operation {
  return operation<CreateInput, CreateScheduleOutput>(CreateSchedule$, {
    needs: (input) => needsToPut(all, 'CreateSchedule', input),
    handle: (input, { nowMs }) => {
      checkNames(input);
      const held = all.schedules.get(keyOf(input));
      if (held !== undefined) return { ScheduleArn: sameAs(held, input.ClientToken).arn };
      const schedule = toSchedule(all, input, { nowMs, createdAtMs: nowMs });
      all.schedules.set(keyOf(input), schedule);
      // AWS: a rate without a start is due at once.
      due.follow(schedule, nowMs - 1);
      return { ScheduleArn: schedule.arn };
    },
    trail: (input) => trailOf('CreateSchedule', input),
  });
}

/** AWS: an update sets everything; whether it makes a rate count anew is not documented, here it does not. */
function updateSchedule(all: Schedules, due: DueSchedules): Operation {
  return operation<UpdateInput, UpdateScheduleOutput>(UpdateSchedule$, {
    needs: (input) => needsToPut(all, 'UpdateSchedule', input),
    handle: (input, { nowMs }) => {
      checkNames(input);
      const { timetable } = findSchedule(all, input);
      const { createdAtMs } = timetable;
      const schedule = toSchedule(all, input, { nowMs, createdAtMs });
      all.schedules.set(keyOf(input), schedule);
      due.follow(schedule, nowMs);
      return { ScheduleArn: schedule.arn };
    },
    trail: (input) => trailOf('UpdateSchedule', input),
  });
}

function deleteSchedule(all: Schedules, due: DueSchedules): Operation {
  return operation<DeleteInput, DeleteScheduleOutput>(DeleteSchedule$, {
    needs: (input) => [needOn(all, 'DeleteSchedule', input)],
    handle: (input) => {
      checkNames(input);
      findLastingGroup(all, input.GroupName);
      due.forget(findSchedule(all, input));
      all.schedules.delete(keyOf(input));
      return {};
    },
    trail: (input) => trailOf('DeleteSchedule', input),
  });
}

/** The permission for a call on one schedule. */
export function needOn({ core }: Schedules, operationName: string, named: NamedSchedule): Need {
  return { action: `scheduler:${operationName}`, resource: scheduleArn(core, named) };
}

/** What CloudTrail writes of a call to the scheduler. */
export function trailOf(eventName: string, request: object): Trail {
  return {
    eventName,
    request: toTrailShape(request),
    response: (output) => (Object.keys(Object(output)).length === 0 ? null : toTrailShape(output)),
  };
}

/** Refuses names that no schedule can have. */
export function checkNames({ Name, GroupName }: NamedSchedule): void {
  checkName('name', Name);
  if (GroupName !== undefined) checkName('groupName', GroupName);
}

function needsToPut(all: Schedules, operationName: string, input: ScheduleRequest): Need[] {
  return [
    needOn(all, operationName, input),
    {
      action: 'iam:PassRole',
      resource: input.Target.RoleArn ?? '*',
      context: { 'iam:passedtoservice': ['scheduler.amazonaws.com'] },
    },
  ];
}

/** AWS: the same request that comes again is answered again. */
function sameAs(held: StoredSchedule, clientToken: string | undefined): StoredSchedule {
  if (clientToken !== undefined && clientToken === held.clientToken) return held;
  throw conflict(`Schedule ${held.name} already exists.`);
}

function toSchedule(
  all: Schedules,
  input: ScheduleRequest,
  at: { readonly nowMs: number; readonly createdAtMs: number },
): StoredSchedule {
  const group = findLastingGroup(all, input.GroupName);
  return {
    name: input.Name,
    groupName: group.name,
    arn: scheduleArn(all.core, input),
    expressionText: input.ScheduleExpression,
    timetable: readTimetable(input, at),
    window: readWindow(input.FlexibleTimeWindow),
    target: readTarget(all, group, input.Target),
    state: readState(input.State),
    afterCompletion: readAfterCompletion(input.ActionAfterCompletion),
    description: input.Description,
    kmsKeyArn: input.KmsKeyArn,
    modifiedAtMs: at.nowMs,
    clientToken: input.ClientToken,
  };
}
