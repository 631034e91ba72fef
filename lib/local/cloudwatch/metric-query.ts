import type { GetMetricDataInput, MetricDataQuery, MetricStat } from '@aws-sdk/client-cloudwatch';
import type { Given } from '../wire/given.ts';
import { cloudwatchFault, validationError } from './cloudwatch-faults.ts';
import { STATISTIC_NAMES } from './data-points.ts';
import type { Dimensions } from './metrics.ts';

/** GetMetricData's request, as far as the frame has looked at it. */
export type MetricDataInput = Given<
  GetMetricDataInput,
  'MetricDataQueries' | 'StartTime' | 'EndTime'
>;

/** One metric that is asked for. */
export interface MetricQuery {
  readonly id: string;
  readonly label: string;
  readonly isReturned: boolean;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Dimensions;
  readonly stat: string;
  readonly periodSeconds: number;
  readonly unit?: string;
}

const MOST_QUERIES = 500;
const MOST_DIMENSIONS = 30;
const ID_PATTERN = '^[a-z][a-zA-Z0-9_]*$';
/** Seconds that are shorter than a minute, and allowed all the same. */
const SHORT_PERIODS: ReadonlySet<number> = new Set([1, 5, 10, 20, 30]);

/** Reads the queries of a request; throws what CloudWatch would answer. */
export function readQueries({
  MetricDataQueries: queries,
}: MetricDataInput): readonly MetricQuery[] {
  if (queries.length === 0) {
    const text = 'The parameter MetricDataQueries is required.';
    throw cloudwatchFault('MissingRequiredParameterException', text, 'MissingParameter');
  }
  if (queries.length > MOST_QUERIES) {
    throw validationError(
      `The collection MetricDataQueries must not have a size greater than ${MOST_QUERIES}.`,
    );
  }
  const read = queries.map((query, index) =>
    readQuery(query, `MetricDataQueries.member.${index + 1}`),
  );
  if (new Set(read.map(({ id }) => id)).size < read.length) {
    throw validationError('The values for parameter Id in MetricDataQueries are not unique.');
  }
  return read;
}

function readQuery(query: MetricDataQuery, path: string): MetricQuery {
  const { Id: id = '', MetricStat: metricStat, Expression, AccountId } = query;
  if (!new RegExp(ID_PATTERN).test(id)) {
    throw validationError(
      `The value ${id} for parameter ${path}.Id is not matching the expected pattern ${ID_PATTERN}.`,
    );
  }
  if ((metricStat === undefined) === (Expression === undefined)) {
    throw validationError(`Exactly one of MetricStat and Expression has to be given in ${path}.`);
  }
  if (metricStat === undefined) {
    throw validationError(`the local account computes no expressions, as ${path} has one`);
  }
  if (AccountId !== undefined) {
    throw validationError(`the local account has no metrics of others, as ${path} asks for`);
  }
  const metric = readMetric(metricStat, path);
  return {
    id,
    label: query.Label ?? metric.metricName,
    isReturned: query.ReturnData ?? true,
    ...metric,
  };
}

function readMetric(
  { Metric = {}, Period: periodSeconds = 0, Stat: stat = '', Unit: unit }: MetricStat,
  path: string,
): Omit<MetricQuery, 'id' | 'label' | 'isReturned'> {
  const { Namespace: namespace, MetricName: metricName, Dimensions: given = [] } = Metric;
  if (namespace === undefined || metricName === undefined) {
    throw validationError(`Namespace and MetricName are required in ${path}.MetricStat.Metric.`);
  }
  if (given.length > MOST_DIMENSIONS) {
    throw validationError(
      `The collection ${path}.MetricStat.Metric.Dimensions must not have a size greater than ${MOST_DIMENSIONS}.`,
    );
  }
  if (periodSeconds < 1 || !(SHORT_PERIODS.has(periodSeconds) || periodSeconds % 60 === 0)) {
    throw validationError(
      `The value ${periodSeconds} for parameter ${path}.MetricStat.Period is not 1, 5, 10, 20, 30 or a multiple of 60.`,
    );
  }
  if (!STATISTIC_NAMES.includes(stat)) {
    throw validationError(
      `The value ${stat} for parameter ${path}.MetricStat.Stat is none that the local account computes: ${STATISTIC_NAMES.join(', ')}.`,
    );
  }
  return {
    namespace,
    metricName,
    dimensions: Object.fromEntries(given.map(({ Name = '', Value = '' }) => [Name, Value])),
    stat,
    periodSeconds,
    ...(unit === undefined ? {} : { unit }),
  };
}
