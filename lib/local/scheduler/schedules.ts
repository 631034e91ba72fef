import type {
  ActionAfterCompletion,
  FlexibleTimeWindow,
  ScheduleGroupState,
  ScheduleState,
  Target,
} from '@aws-sdk/client-scheduler';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import type { Timetable } from './due-times.ts';
import { conflict, missing } from './scheduler-faults.ts';

/** What a schedule calls. */
export type ScheduleTarget = Given<Target, 'Arn' | 'RoleArn'>;

/** One schedule. */
export interface StoredSchedule {
  readonly name: string;
  readonly groupName: string;
  readonly arn: string;
  /** As it was given. */
  readonly expressionText: string;
  readonly timetable: Timetable;
  readonly target: ScheduleTarget;
  readonly window: FlexibleTimeWindow;
  readonly state: ScheduleState;
  readonly afterCompletion: ActionAfterCompletion;
  readonly description?: string | undefined;
  readonly kmsKeyArn?: string | undefined;
  readonly modifiedAtMs: number;
  /** A creation that comes again with it is the same one. */
  readonly clientToken?: string | undefined;
}

/** One group of schedules. */
export interface StoredGroup {
  readonly name: string;
  readonly arn: string;
  readonly state: ScheduleGroupState;
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
  readonly tags: Map<string, string>;
  readonly clientToken?: string | undefined;
}

/** Everything that the scheduler knows. */
export interface Schedules {
  readonly core: AccountCore;
  /** By `group/name`. */
  readonly schedules: Map<string, StoredSchedule>;
  /** By name. */
  readonly groups: Map<string, StoredGroup>;
}

/** The group that every account has. */
export const DEFAULT_GROUP = 'default';

/** Creates the default group, and no schedules. */
export function createSchedules(core: AccountCore): Schedules {
  const nowMs = core.clock.nowMs();
  const group: StoredGroup = {
    name: DEFAULT_GROUP,
    arn: groupArn(core, DEFAULT_GROUP),
    state: 'ACTIVE',
    createdAtMs: nowMs,
    modifiedAtMs: nowMs,
    tags: new Map(),
  };
  return { core, schedules: new Map(), groups: new Map([[DEFAULT_GROUP, group]]) };
}

/** The ARN of a group that may not exist. */
export function groupArn({ region, accountId }: AccountCore, name: string): string {
  return `arn:aws:scheduler:${region}:${accountId}:schedule-group/${name}`;
}

/** The ARN of a schedule that may not exist. */
export function scheduleArn(
  { region, accountId }: AccountCore,
  { Name, GroupName = DEFAULT_GROUP }: NamedSchedule,
): string {
  return `arn:aws:scheduler:${region}:${accountId}:schedule/${GroupName}/${Name}`;
}

/** How a caller names a schedule. */
export interface NamedSchedule {
  readonly Name: string;
  readonly GroupName?: string | undefined;
}

/** Where a schedule is held. */
export function keyOf({ Name, GroupName = DEFAULT_GROUP }: NamedSchedule): string {
  return `${GroupName}/${Name}`;
}

/** Finds a schedule, or says that there is none. */
export function findSchedule({ schedules }: Schedules, named: NamedSchedule): StoredSchedule {
  const schedule = schedules.get(keyOf(named));
  if (schedule === undefined) throw missing(`Schedule ${named.Name}`);
  return schedule;
}

/** Finds a group, or says that there is none. */
export function findGroup({ groups }: Schedules, name: string = DEFAULT_GROUP): StoredGroup {
  const group = groups.get(name);
  if (group === undefined) throw missing(`Schedule group ${name}`);
  return group;
}

/** Finds a group in which something is to change; the text of the refusal is not verified against AWS. */
export function findLastingGroup(all: Schedules, name: string | undefined): StoredGroup {
  const group = findGroup(all, name);
  if (group.state === 'DELETING') throw conflict(`Schedule group ${group.name} is being deleted.`);
  return group;
}
