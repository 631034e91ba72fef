import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createReadLastInvocations } from '../../functions/adapters/cloudwatch.ts';
import { awsError } from '../support/aws-error.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 10, 17);
const day = (month: number, date: number) => new Date(Date.UTC(2026, month - 1, date));

const metrics = mockClient(CloudWatchClient);
const readLastInvocations = createReadLastInvocations({ region: 'us-east-1' }, () => NOW_MS);

beforeEach(() => {
  metrics.reset();
});

const inputs = () => metrics.commandCalls(GetMetricDataCommand).map(({ args }) => args[0].input);

describe('readLastInvocations', () => {
  it('asks for the invocations of 455 whole days, newest first', async () => {
    metrics.on(GetMetricDataCommand).resolves({});

    await readLastInvocations(['orders-api']);

    expect(inputs()).toEqual([
      {
        MetricDataQueries: [
          {
            Id: 'f0',
            MetricStat: {
              Metric: {
                Namespace: 'AWS/Lambda',
                MetricName: 'Invocations',
                Dimensions: [{ Name: 'FunctionName', Value: 'orders-api' }],
              },
              Period: 86_400,
              Stat: 'Sum',
            },
          },
        ],
        StartTime: new Date('2025-08-25T00:00:00Z'),
        EndTime: new Date('2026-11-23T00:00:00Z'),
        ScanBy: 'TimestampDescending',
      },
    ]);
  });

  it('answers the newest day with an invocation, and leaves out who has none', async () => {
    metrics.on(GetMetricDataCommand).resolves({
      MetricDataResults: [
        { Id: 'f0', Timestamps: [day(11, 3), day(11, 2), day(10, 1)], Values: [0, 4, 9] },
        { Id: 'f1', Timestamps: [], Values: [] },
        { Id: 'f2', Timestamps: [day(9, 1)], Values: [0] },
        { Id: 'f3' },
        { Id: 'f9', Timestamps: [day(9, 1)], Values: [1] },
        { Timestamps: [day(9, 1)], Values: [1] },
      ],
    });

    expect(await readLastInvocations(['a', 'b', 'c', 'd'])).toEqual(
      new Map([['a', day(11, 2).getTime()]]),
    );
  });

  it('puts together what comes in several pages', async () => {
    const more = { Id: 'f0', Timestamps: [day(5, 1)], Values: [1] };
    metrics
      .on(GetMetricDataCommand)
      .resolvesOnce({
        MetricDataResults: [
          { Id: 'f0', StatusCode: 'PartialData', Timestamps: [day(6, 1)], Values: [1] },
        ],
        NextToken: 'two',
      })
      .resolvesOnce({
        MetricDataResults: [more, { ...more, Id: 'f1' }],
      });

    expect(await readLastInvocations(['a', 'b'])).toEqual(
      new Map([
        ['a', day(6, 1).getTime()],
        ['b', day(5, 1).getTime()],
      ]),
    );
    expect(metrics).toHaveReceivedCommandTimes(GetMetricDataCommand, 2);
    expect(metrics).toHaveReceivedNthCommandWith(GetMetricDataCommand, 2, { NextToken: 'two' });
  });

  it('asks for 200 functions at once, which stays below 100,800 data points', async () => {
    const names = Array.from({ length: 401 }, (_, index) => `fn-${index}`);
    const found = { Id: 'f0', Timestamps: [day(6, 1)], Values: [1] };
    metrics.on(GetMetricDataCommand).resolves({ MetricDataResults: [found] });

    const last = await readLastInvocations(names);

    const counts = inputs().map(({ MetricDataQueries = [] }) => MetricDataQueries.length);
    expect(counts).toEqual([200, 200, 1]);
    expect(200 * 455).toBeLessThan(100_800);
    expect([...last.keys()]).toEqual(['fn-0', 'fn-200', 'fn-400']);
  });

  it('asks nothing about no functions', async () => {
    expect(await readLastInvocations([])).toEqual(new Map());
    expect(inputs()).toEqual([]);
  });

  it.each(['AccessDenied', 'Throttling', 'InvalidNextToken', 'InternalServiceFault'])(
    'throws OBSERVATION_FAILED when AWS answers %s',
    async (name) => {
      metrics.on(GetMetricDataCommand).rejects(awsError(name, 400));

      await expect(readLastInvocations(['a'])).rejects.toMatchObject({
        code: 'OBSERVATION_FAILED',
        message: `could not read when functions were last invoked: ${name}: because`,
      });
    },
  );

  it.each(['InternalError', 'Forbidden'] as const)(
    'throws OBSERVATION_FAILED when one metric is answered with %s',
    async (StatusCode) => {
      metrics
        .on(GetMetricDataCommand)
        .resolves({ MetricDataResults: [{ Id: 'f0' }, { Id: 'f1', StatusCode }] });

      await expect(readLastInvocations(['a', 'b'])).rejects.toMatchObject({
        code: 'OBSERVATION_FAILED',
        message: `could not read when functions were last invoked: Error: CloudWatch answered \`${StatusCode}\` for \`f1\``,
      });
    },
  );
});
