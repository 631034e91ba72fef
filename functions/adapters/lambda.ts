import {
  type FunctionConfiguration,
  GetFunctionCommand,
  type GetFunctionCommandOutput,
  type LambdaClient,
} from '@aws-sdk/client-lambda';
import type { FunctionSnapshot } from '../core/snapshot.ts';
import type { Ports } from '../workflows/ports.ts';
import { observationFailed, parseAwsError } from './aws-errors.ts';
import {
  attachmentOf,
  hasSnapStart,
  required,
  toLastModified,
  unqualified,
} from './function-configuration.ts';

/** What the guardrail reads of Lambda's control plane. */
export type LambdaReads = Pick<Ports, 'readSnapshot'>;

/** Builds the ports that read functions; an ARN with a qualifier names one version. */
export function createLambdaReads(client: LambdaClient): LambdaReads {
  return {
    readSnapshot: (functionArn) => readSnapshot(client, functionArn),
  };
}

async function readSnapshot(
  client: LambdaClient,
  functionArn: string,
): Promise<FunctionSnapshot | undefined> {
  try {
    const command = new GetFunctionCommand({ FunctionName: functionArn });
    return toSnapshot(functionArn, await client.send(command));
  } catch (error) {
    if (parseAwsError(error).name === 'ResourceNotFoundException') return;
    const name = functionArn.split(':').slice(6).join(':');
    throw observationFailed(error, `could not read function \`${name}\``);
  }
}

function toSnapshot(functionArn: string, answer: GetFunctionCommandOutput): FunctionSnapshot {
  const { Configuration: configuration = {}, Concurrency, Tags } = answer;
  const reservedConcurrency = Concurrency?.ReservedConcurrentExecutions;
  const deadLetterTargetArn = configuration.DeadLetterConfig?.TargetArn;
  return {
    functionArn: unqualified(functionArn),
    revisionId: required(configuration.RevisionId, 'RevisionId'),
    role: required(configuration.Role, 'Role'),
    attachment: attachmentOf(configuration),
    ...toStates(configuration),
    packageType: configuration.PackageType ?? 'Zip',
    hasSnapStart: hasSnapStart(configuration),
    ...toCapacityProvider(configuration),
    ...toLastModified(configuration),
    ...(deadLetterTargetArn && { deadLetterTargetArn }),
    ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
    tags: Tags ?? {},
  };
}

function toStates(
  configuration: FunctionConfiguration,
): Pick<
  FunctionSnapshot,
  'state' | 'stateReasonCode' | 'lastUpdateStatus' | 'lastUpdateStatusReasonCode'
> {
  const { StateReasonCode, LastUpdateStatus, LastUpdateStatusReasonCode } = configuration;
  return {
    state: required(configuration.State, 'State'),
    ...(StateReasonCode && { stateReasonCode: StateReasonCode }),
    ...(LastUpdateStatus && { lastUpdateStatus: LastUpdateStatus }),
    ...(LastUpdateStatusReasonCode && { lastUpdateStatusReasonCode: LastUpdateStatusReasonCode }),
  };
}

function toCapacityProvider({
  CapacityProviderConfig,
}: FunctionConfiguration): Pick<FunctionSnapshot, 'hasCapacityProvider' | 'capacityProviderArn'> {
  const arn =
    CapacityProviderConfig?.LambdaManagedInstancesCapacityProviderConfig?.CapacityProviderArn;
  return {
    hasCapacityProvider: CapacityProviderConfig !== undefined,
    ...(arn && { capacityProviderArn: arn }),
  };
}
