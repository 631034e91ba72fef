import {
  type FunctionConfiguration,
  GetFunctionCommand,
  type GetFunctionCommandOutput,
  type LambdaClient,
  paginateListFunctions,
} from '@aws-sdk/client-lambda';
import { type Attachment, isDetached, toAttachment } from '../core/attachment.ts';
import { functionNameOf } from '../core/function-name.ts';
import type { FunctionSnapshot } from '../core/snapshot.ts';
import type { ListedFunction, Ports } from '../workflows/ports.ts';
import { observationFailed, parseAwsError } from './aws-errors.ts';

/** What the guardrail reads of Lambda's control plane. */
export type LambdaReads = Pick<Ports, 'readSnapshot' | 'listFunctions'>;

/** AWS gives no more on a page, whatever is asked for. */
const PAGE_SIZE = 50;

/** Builds the ports that read functions. */
export function createLambdaReads(client: LambdaClient): LambdaReads {
  return {
    readSnapshot: (functionArn) => readSnapshot(client, functionArn),
    listFunctions: (withVersions) => listFunctions(client, withVersions),
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

function toSnapshot(functionArn: string, answer: GetFunctionCommandOutput): FunctionSnapshot {
  const { Configuration: configuration = {}, Concurrency, Tags } = answer;
  const reservedConcurrency = Concurrency?.ReservedConcurrentExecutions;
  const deadLetterTargetArn = configuration.DeadLetterConfig?.TargetArn;
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

function hasSnapStart({ SnapStart }: FunctionConfiguration): boolean {
  return (SnapStart?.ApplyOn ?? 'None') !== 'None';
}

/** Without these nothing is proved of a function, and nothing may be done to it. */
function required(value: string | undefined, field: string): string {
  if (value === undefined || value === '') throw new Error(`the answer has no ${field}`);
  return value;
}
