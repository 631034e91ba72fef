import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** What is counted; alarms and dashboards name these. */
export type MetricName =
  | 'Decisions'
  | 'Violations'
  | 'Remediations'
  | 'Withheld'
  | 'SetAside'
  | 'HeartbeatMissing';

/** What a sweep measures. */
export type GaugeName =
  | 'FunctionsScanned'
  | 'FunctionsViolating'
  | 'FunctionsUnknown'
  | 'FunctionsIdle'
  | 'FunctionsQuarantined'
  | 'InterfaceQuotaUsedPercent'
  | 'FewestFreeAddresses';

/** Publishes how much of something there is. */
export type Gauge = (name: GaugeName, value: number) => void;

/** Counts one thing that happened. */
export type Count = (name: MetricName) => void;

const metrics = new Metrics({
  namespace: 'LambdaVpcGuardrail',
  serviceName: 'lambda-vpc-guardrail',
});

/** Counts one thing that happened, to be published with the invocation's other counts. */
export function count(name: MetricName): void {
  metrics.addMetric(name, MetricUnit.Count, 1);
}

/** Writes the counts of this invocation as one line that CloudWatch reads. */
export function publishCounts(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}

/** Publishes how much of something there is, with the invocation's other counts. */
export function gauge(name: GaugeName, value: number): void {
  const unit = name === 'InterfaceQuotaUsedPercent' ? MetricUnit.Percent : MetricUnit.Count;
  metrics.addMetric(name, unit, value);
}
