import type { Dimension, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { Given } from '../wire/given.ts';
import { validationError } from './cloudwatch-faults.ts';

/** What an alarm needs here, beside its name. */
type Needed = 'EvaluationPeriods' | 'ComparisonOperator' | 'MetricName' | 'Namespace' | 'Threshold';

/** PutMetricAlarm's request, as far as the frame has looked at it. */
export type AlarmInput = Given<PutMetricAlarmInput, 'AlarmName'>;

/** What an alarm watches and does, as somebody wrote it. */
export type AlarmSettings = Given<
  PutMetricAlarmInput,
  'AlarmName' | 'ActionsEnabled' | 'Period' | Needed
> & { readonly Dimensions: Dimension[] };

const NEEDED: readonly Needed[] = [
  'EvaluationPeriods',
  'ComparisonOperator',
  'MetricName',
  'Namespace',
  'Threshold',
];

/** Alarms on several metrics, on models and on queries, and what tells them apart. */
const NOT_OFFERED: readonly (keyof PutMetricAlarmInput)[] = [
  'Metrics',
  'ThresholdMetricId',
  'EvaluationWindow',
  'WarmUpConfiguration',
  'EvaluationCriteria',
  'EvaluationInterval',
  'ActionConfiguration',
  'Tags',
];

/** Reads the settings of an alarm on one metric; throws what CloudWatch would answer. */
export function readSettings(input: AlarmInput): AlarmSettings {
  const ignored = NOT_OFFERED.find((setting) => input[setting] !== undefined);
  if (ignored !== undefined) {
    throw validationError(`the local account has no alarms with ${ignored}`);
  }
  const missing = NEEDED.find((setting) => input[setting] === undefined);
  if (missing !== undefined) throw validationError(`The parameter ${missing} is required.`);
  if ((input.Statistic === undefined) === (input.ExtendedStatistic === undefined)) {
    throw validationError('Exactly one of Statistic and ExtendedStatistic has to be given.');
  }
  const { Period: period = 60, Dimensions = [] } = input;
  if (!(SHORT_PERIODS.has(period) || (period > 0 && period % 60 === 0))) {
    throw validationError(`Period must be 10, 20, 30 or a multiple of 60, and is ${period}`);
  }
  const isEnabled = input.ActionsEnabled ?? true;
  return { ...(input as AlarmSettings), Period: period, ActionsEnabled: isEnabled, Dimensions };
}

const SHORT_PERIODS: ReadonlySet<number> = new Set([10, 20, 30]);
