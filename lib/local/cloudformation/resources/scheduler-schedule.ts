import { textAt } from '../property-value.ts';
import type { ResourceType } from '../resource-type.ts';

/** AWS::Scheduler::Schedule. */
export const schedulerSchedule: ResourceType = {
  name: 'AWS::Scheduler::Schedule',
  properties: {
    ActionAfterCompletion: true,
    Description: true,
    EndDate: true,
    FlexibleTimeWindow: { MaximumWindowInMinutes: true, Mode: true },
    GroupName: true,
    KmsKeyArn: true,
    Name: true,
    ScheduleExpression: true,
    ScheduleExpressionTimezone: true,
    StartDate: true,
    State: true,
    Target: {
      Arn: true,
      DeadLetterConfig: { Arn: true },
      Input: true,
      RetryPolicy: { MaximumEventAgeInSeconds: true, MaximumRetryAttempts: true },
      RoleArn: true,
    },
  },
  required: ['FlexibleTimeWindow', 'ScheduleExpression', 'Target'],
  attributes: ['Arn'],
  replacedBy: ['GroupName', 'Name'],
  nameProperty: 'Name',
  create: async (work, properties) => {
    const name = textAt(properties, 'Name') ?? work.newName(64);
    const { ScheduleArn } = await work.call<{ ScheduleArn: string }>(
      'scheduler',
      'CreateSchedule',
      { ...properties, Name: name },
    );
    return { physicalId: name, attributes: { Arn: ScheduleArn } };
  },
  update: async (work, properties, { physicalId, attributes }) => {
    await work.call('scheduler', 'UpdateSchedule', { ...properties, Name: physicalId });
    return { physicalId, attributes };
  },
  remove: async (work, { physicalId, properties }) => {
    await work.call('scheduler', 'DeleteSchedule', {
      Name: physicalId,
      GroupName: properties['GroupName'],
    });
  },
};
