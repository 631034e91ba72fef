import type { Operation, Service } from '../wire/operation.ts';
import { getMetricData } from './get-metric-data.ts';
import type { Metrics } from './metrics.ts';

/** Creates CloudWatch as far as it tells how often functions were invoked, with alarms where they are given. */
export function createCloudwatchService(
  metrics: Metrics,
  alarms: readonly Operation[] = [],
): Service {
  return {
    name: 'monitoring',
    protocol: 'json',
    jsonVersion: '1.0',
    target: 'GraniteServiceVersion20100801',
    denied: { code: 'AccessDenied', status: 403 },
    operations: [getMetricData(metrics), ...alarms],
  };
}
