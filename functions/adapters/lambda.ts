import {
  DeleteFunctionConcurrencyCommand,
  type FunctionConfiguration,
  GetFunctionCommand,
  type GetFunctionCommandOutput,
  type LambdaClient,
  PutFunctionConcurrencyCommand,
  paginateListFunctions,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { type Attachment, isDetached, toAttachment } from '../core/attachment.ts';
import { functionNameOf } from '../core/function-name.ts';
import type { FunctionSnapshot } from '../core/snapshot.ts';
import type { ListedFunction, Ports, WriteOutcome } from '../workflows/ports.ts';
import {
  describeAwsError,
  isFinal,
  observationFailed,
  parseAwsError,
  writeFailed,
} from './aws-errors.ts';

/** What the guardrail asks of Lambda's control plane. */
export type LambdaPorts = Pick<
  Ports,
  'readSnapshot' | 'listFunctions' | 'attach' | 'reserveConcurrency'
>;

/** AWS gives no more on a page, whatever is asked for. */
const PAGE_SIZE = 50;

/** Builds the ports that read and change functions. */
export function createLambdaPorts(client: LambdaClient): LambdaPorts {
  return {
    readSnapshot: (functionArn) => readSnapshot(client, functionArn),
    listFunctions: () => listFunctions(client),
    attach: (functionArn, attachment, revisionId) =>
      write(`could not attach function \`${functionNameOf(functionArn)}\``, () =>
        client.send(
          new UpdateFunctionConfigurationCommand({
            FunctionName: functionArn,
            VpcConfig: toVpcConfig(attachment),
            RevisionId: revisionId,
          }),
        ),
      ),
    reserveConcurrency: (functionArn, reservedConcurrency) =>
      write(`could not reserve concurrency of function \`${functionNameOf(functionArn)}\``, () =>
        reservedConcurrency === undefined
          ? client.send(new DeleteFunctionConcurrencyCommand({ FunctionName: functionArn }))
          : client.send(
              new PutFunctionConcurrencyCommand({
                FunctionName: functionArn,
                ReservedConcurrentExecutions: reservedConcurrency,
              }),
            ),
      ),
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
    throw observationFailed(error, `could not read function \`${functionNameOf(functionArn)}\``);
  }
}

async function* listFunctions(client: LambdaClient): AsyncGenerator<ListedFunction> {
  try {
    const pages = paginateListFunctions({ client, pageSize: PAGE_SIZE }, {});
    for await (const { Functions = [] } of pages) {
      yield* Functions.map(toListedFunction);
    }
  } catch (error) {
    throw observationFailed(error, 'could not list the functions');
  }
}

async function write(attempt: string, send: () => Promise<unknown>): Promise<WriteOutcome> {
  try {
    await send();
    return { status: 'done' };
  } catch (error) {
    const awsError = parseAwsError(error);
    switch (awsError.name) {
      case 'PreconditionFailedException':
        return { status: 'stale' };
      case 'ResourceConflictException':
        return { status: 'busy' };
      case 'ResourceNotFoundException':
        return { status: 'gone' };
    }
    if (isFinal(awsError)) return { status: 'refused', error: describeAwsError(awsError) };
    throw writeFailed(error, attempt);
  }
}

function toSnapshot(functionArn: string, answer: GetFunctionCommandOutput): FunctionSnapshot {
  const { Configuration: configuration = {}, Concurrency, Tags } = answer;
  const reservedConcurrency = Concurrency?.ReservedConcurrentExecutions;
  return {
    functionArn,
    revisionId: required(configuration.RevisionId, 'RevisionId'),
    role: required(configuration.Role, 'Role'),
    attachment: attachmentOf(configuration),
    ...toStates(configuration),
    packageType: configuration.PackageType ?? 'Zip',
    hasSnapStart: hasSnapStart(configuration),
    hasCapacityProvider: configuration.CapacityProviderConfig !== undefined,
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

function toListedFunction(configuration: FunctionConfiguration): ListedFunction {
  const attachment = attachmentOf(configuration);
  return {
    functionArn: required(configuration.FunctionArn, 'FunctionArn'),
    role: required(configuration.Role, 'Role'),
    attachment,
    canBeIdle:
      !isDetached(attachment) ||
      configuration.PackageType === 'Image' ||
      hasSnapStart(configuration),
    hasCapacityProvider: configuration.CapacityProviderConfig !== undefined,
  };
}

function attachmentOf({ VpcConfig }: FunctionConfiguration): Attachment {
  return toAttachment({
    vpcId: VpcConfig?.VpcId,
    subnetIds: VpcConfig?.SubnetIds,
    securityGroupIds: VpcConfig?.SecurityGroupIds,
    ipv6AllowedForDualStack: VpcConfig?.Ipv6AllowedForDualStack,
  });
}

function toVpcConfig(attachment: Attachment) {
  return {
    SubnetIds: [...attachment.subnetIds],
    SecurityGroupIds: [...attachment.securityGroupIds],
    Ipv6AllowedForDualStack: attachment.ipv6AllowedForDualStack,
  };
}

function hasSnapStart({ SnapStart }: FunctionConfiguration): boolean {
  return (SnapStart?.ApplyOn ?? 'None') !== 'None';
}

/** Without these nothing is proved of a function, and nothing may be done to it. */
function required(value: string | undefined, field: string): string {
  if (value === undefined || value === '') throw new Error(`the answer has no ${field}`);
  return value;
}
