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
