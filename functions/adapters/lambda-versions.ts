import {
  type AliasConfiguration,
  type FunctionConfiguration,
  type LambdaClient,
  paginateListAliases,
  paginateListVersionsByFunction,
} from '@aws-sdk/client-lambda';
import { toAttachment } from '../core/attachment.ts';
import { functionNameOf } from '../core/function-name.ts';
import type { PublishedVersion } from '../core/published-version.ts';
import { observationFailed, parseAwsError } from './aws-errors.ts';

/** AWS gives no more on a page, whatever is asked for. */
const PAGE_SIZE = 50;

/** Builds the port that reads the published versions of a function; none where there is no such function. */
export function createReadVersions(
  client: LambdaClient,
): (functionArn: string) => Promise<readonly PublishedVersion[]> {
  return async (functionArn) => {
    try {
      const [versions, aliases] = await Promise.all([
        readVersions(client, functionArn),
        readAliases(client, functionArn),
      ]);
      return versions
        .filter(({ Version }) => Version !== '$LATEST')
        .map((version) => toPublishedVersion(version, aliases));
    } catch (error) {
      if (parseAwsError(error).name === 'ResourceNotFoundException') return [];
      const name = functionNameOf(functionArn);
      throw observationFailed(error, `could not read the versions of function \`${name}\``);
    }
  };
}

async function readVersions(
  client: LambdaClient,
  FunctionName: string,
): Promise<readonly FunctionConfiguration[]> {
  const read: FunctionConfiguration[] = [];
  const pages = paginateListVersionsByFunction({ client, pageSize: PAGE_SIZE }, { FunctionName });
  for await (const { Versions = [] } of pages) read.push(...Versions);
  return read;
}

async function readAliases(
  client: LambdaClient,
  FunctionName: string,
): Promise<readonly AliasConfiguration[]> {
  const read: AliasConfiguration[] = [];
  const pages = paginateListAliases({ client, pageSize: PAGE_SIZE }, { FunctionName });
  for await (const { Aliases = [] } of pages) read.push(...Aliases);
  return read;
}

function toPublishedVersion(
  { Version: version, VpcConfig }: FunctionConfiguration,
  aliases: readonly AliasConfiguration[],
): PublishedVersion {
  if (version === undefined) throw new Error('the answer has no Version');
  return {
    version,
    attachment: toAttachment({
      vpcId: VpcConfig?.VpcId,
      subnetIds: VpcConfig?.SubnetIds,
      securityGroupIds: VpcConfig?.SecurityGroupIds,
      ipv6AllowedForDualStack: VpcConfig?.Ipv6AllowedForDualStack,
    }),
    aliases: aliases
      .filter((alias) => reaches(alias, version))
      .flatMap(({ Name }) => (Name === undefined ? [] : [Name]))
      .sort(),
  };
}

/** An alias may send a share of the invocations to a second version. */
function reaches({ FunctionVersion, RoutingConfig }: AliasConfiguration, version: string): boolean {
  return (
    FunctionVersion === version ||
    Object.hasOwn(RoutingConfig?.AdditionalVersionWeights ?? {}, version)
  );
}
