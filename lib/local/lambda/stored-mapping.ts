import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import { notFound } from './faults.ts';
import type { LambdaContext } from './lambda-context.ts';

/** One event source mapping from a queue to a function. */
export interface StoredMapping {
  readonly uuid: string;
  readonly arn: string;
  readonly queueArn: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly batchSize: number;
  /** Absent: as many batches at once as Lambda begins with. */
  readonly maximumConcurrency?: number;
  readonly batchingWindowSeconds: number;
  readonly reportsItemFailures: boolean;
  readonly state: 'Creating' | 'Enabled' | 'Disabled' | 'Deleting' | 'Updating';
  readonly lastModifiedMs: number;
  /** What came of the last look at the queue. */
  readonly lastResult: string;
}

/** A mapping as Lambda answers it. */
export function describeMapping(mapping: StoredMapping): EventSourceMappingConfiguration {
  const { maximumConcurrency } = mapping;
  return {
    UUID: mapping.uuid,
    EventSourceMappingArn: mapping.arn,
    EventSourceArn: mapping.queueArn,
    FunctionArn: mapping.functionArn,
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: mapping.batchingWindowSeconds,
    FunctionResponseTypes: mapping.reportsItemFailures ? ['ReportBatchItemFailures'] : [],
    ...(maximumConcurrency === undefined
      ? {}
      : { ScalingConfig: { MaximumConcurrency: maximumConcurrency } }),
    State: mapping.state,
    StateTransitionReason: 'USER_INITIATED',
    LastModified: new Date(mapping.lastModifiedMs),
    LastProcessingResult: mapping.lastResult,
  };
}

/** The mapping that a caller names. */
export function findMapping(context: LambdaContext, uuid: string | undefined): StoredMapping {
  const mapping = context.mappings.get(uuid ?? '');
  if (mapping === undefined) {
    throw notFound('The resource you requested does not exist.');
  }
  return mapping;
}
