import {
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
  type SchedulerClientConfig,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';

/** Switches the schedules of an account on or off: for weeks that pass at once, each tick would cost a run. */
export async function switchSchedules(
  settings: SchedulerClientConfig,
  State: 'ENABLED' | 'DISABLED',
): Promise<void> {
  const scheduler = new SchedulerClient(settings);
  try {
    const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({}));
    for (const { Name, GroupName } of Schedules) {
      const { ScheduleExpression, Target, FlexibleTimeWindow } = await scheduler.send(
        new GetScheduleCommand({ Name, GroupName }),
      );
      const kept = { Name, GroupName, ScheduleExpression, Target, FlexibleTimeWindow };
      await scheduler.send(new UpdateScheduleCommand({ ...kept, State }));
    }
  } finally {
    scheduler.destroy();
  }
}
