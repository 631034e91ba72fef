import {
  GetMetricData$,
  type GetMetricDataOutput,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { type Operation, operation } from '../wire/operation.ts';
import { cutPage } from '../wire/paging.ts';
import { cloudwatchFault, validationError } from './cloudwatch-faults.ts';
import { type DataPoint, toDataPoints } from './data-points.ts';
import { type MetricDataInput, type MetricQuery, readQueries } from './metric-query.ts';
import type { Metrics } from './metrics.ts';

/** AWS: so many data points are answered at once. */
const MOST_POINTS = 100_800;

/** What is found for one query. */
interface Series {
  readonly query: MetricQuery;
  readonly points: readonly DataPoint[];
}

/** GetMetricData. */
export function getMetricData(metrics: Metrics): Operation {
  return operation<MetricDataInput, GetMetricDataOutput>(GetMetricData$, {
    // AWS: metrics have no resource-level permissions.
    needs: () => [{ action: 'cloudwatch:GetMetricData', resource: '*' }],
    handle: (input, { nowMs }) => {
      checkTimes(input);
      const { MaxDatapoints: limit = MOST_POINTS, NextToken: token } = input;
      if (limit < 1 || limit > MOST_POINTS) {
        throw validationError(
          `The value ${limit} for parameter MaxDatapoints is not from 1 to ${MOST_POINTS}.`,
        );
      }
      const series = readQueries(input)
        .filter(({ isReturned }) => isReturned)
        .map((query) => ({ query, points: findPoints(metrics, query, { input, nowMs }) }));
      return toPage(series, { limit, token });
    },
  });
}

function checkTimes({ StartTime, EndTime }: MetricDataInput): void {
  const [startMs, endMs] = [StartTime.getTime(), EndTime.getTime()];
  if (startMs === endMs) {
    throw validationError('The parameter StartTime must not equal parameter EndTime.');
  }
  if (startMs > endMs) {
    throw validationError('The parameter StartTime must be less than the parameter EndTime.');
  }
}

function findPoints(
  metrics: Metrics,
  query: MetricQuery,
  { input, nowMs }: { readonly input: MetricDataInput; readonly nowMs: number },
): readonly DataPoint[] {
  const isCounted = query.unit === undefined || query.unit === 'Count';
  if (!isKnown(query) || !isCounted) return [];
  const points = toDataPoints(metrics.invocationsOf(query.dimensions), {
    startMs: input.StartTime.getTime(),
    endMs: input.EndTime.getTime(),
    periodSeconds: query.periodSeconds,
    stat: query.stat,
    nowMs,
  });
  return input.ScanBy === 'TimestampAscending' ? points : points.toReversed();
}

/** AWS: a metric that there is not is answered like one without data. */
function isKnown({ namespace, metricName }: MetricQuery): boolean {
  return namespace === 'AWS/Lambda' && metricName === 'Invocations';
}

/** Which metrics a page fills first is AWS's secret: here they come one after the other. */
function toPage(
  series: readonly Series[],
  asked: { readonly limit: number; readonly token: string | undefined },
): GetMetricDataOutput {
  const all = series.flatMap(({ query, points }) => points.map((point) => ({ query, point })));
  const page = cutPage(all, asked);
  if (page === undefined) {
    throw cloudwatchFault('InvalidNextToken', 'The parameter NextToken is not valid.');
  }
  const last = page.items.at(-1);
  const left = all.slice(last === undefined ? all.length : all.indexOf(last) + 1);
  const unfinished = new Set(left.map(({ query }) => query));
  return {
    MetricDataResults: series.map(({ query }) =>
      toResult(query, {
        points: page.items.filter((item) => item.query === query).map(({ point }) => point),
        isComplete: !unfinished.has(query),
      }),
    ),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
    Messages: [],
  };
}

function toResult(
  query: MetricQuery,
  { points, isComplete }: { readonly points: readonly DataPoint[]; readonly isComplete: boolean },
): MetricDataResult {
  return {
    Id: query.id,
    Label: query.label,
    Timestamps: points.map(({ atMs }) => new Date(atMs)),
    Values: points.map(({ value }) => value),
    StatusCode: isComplete ? 'Complete' : 'PartialData',
    ...(isKnown(query) ? {} : { Messages: [NOT_KEPT] }),
  };
}

const NOT_KEPT = {
  Code: 'NotKept',
  Value: 'the local account keeps no metric but Invocations of AWS/Lambda',
};
