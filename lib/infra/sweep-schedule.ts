import { Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { SWEEP_TICK } from './timeouts.ts';

/**
 * Creates the schedule that calls the sweeping function at every tick, be a sweep due or not.
 *
 * It neither tries again nor has a dead-letter queue: the next tick does what this one was for.
 */
export function createSweepSchedule(scope: Construct, name: string, sweep: IFunction): CfnSchedule {
  const group = new CfnScheduleGroup(scope, 'SweepScheduleGroup', { name });
  return new CfnSchedule(scope, 'SweepSchedule', {
    name,
    groupName: group.ref,
    description: 'Goes on with a sweep of the Lambda functions, or begins one that is due',
    scheduleExpression: `rate(${SWEEP_TICK.toMinutes()} minutes)`,
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: sweep.functionArn,
      roleArn: createScheduleRole(scope, group, sweep).roleArn,
      retryPolicy: {
        maximumEventAgeInSeconds: SWEEP_TICK.toSeconds(),
        maximumRetryAttempts: 0,
      },
    },
  });
}

/**
 * Creates the role that the schedule calls its target with.
 *
 * AWS: a trust policy is asked with the schedule's group, so this schedule has a group of its own.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
function createScheduleRole(scope: Construct, group: CfnScheduleGroup, sweep: IFunction): Role {
  const invoke = new PolicyStatement({
    sid: 'CallSweep',
    actions: ['lambda:InvokeFunction'],
    resources: [sweep.functionArn],
  });
  return new Role(scope, 'SweepScheduleRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: {
        StringEquals: {
          'aws:SourceAccount': Stack.of(scope).account,
          'aws:SourceArn': group.attrArn,
        },
      },
    }),
    description: 'Calls the function that sweeps the Lambda functions of the account',
    inlinePolicies: { 'sweep-schedule': new PolicyDocument({ statements: [invoke] }) },
  });
}
