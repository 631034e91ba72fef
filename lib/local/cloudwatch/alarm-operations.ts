import {
  DeleteAlarms$,
  type DeleteAlarmsInput,
  DescribeAlarms$,
  type DescribeAlarmsInput,
  type DescribeAlarmsOutput,
  type MetricAlarm,
  PutMetricAlarm$,
  SetAlarmState$,
  type SetAlarmStateInput,
} from '@aws-sdk/client-cloudwatch';
import type { StaticOperationSchema } from '@smithy/types';
import type { AccountCore } from '../account-core.ts';
import { toTrailShape } from '../cloudtrail.ts';
import type { Given } from '../wire/given.ts';
import { type Call, type Operation, operation } from '../wire/operation.ts';
import { cutPage } from '../wire/paging.ts';
import { type AlarmInput, readSettings } from './alarm-request.ts';
import { cloudwatchFault, validationError } from './cloudwatch-faults.ts';

type StateInput = Given<SetAlarmStateInput, 'AlarmName' | 'StateValue' | 'StateReason'>;

/** An alarm, by its name. */
type Alarms = Map<string, MetricAlarm>;

const STATES: readonly string[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];
const MOST_RECORDS = 100;

/** The operations on alarms: they are kept, and only SetAlarmState changes their state. */
export function alarmOperations(core: AccountCore): readonly Operation[] {
  const alarms: Alarms = new Map();
  const arnOf = (name: string) =>
    `arn:aws:cloudwatch:${core.region}:${core.accountId}:alarm:${name}`;
  return [
    operation<DescribeAlarmsInput, DescribeAlarmsOutput>(DescribeAlarms$, {
      needs: () => [{ action: 'cloudwatch:DescribeAlarms', resource: '*' }],
      handle: (input) => describeAlarms(alarms, input),
    }),
    defineWrite<AlarmInput>(PutMetricAlarm$, {
      on: ({ AlarmName }) => [arnOf(AlarmName)],
      handle: (input, { nowMs }) => putAlarm(alarms, input, { arn: arnOf(input.AlarmName), nowMs }),
    }),
    defineWrite<Given<DeleteAlarmsInput, 'AlarmNames'>>(DeleteAlarms$, {
      on: ({ AlarmNames }) => AlarmNames.map(arnOf),
      handle: ({ AlarmNames }) => {
        // AWS: where one of them is not there, none is deleted.
        for (const name of AlarmNames) findAlarm(alarms, name);
        for (const name of AlarmNames) alarms.delete(name);
      },
    }),
    defineWrite<StateInput>(SetAlarmState$, {
      on: ({ AlarmName }) => [arnOf(AlarmName)],
      handle: (input, { nowMs }) => setState(alarms, input, nowMs),
    }),
  ];
}

function defineWrite<Input>(
  schema: StaticOperationSchema,
  {
    on,
    handle,
  }: {
    readonly on: (input: Input) => readonly string[];
    readonly handle: (input: Input, call: Call) => void;
  },
): Operation {
  return operation<Input, void>(schema, {
    needs: (input) =>
      on(input).map((resource) => ({ action: `cloudwatch:${schema[2]}`, resource })),
    handle,
    trail: (input) => ({
      eventName: schema[2],
      request: toTrailShape(input),
      response: () => null,
    }),
  });
}

function describeAlarms(alarms: Alarms, input: DescribeAlarmsInput): DescribeAlarmsOutput {
  const { AlarmTypes, MaxRecords: limit = 50, NextToken: token } = input;
  if (limit < 1 || limit > MOST_RECORDS) {
    throw validationError(`MaxRecords must be from 1 to ${MOST_RECORDS}, and is ${limit}`);
  }
  if (input.ChildrenOfAlarmName !== undefined || input.ParentsOfAlarmName !== undefined) {
    throw validationError('the local account has no composite alarms');
  }
  const isAsked = AlarmTypes === undefined || AlarmTypes.includes('MetricAlarm');
  const found = isAsked ? [...alarms.values()].filter((alarm) => isMeant(alarm, input)) : [];
  const page = cutPage(found, { limit, token });
  if (page === undefined) {
    throw cloudwatchFault('InvalidNextToken', 'The parameter NextToken is not valid.');
  }
  return {
    MetricAlarms: [...page.items],
    CompositeAlarms: [],
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

function isMeant(
  { AlarmName = '', StateValue, AlarmActions = [] }: MetricAlarm,
  { AlarmNames, AlarmNamePrefix = '', StateValue: state, ActionPrefix }: DescribeAlarmsInput,
): boolean {
  return (
    (AlarmNames?.includes(AlarmName) ?? true) &&
    AlarmName.startsWith(AlarmNamePrefix) &&
    (state === undefined || state === StateValue) &&
    (ActionPrefix === undefined || AlarmActions.some((action) => action.startsWith(ActionPrefix)))
  );
}

/** A new alarm knows nothing yet; one that is changed keeps its state. */
function putAlarm(
  alarms: Alarms,
  input: AlarmInput,
  { arn, nowMs }: { readonly arn: string; readonly nowMs: number },
): void {
  const now = new Date(nowMs);
  const held = alarms.get(input.AlarmName);
  const state =
    held === undefined
      ? {
          StateValue: 'INSUFFICIENT_DATA' as const,
          StateReason: 'Unchecked: Initial alarm creation',
          StateUpdatedTimestamp: now,
          StateTransitionedTimestamp: now,
        }
      : stateOf(held);
  alarms.set(input.AlarmName, {
    ...readSettings(input),
    AlarmArn: arn,
    AlarmConfigurationUpdatedTimestamp: now,
    ...state,
  });
}

function stateOf({
  StateValue,
  StateReason,
  StateReasonData,
  StateUpdatedTimestamp,
  StateTransitionedTimestamp,
}: MetricAlarm) {
  return {
    StateValue,
    StateReason,
    ...(StateReasonData === undefined ? {} : { StateReasonData }),
    StateUpdatedTimestamp,
    StateTransitionedTimestamp,
  };
}

function setState(alarms: Alarms, input: StateInput, nowMs: number): void {
  const { AlarmName, StateValue, StateReason, StateReasonData } = input;
  const alarm = findAlarm(alarms, AlarmName);
  if (!STATES.includes(StateValue)) {
    throw validationError(`StateValue must be one of ${STATES.join(', ')}, and is ${StateValue}`);
  }
  if (StateReasonData !== undefined && !isJson(StateReasonData)) {
    throw cloudwatchFault('InvalidFormatFault', 'StateReasonData is not JSON.', 'InvalidFormat');
  }
  const now = new Date(nowMs);
  const { StateReasonData: _, ...rest } = alarm;
  const changedAt = alarm.StateValue === StateValue ? alarm.StateTransitionedTimestamp : now;
  const changed = { StateValue, StateReason, StateReasonData };
  alarms.set(AlarmName, {
    ...rest,
    ...stateOf({ ...changed, StateUpdatedTimestamp: now, StateTransitionedTimestamp: changedAt }),
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function findAlarm(alarms: Alarms, name: string): MetricAlarm {
  const alarm = alarms.get(name);
  if (alarm !== undefined) return alarm;
  throw cloudwatchFault('ResourceNotFound', `There is no alarm ${name}.`);
}
