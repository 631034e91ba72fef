import { CloudWatch, type PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FullAccount, startFullAccount } from '../full-account.ts';

const ALARM: PutMetricAlarmInput = {
  AlarmName: 'shop-errors',
  MetricName: 'Errors',
  Namespace: 'AWS/Lambda',
  Statistic: 'Sum',
  EvaluationPeriods: 1,
  Threshold: 0,
  ComparisonOperator: 'GreaterThanThreshold',
  AlarmActions: ['arn:aws:sns:us-east-1:123456789012:people'],
};

let account: FullAccount;
let alarms: CloudWatch;

beforeAll(async () => {
  account = await startFullAccount();
  alarms = new CloudWatch(account.settings());
  await alarms.putMetricAlarm(ALARM);
  await alarms.putMetricAlarm({ ...ALARM, AlarmName: 'other', AlarmActions: [] });
});

afterAll(async () => {
  alarms.destroy();
  await account.close();
});

describe('DescribeAlarms', () => {
  it.each([
    [{}, ['shop-errors', 'other']],
    [{ AlarmNamePrefix: 'shop' }, ['shop-errors']],
    [{ AlarmNames: ['other', 'none'] }, ['other']],
    [{ StateValue: 'ALARM' as const }, []],
    [{ ActionPrefix: 'arn:aws:sns' }, ['shop-errors']],
    [{ AlarmTypes: ['CompositeAlarm' as const] }, []],
  ])('by %j answers %j', async (asked, names) => {
    const { MetricAlarms = [] } = await alarms.describeAlarms(asked);

    expect(MetricAlarms.map(({ AlarmName }) => AlarmName)).toEqual(names);
  });

  it.each([{ MaxRecords: 0 }, { MaxRecords: 101 }, { ChildrenOfAlarmName: 'a' }])(
    'refuses %j',
    async (asked) => {
      await expect(alarms.describeAlarms(asked)).rejects.toMatchObject({
        name: 'ValidationException',
      });
    },
  );
});

describe('an alarm', () => {
  it('knows nothing at first, and keeps its state when it is changed', async () => {
    const AlarmName = 'shop-errors';
    const look = async () =>
      (await alarms.describeAlarms({ AlarmNames: [AlarmName] })).MetricAlarms?.[0];

    const first = await look();
    await alarms.setAlarmState({ AlarmName, StateValue: 'ALARM', StateReason: 'of a test' });
    await alarms.putMetricAlarm({ ...ALARM, Threshold: 5 });

    expect(first).toMatchObject({
      StateValue: 'INSUFFICIENT_DATA',
      Period: 60,
      ActionsEnabled: true,
    });
    expect(await look()).toMatchObject({
      StateValue: 'ALARM',
      StateReason: 'of a test',
      Threshold: 5,
    });
    expect(account.records('SetAlarmState')).toMatchObject([
      { eventSource: 'monitoring.amazonaws.com', requestParameters: { alarmName: AlarmName } },
    ]);
  });

  it.each([
    { Metrics: [{ Id: 'm' }] },
    { Tags: [{ Key: 'a', Value: 'b' }] },
    { MetricName: undefined },
    { Statistic: undefined },
    { ExtendedStatistic: 'p99' },
    { Period: 61 },
  ])('is refused with %j', async (given) => {
    const asked = alarms.putMetricAlarm({ ...ALARM, ...given });

    await expect(asked).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
