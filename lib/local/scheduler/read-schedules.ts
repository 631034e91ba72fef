import {
  GetSchedule$,
  GetScheduleGroup$,
  type GetScheduleGroupInput,
  type GetScheduleGroupOutput,
  type GetScheduleInput,
  type GetScheduleOutput,
  ListScheduleGroups$,
  type ListScheduleGroupsInput,
  type ListScheduleGroupsOutput,
  ListSchedules$,
  type ListSchedulesInput,
  type ListSchedulesOutput,
} from '@aws-sdk/client-scheduler';
import type { Given } from '../wire/given.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { cutPage, type Page } from '../wire/paging.ts';
import { groupNeed } from './group-operations.ts';
import { checkNames, needOn } from './schedule-operations.ts';
import { readState } from './schedule-request.ts';
import { describeGroup, describeSchedule, summarizeSchedule } from './schedule-views.ts';
import { invalid } from './scheduler-faults.ts';
import { findGroup, findSchedule, type Schedules } from './schedules.ts';
import { checkBetween } from './target-request.ts';

type GetInput = Given<GetScheduleInput, 'Name'>;
type GetGroupInput = Given<GetScheduleGroupInput, 'Name'>;

/** The operations that only look. */
export function readScheduleOperations(all: Schedules): readonly Operation[] {
  return [
    operation<GetInput, GetScheduleOutput>(GetSchedule$, {
      needs: (input) => [needOn(all, 'GetSchedule', input)],
      handle: (input) => {
        checkNames(input);
        return describeSchedule(findSchedule(all, input));
      },
    }),
    operation<GetGroupInput, GetScheduleGroupOutput>(GetScheduleGroup$, {
      needs: ({ Name }) => [groupNeed(all, 'GetScheduleGroup', Name)],
      handle: (input) => {
        checkNames(input);
        return describeGroup(findGroup(all, input.Name));
      },
    }),
    operation<ListSchedulesInput, ListSchedulesOutput>(ListSchedules$, {
      needs: () => [{ action: 'scheduler:ListSchedules', resource: '*' }],
      handle: (input) => listSchedules(all, input),
    }),
    operation<ListScheduleGroupsInput, ListScheduleGroupsOutput>(ListScheduleGroups$, {
      needs: () => [{ action: 'scheduler:ListScheduleGroups', resource: '*' }],
      handle: (input) => {
        const { items, ...rest } = pageOf([...all.groups.values()], input);
        return { ScheduleGroups: items.map(describeGroup), ...rest };
      },
    }),
  ];
}

function listSchedules(all: Schedules, input: ListSchedulesInput): ListSchedulesOutput {
  const { GroupName, State } = input;
  const group = GroupName === undefined ? undefined : findGroup(all, GroupName).name;
  const state = State === undefined ? undefined : readState(State);
  const wanted = [...all.schedules.values()].filter(
    (schedule) =>
      (group ?? schedule.groupName) === schedule.groupName &&
      (state ?? schedule.state) === schedule.state,
  );
  const { items, ...rest } = pageOf(wanted, input);
  return { Schedules: items.map(summarizeSchedule), ...rest };
}

const LONGEST_PAGE = 100;

function pageOf<Item extends { readonly name: string }>(
  all: readonly Item[],
  asked: {
    readonly NamePrefix?: string | undefined;
    readonly NextToken?: string | undefined;
    readonly MaxResults?: number | undefined;
  },
): { readonly items: readonly Item[]; readonly NextToken?: string } {
  const { NamePrefix = '', NextToken: token, MaxResults: limit = LONGEST_PAGE } = asked;
  checkBetween('maxResults', limit, [1, LONGEST_PAGE]);
  const wanted = all.filter(({ name }) => name.startsWith(NamePrefix));
  const page: Page<Item> | undefined = cutPage(wanted, { limit, token });
  if (page === undefined) throw invalid('Invalid next token.');
  const { items, nextToken } = page;
  return { items, ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
}
