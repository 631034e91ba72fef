import type { CloudWatch, GetMetricDataInput } from '@aws-sdk/client-cloudwatch';
import { START_MS } from '../full-account.ts';
import { refused } from './watched-service.ts';

/** Metrics, as one who may read them and as one who may not. */
export async function walkCloudwatch(metrics: CloudWatch, stranger: CloudWatch): Promise<void> {
  const Metric = {
    Namespace: 'AWS/Lambda',
    MetricName: 'Invocations',
    Dimensions: [{ Name: 'FunctionName', Value: 'orders-api' }],
  };
  const asked: GetMetricDataInput = {
    MetricDataQueries: [{ Id: 'calls', MetricStat: { Metric, Period: 60, Stat: 'Sum' } }],
    StartTime: new Date(START_MS - 3_600_000),
    EndTime: new Date(START_MS + 3_600_000),
    MaxDatapoints: 1,
  };
  const { NextToken } = await metrics.getMetricData(asked);
  await metrics.getMetricData({ ...asked, NextToken });
  const errors = { ...Metric, MetricName: 'Errors' };
  await metrics.getMetricData({
    ...asked,
    MetricDataQueries: [
      { Id: 'errors', MetricStat: { Metric: errors, Period: 60, Stat: 'Average' } },
    ],
  });
  await refused(
    metrics.getMetricData({ ...asked, NextToken: 'forged' }),
    metrics.getMetricData({ ...asked, MetricDataQueries: [] }),
    stranger.getMetricData(asked),
  );
}

/** Alarms on one metric, and what is wrong with some. */
export async function walkAlarms(alarms: CloudWatch): Promise<void> {
  const action = ['arn:aws:sns:us-east-1:123456789012:people'];
  const alarm = {
    MetricName: 'Errors',
    Namespace: 'AWS/Lambda',
    Dimensions: [{ Name: 'FunctionName', Value: 'orders-api' }],
    Period: 60,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanThreshold',
    Unit: 'Count',
    TreatMissingData: 'notBreaching',
    OKActions: action,
    AlarmActions: action,
    InsufficientDataActions: action,
  } as const;
  const first = { AlarmName: 'first', AlarmDescription: 'of orders', Statistic: 'Sum' } as const;
  const extended = { ExtendedStatistic: 'p99', EvaluateLowSampleCountPercentile: 'ignore' };
  const lists = { OKActions: action, AlarmActions: action, InsufficientDataActions: action };
  const shared = { ...alarm, ...lists, Dimensions: [...alarm.Dimensions] };
  await alarms.putMetricAlarm({ ...shared, ...first });
  await alarms.putMetricAlarm({ ...shared, AlarmName: 'second', ...extended });
  const told = { StateValue: 'ALARM', StateReason: 'of a test', StateReasonData: '{}' } as const;
  await alarms.setAlarmState({ AlarmName: 'first', ...told });
  const { NextToken } = await alarms.describeAlarms({ MaxRecords: 1 });
  await alarms.describeAlarms({ NextToken, AlarmNamePrefix: 's' });
  await alarms.describeAlarms();
  await refused(
    alarms.describeAlarms({ NextToken: 'forged' }),
    alarms.deleteAlarms({ AlarmNames: ['first', 'none'] }),
    alarms.setAlarmState({ ...told, AlarmName: 'none' }),
    alarms.setAlarmState({ ...told, AlarmName: 'first', StateReasonData: '{' }),
  );
  await alarms.deleteAlarms({ AlarmNames: ['first'] });
}
