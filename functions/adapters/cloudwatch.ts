import {
  CloudWatchClient,
  type CloudWatchClientConfig,
  type GetMetricDataInput,
  type MetricDataQuery,
  type MetricDataResult,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch';
import { observationFailed } from './aws-errors.ts';

const DAY_MS = 86_400_000;
/** AWS: for so long sums are kept. */
const DAYS_KEPT = 455;
/** AWS answers 100,800 data points at once, and a function has one for each day. */
const FUNCTIONS_PER_CALL = 200;

/**
 * Builds what reads when the day (UTC) began on which functions were last invoked, whichever version, by name.
 *
 * Functions without an invocation are left out. By the day: by the hour a call would have room for nine functions.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export function createReadLastInvocations(
  settings: CloudWatchClientConfig,
  nowMs: () => number,
): (functionNames: readonly string[]) => Promise<ReadonlyMap<string, number>> {
  const client = new CloudWatchClient(settings);
  return async (functionNames) => {
    const last = new Map<string, number>();
    try {
      for (let at = 0; at < functionNames.length; at += FUNCTIONS_PER_CALL) {
        const asked = functionNames.slice(at, at + FUNCTIONS_PER_CALL);
        for (const [name, dayMs] of await readSome(client, asked, nowMs())) last.set(name, dayMs);
      }
    } catch (error) {
      throw observationFailed(error, 'could not read when functions were last invoked');
    }
    return last;
  };
}

async function readSome(
  client: CloudWatchClient,
  functionNames: readonly string[],
  nowMs: number,
): Promise<ReadonlyMap<string, number>> {
  const names = new Map(functionNames.map((name, index) => [`f${index}`, name]));
  const last = new Map<string, number>();
  for await (const page of paginateGetMetricData({ client }, toInput(names, nowMs))) {
    for (const result of page.MetricDataResults ?? []) {
      const name = names.get(result.Id ?? '');
      const dayMs = lastDayOf(result);
      if (name === undefined || dayMs === undefined) continue;
      last.set(name, Math.max(dayMs, last.get(name) ?? 0));
    }
  }
  return last;
}

/** On the bounds of days: else CloudWatch's days would begin at any hour. */
function toInput(names: ReadonlyMap<string, string>, nowMs: number): GetMetricDataInput {
  const endMs = (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS;
  return {
    MetricDataQueries: [...names].map(([id, name]) => toQuery(id, name)),
    StartTime: new Date(endMs - DAYS_KEPT * DAY_MS),
    EndTime: new Date(endMs),
    ScanBy: 'TimestampDescending',
  };
}

function toQuery(id: string, functionName: string): MetricDataQuery {
  return {
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/Lambda',
        MetricName: 'Invocations',
        Dimensions: [{ Name: 'FunctionName', Value: functionName }],
      },
      Period: DAY_MS / 1000,
      Stat: 'Sum',
    },
  };
}

/** AWS: an answer may hold failures of single metrics, which are not silence. */
function lastDayOf({ Id, StatusCode, Timestamps = [], Values = [] }: MetricDataResult) {
  if (StatusCode === 'InternalError' || StatusCode === 'Forbidden') {
    throw new Error(`CloudWatch answered \`${StatusCode}\` for \`${Id}\``);
  }
  const days = Timestamps.filter((_, index) => (Values[index] ?? 0) > 0);
  return days.length === 0 ? undefined : Math.max(...days.map((day) => day.getTime()));
}
