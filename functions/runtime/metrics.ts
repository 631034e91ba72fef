import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** What is counted; alarms and dashboards name these. */
export type MetricName = 'Decisions' | 'Violations' | 'Remediations' | 'Withheld' | 'SetAside';

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
