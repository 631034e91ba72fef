import type {
  ActionAfterCompletion,
  CreateScheduleInput,
  FlexibleTimeWindow,
  ScheduleState,
  UpdateScheduleInput,
} from '@aws-sdk/client-scheduler';
import type { Given } from '../wire/given.ts';
import type { Timetable } from './due-times.ts';
import { parseScheduleExpression } from './schedule-expression.ts';
import { constraintBroken, invalid } from './scheduler-faults.ts';
import { checkBetween } from './target-request.ts';
import { isTimeZone } from './wall-time.ts';

/** A creation or an update: both name everything. */
export type ScheduleRequest = Given<
  CreateScheduleInput | UpdateScheduleInput,
  'Name' | 'ScheduleExpression' | 'Target' | 'FlexibleTimeWindow'
>;

const NAME_PATTERN = '^[0-9a-zA-Z-_.]+$';
const MOST_NAME = 64;
/** How far back a start may lie. */
const START_SLACK_MS = 5 * 60_000;

/** Refuses a name that no schedule or group can have. */
export function checkName(member: 'name' | 'groupName', value: string): void {
  if (!new RegExp(NAME_PATTERN).test(value)) {
    const constraint = `Member must satisfy regular expression pattern: ${NAME_PATTERN}`;
    throw constraintBroken(member, value, constraint);
  }
  if (value.length > MOST_NAME) {
    const constraint = `Member must have length less than or equal to ${MOST_NAME}`;
    throw constraintBroken(member, value, constraint);
  }
}

/** When a request wants its schedule to be due. */
export function readTimetable(
  input: ScheduleRequest,
  at: { readonly nowMs: number; readonly createdAtMs: number },
): Timetable {
  const { ScheduleExpression: text, ScheduleExpressionTimezone: timeZone = 'UTC' } = input;
  const expression = parseScheduleExpression(text);
  if (expression === undefined) throw invalid(`Invalid Schedule Expression ${text}.`);
  if (!isTimeZone(timeZone)) throw invalid(`Invalid Schedule Expression Timezone ${timeZone}.`);
  const [startMs, endMs] = [input.StartDate?.getTime(), input.EndDate?.getTime()];
  if (expression.kind !== 'at') checkDates({ startMs, endMs, nowMs: at.nowMs });
  return {
    expression,
    timeZone,
    createdAtMs: at.createdAtMs,
    ...(startMs === undefined ? {} : { startMs }),
    ...(endMs === undefined ? {} : { endMs }),
  };
}

/** The window in which a schedule may be late; the texts of the refusals are not verified against AWS. */
export function readWindow({ Mode, MaximumWindowInMinutes }: FlexibleTimeWindow) {
  const window = { Mode: oneOf('flexibleTimeWindow.mode', Mode ?? '', ['OFF', 'FLEXIBLE']) };
  checkBetween('flexibleTimeWindow.maximumWindowInMinutes', MaximumWindowInMinutes, [1, 1440]);
  const isFlexible = window.Mode === 'FLEXIBLE';
  if (isFlexible === (MaximumWindowInMinutes === undefined)) {
    throw invalid(
      `FlexibleTimeWindow.MaximumWindowInMinutes ${isFlexible ? 'must' : 'must not'} be given when the mode is ${window.Mode}.`,
    );
  }
  return { ...window, ...(isFlexible ? { MaximumWindowInMinutes } : {}) };
}

/** Whether a schedule is to run. */
export function readState(state: string = 'ENABLED'): ScheduleState {
  return oneOf('state', state, ['ENABLED', 'DISABLED']);
}

/** What is to become of a schedule that is never due again. */
export function readAfterCompletion(action: string = 'NONE'): ActionAfterCompletion {
  return oneOf('actionAfterCompletion', action, ['NONE', 'DELETE']);
}

function oneOf<Value extends string>(
  member: string,
  text: string,
  values: readonly Value[],
): Value {
  const value = values.find((candidate) => candidate === text);
  if (value !== undefined) return value;
  const constraint = `Member must satisfy enum value set: [${values.join(', ')}]`;
  throw constraintBroken(member, text, constraint);
}

function checkDates(from: {
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
  readonly nowMs: number;
}): void {
  const { startMs = from.nowMs, endMs = Number.POSITIVE_INFINITY, nowMs } = from;
  if (startMs < nowMs - START_SLACK_MS) {
    throw invalid('The StartDate you specify cannot be earlier than 5 minutes ago.');
  }
  if (endMs <= nowMs) throw invalid('The EndDate you specify cannot be in the past.');
  if (endMs <= startMs) throw invalid('The StartDate you specify must come before the EndDate.');
}
