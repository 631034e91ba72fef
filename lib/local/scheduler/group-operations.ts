import {
  CreateScheduleGroup$,
  type CreateScheduleGroupInput,
  type CreateScheduleGroupOutput,
  DeleteScheduleGroup$,
  type DeleteScheduleGroupInput,
  type DeleteScheduleGroupOutput,
} from '@aws-sdk/client-scheduler';
import type { Given } from '../wire/given.ts';
import { type Need, type Operation, operation } from '../wire/operation.ts';
import type { DueSchedules } from './due-schedules.ts';
import { trailOf } from './schedule-operations.ts';
import { checkName } from './schedule-request.ts';
import { conflict, invalid } from './scheduler-faults.ts';
import {
  DEFAULT_GROUP,
  findLastingGroup,
  groupArn,
  keyOf,
  type Schedules,
  type StoredGroup,
} from './schedules.ts';
import { toTags } from './tag-operations.ts';

type CreateInput = Given<CreateScheduleGroupInput, 'Name'>;
type DeleteInput = Given<DeleteScheduleGroupInput, 'Name'>;

/** How long a group is being deleted: AWS says only that it takes a while. */
const DELETION_MS = 5000;

/** The operations that change groups. */
export function groupOperations(all: Schedules, due: DueSchedules): readonly Operation[] {
  return [createGroup(all), deleteGroup(all, due)];
}

/** The permission for a call on one group. */
export function groupNeed({ core }: Schedules, operationName: string, name: string): Need {
  return { action: `scheduler:${operationName}`, resource: groupArn(core, name) };
}

function createGroup(all: Schedules): Operation {
  return operation<CreateInput, CreateScheduleGroupOutput>(CreateScheduleGroup$, {
    needs: ({ Name, Tags = [] }) => [
      groupNeed(all, 'CreateScheduleGroup', Name),
      ...(Tags.length === 0 ? [] : [groupNeed(all, 'TagResource', Name)]),
    ],
    handle: (input, { nowMs }) => {
      const { Name: name, Tags = [], ClientToken: clientToken } = input;
      checkName('name', name);
      const held = all.groups.get(name);
      if (held !== undefined) return { ScheduleGroupArn: sameAs(held, clientToken).arn };
      const group: StoredGroup = {
        name,
        arn: groupArn(all.core, name),
        state: 'ACTIVE',
        createdAtMs: nowMs,
        modifiedAtMs: nowMs,
        tags: toTags(Tags),
        clientToken,
      };
      all.groups.set(name, group);
      return { ScheduleGroupArn: group.arn };
    },
    trail: (input) => trailOf('CreateScheduleGroup', input),
  });
}

/** AWS: the schedules of a group go with it, and may still run until they are gone. */
function deleteGroup(all: Schedules, due: DueSchedules): Operation {
  return operation<DeleteInput, DeleteScheduleGroupOutput>(DeleteScheduleGroup$, {
    needs: ({ Name }) => [groupNeed(all, 'DeleteScheduleGroup', Name)],
    handle: ({ Name }, { nowMs }) => {
      checkName('name', Name);
      if (Name === DEFAULT_GROUP) throw invalid('The default schedule group cannot be deleted.');
      const group = findLastingGroup(all, Name);
      all.groups.set(Name, { ...group, state: 'DELETING', modifiedAtMs: nowMs });
      all.core.clock.after(DELETION_MS, () => remove(all, due, Name));
      return {};
    },
    trail: (input) => trailOf('DeleteScheduleGroup', input),
  });
}

function remove({ schedules, groups }: Schedules, due: DueSchedules, name: string): void {
  groups.delete(name);
  const own = [...schedules.values()].filter(({ groupName }) => groupName === name);
  for (const schedule of own) {
    due.forget(schedule);
    schedules.delete(keyOf({ Name: schedule.name, GroupName: name }));
  }
}

function sameAs(held: StoredGroup, clientToken: string | undefined): StoredGroup {
  if (clientToken !== undefined && clientToken === held.clientToken) return held;
  throw conflict(`Schedule group ${held.name} already exists.`);
}
