import type {
  CreateEventSourceMappingRequest,
  UpdateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda';
import { assumeRole, findRole, roleAllows } from './execution-role.ts';
import { constraintBroken, invalidParameter } from './faults.ts';
import { type LambdaContext, nameOf } from './lambda-context.ts';
import { LATEST, type StoredFunction } from './stored-function.ts';
import type { StoredMapping } from './stored-mapping.ts';

type MappingRequest = CreateEventSourceMappingRequest | UpdateEventSourceMappingRequest;

/** The calls on the queue that Lambda makes under the function's role. */
const QUEUE_CALLS = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'] as const;

/** The settings of a mapping that a request names. */
export type MappingSettings = Pick<
  StoredMapping,
  'batchSize' | 'batchingWindowSeconds' | 'reportsItemFailures'
> & { readonly maximumConcurrency?: number | undefined };

/** The settings of a mapping after a request, checked. */
export function toMappingSettings(
  request: MappingRequest,
  present: MappingSettings = {
    batchSize: 10,
    batchingWindowSeconds: 0,
    reportsItemFailures: false,
  },
): MappingSettings {
  const batchSize = request.BatchSize ?? present.batchSize;
  const batchingWindowSeconds =
    request.MaximumBatchingWindowInSeconds ?? present.batchingWindowSeconds;
  const maximumConcurrency =
    request.ScalingConfig === undefined
      ? present.maximumConcurrency
      : request.ScalingConfig.MaximumConcurrency;
  checkBetween('batchSize', batchSize, [1, 10_000]);
  checkBetween('maximumBatchingWindowInSeconds', batchingWindowSeconds, [0, 300]);
  checkBetween('scalingConfig.maximumConcurrency', maximumConcurrency ?? 2, [2, 1000]);
  if (batchSize > 10 && batchingWindowSeconds === 0) {
    throw invalidParameter(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  }
  return {
    batchSize,
    batchingWindowSeconds,
    maximumConcurrency,
    reportsItemFailures:
      request.FunctionResponseTypes?.includes('ReportBatchItemFailures') ??
      present.reportsItemFailures,
  };
}

/** AWS's own words: these are for streams and brokers. */
const NOT_FOR_QUEUES = [
  'StartingPosition',
  'StartingPositionTimestamp',
  'ParallelizationFactor',
  'DestinationConfig',
  'MaximumRecordAgeInSeconds',
  'BisectBatchOnFunctionError',
  'MaximumRetryAttempts',
  'TumblingWindowInSeconds',
  'Topics',
  'Queues',
  'SourceAccessConfigurations',
  'SelfManagedEventSource',
  'AmazonManagedKafkaEventSourceConfig',
  'SelfManagedKafkaEventSourceConfig',
  'DocumentDBEventSourceConfig',
] as const;

/** What a mapping of a queue may have in AWS and this account would have to ignore. */
const NOT_HERE = [
  'FilterCriteria',
  'KMSKeyArn',
  'MetricsConfig',
  'LoggingConfig',
  'ProvisionedPollerConfig',
] as const;

/** Refuses what no mapping of a queue has, and what one of this account has not: rather than to pretend. */
export function checkForQueue(request: Partial<CreateEventSourceMappingRequest>): void {
  const other = NOT_FOR_QUEUES.find((member) => request[member] !== undefined);
  if (other !== undefined) {
    throw invalidParameter(`Unsupported ${other} parameter for given event source mapping type.`);
  }
  const absent = NOT_HERE.find((member) => request[member] !== undefined);
  if (absent === undefined) return;
  throw invalidParameter(`the local account has no ${absent} of event source mappings`);
}

/** The function of a mapping, which has to be one; AWS says so in other words than elsewhere. */
export function findMapped(
  context: LambdaContext,
  functionName: string | undefined,
): StoredFunction {
  const { name, arn, qualifier = LATEST } = nameOf(context, functionName);
  const stored = context.functions.get(name);
  if (stored?.arn === arn && qualifier === LATEST) return stored;
  throw invalidParameter('Function does not exist');
}

/** Refuses a queue that does not exist, or that the function's role may not read. */
export function checkQueue(context: LambdaContext, queueArn: string, stored: StoredFunction): void {
  if (!/^arn:aws[a-z-]*:sqs:/.test(queueArn)) {
    throw invalidParameter('Unrecognized event source.');
  }
  assumeRole(context.core, stored.configuration.Role);
  const missing = missingQueueCall(context, queueArn, stored);
  if (missing !== undefined) throw invalidParameter(cannotCall(missing));
  if (!context.queues.exists(queueArn)) {
    throw invalidParameter(
      'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist for this wsdl version.',
    );
  }
}

/** The first call on a queue that the function's role does not allow; undefined where all are. */
export function missingQueueCall(
  { core }: LambdaContext,
  queueArn: string,
  { configuration }: StoredFunction,
): string | undefined {
  const role = findRole(core, configuration.Role);
  return QUEUE_CALLS.find((call) => {
    return (
      role === undefined || !roleAllows(core, role, { action: `sqs:${call}`, resource: queueArn })
    );
  });
}

/** AWS's words for a queue that the role may not read. */
export function cannotCall(call: string): string {
  return `The provided execution role does not have permissions to call ${call} on SQS`;
}

function checkBetween(member: string, value: number, [min, max]: readonly [number, number]): void {
  if (value >= min && value <= max) return;
  const constraint = `Member must have value between ${min} and ${max}`;
  throw constraintBroken({ member, value, constraint });
}
