import {
  type FunctionConfiguration,
  GetFunctionCommand,
  type GetFunctionCommandOutput,
  GetFunctionConfigurationCommand,
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

/** Builds what reads of a function all but its tags and its reservation, for who may not see its code. */
export function createReadConfiguration(client: LambdaClient): Ports['readSnapshot'] {
  return (functionArn) =>
    read(functionArn, async () => ({
      Configuration: await client.send(
        new GetFunctionConfigurationCommand({ FunctionName: functionArn }),
      ),
    }));
}

function readSnapshot(
  client: LambdaClient,
  functionArn: string,
): Promise<FunctionSnapshot | undefined> {
  return read(functionArn, () =>
    client.send(new GetFunctionCommand({ FunctionName: functionArn })),
  );
}

async function read(
  functionArn: string,
  ask: () => Promise<Described>,
): Promise<FunctionSnapshot | undefined> {
  try {
    return toSnapshot(functionArn, await ask());
  } catch (error) {
    if (parseAwsError(error).name === 'ResourceNotFoundException') return;
    const name = functionArn.split(':').slice(6).join(':');
    throw observationFailed(error, `could not read function \`${name}\``);
  }
}

type Described = Pick<GetFunctionCommandOutput, 'Configuration' | 'Concurrency' | 'Tags'>;

function toSnapshot(functionArn: string, answer: Described): FunctionSnapshot {
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
