import {
  GetScheduleCommand,
  type GetScheduleOutput,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { clientSettingsOf } from '../aws-access.ts';
import { bad, type Checkup, good } from './checkup.ts';
import { functionArnOf, type GuardedAccount } from './doctor-account.ts';
import { judgeFact, readFact, withClient } from './read-fact.ts';
import { shellWord } from './shell-word.ts';

/** Looks whether sweeps are called for. */
export async function checkSchedule(account: GuardedAccount): Promise<readonly Checkup[]> {
  const { access, deployed, caller } = account;
  const name = `${deployed.name}-sweep`;
  const read = await withClient(new SchedulerClient(clientSettingsOf(access)), (client) =>
    readFact<GetScheduleOutput>('scheduler:GetSchedule', () =>
      client.send(new GetScheduleCommand({ Name: name, GroupName: name })),
    ),
  );
  const sweepArn = functionArnOf(deployed.functionNames.sweep, caller);
  const about = { topic: 'schedule', subject: name } as const;
  return [judgeFact(about, read, (schedule) => judgeSchedule(name, schedule, sweepArn))];
}

/** Judges the schedule. */
export function judgeSchedule(
  name: string,
  schedule: GetScheduleOutput,
  sweepArn: string,
): Checkup {
  const about = { topic: 'schedule', subject: name } as const;
  const { State, ScheduleExpression, Target } = schedule;
  if (State === 'DISABLED') {
    return bad(about, 'it is disabled: nothing is swept', updateCommand(name, schedule, sweepArn));
  }
  if (Target?.Arn !== sweepArn) {
    const seen = `it calls \`${Target?.Arn}\`, and not the sweep`;
    return bad(about, seen, updateCommand(name, schedule, sweepArn));
  }
  return good(about, `on: ${ScheduleExpression}`);
}

/** AWS: an update says all of it again, for nothing that is left out is kept. */
function updateCommand(
  name: string,
  { ScheduleExpression = '', FlexibleTimeWindow, Description, Target }: GetScheduleOutput,
  sweepArn: string,
): string {
  const options: Readonly<Record<string, string | undefined>> = {
    name,
    'group-name': name,
    state: 'ENABLED',
    'schedule-expression': ScheduleExpression,
    'flexible-time-window': `Mode=${FlexibleTimeWindow?.Mode ?? 'OFF'}`,
    description: Description,
    target: JSON.stringify({ ...Target, Arn: sweepArn }),
  };
  const words = Object.entries(options).flatMap(([option, value]) =>
    value === undefined ? [] : [`--${option} ${shellWord(value)}`],
  );
  return `aws scheduler update-schedule ${words.join(' ')}`;
}
