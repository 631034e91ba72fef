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
    listFunctions: (withVersions) => listFunctions(client, withVersions),
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

async function* listFunctions(
  client: LambdaClient,
  withVersions: boolean,
): AsyncGenerator<ListedFunction> {
  try {
    const asked = withVersions ? ({ FunctionVersion: 'ALL' } as const) : {};
    const pages = paginateListFunctions({ client, pageSize: PAGE_SIZE }, asked);
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
    ...toCapacityProvider(configuration),
    ...toLastModified(configuration),
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

/** AWS writes the time as `2026-11-22T09:30:00.000+0000`. */
function toLastModified({
  LastModified,
}: FunctionConfiguration): Pick<FunctionSnapshot, 'lastModifiedMs'> {
  const ms = Date.parse(LastModified?.replace(/\+0000$/, 'Z') ?? '');
  return Number.isNaN(ms) ? {} : { lastModifiedMs: ms };
}

/** AWS: in a list with versions the ARN of each one names its version. */
function unqualified(arn: string): string {
  return arn.split(':').slice(0, 7).join(':');
}

function toListedFunction(configuration: FunctionConfiguration): ListedFunction {
  const attachment = attachmentOf(configuration);
  const { Version } = configuration;
  return {
    functionArn: unqualified(required(configuration.FunctionArn, 'FunctionArn')),
    ...(Version === undefined || Version === '$LATEST' ? {} : { version: Version }),
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
