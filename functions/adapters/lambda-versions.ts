import {
  type AliasConfiguration,
  type FunctionConfiguration,
  type LambdaClient,
  paginateListAliases,
  paginateListVersionsByFunction,
} from '@aws-sdk/client-lambda';
import { functionNameOf } from '../core/function-name.ts';
import type { PublishedVersion } from '../core/published-version.ts';
import { observationFailed, parseAwsError } from './aws-errors.ts';
import { attachmentOf, required } from './function-configuration.ts';

/** The names of aliases, in order, by the version that they send invocations to. */
type Aliases = ReadonlyMap<string, readonly string[]>;

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
        listAliases(client, functionArn),
      ]);
      const aliasesOf = byVersion(aliases);
      return versions
        .filter(({ Version }) => Version !== '$LATEST')
        .map((version) => toPublishedVersion(version, aliasesOf));
    } catch (error) {
      if (parseAwsError(error).name === 'ResourceNotFoundException') return [];
      const name = functionNameOf(functionArn);
      throw observationFailed(error, `could not read the versions of function \`${name}\``);
    }
  };
}

/** Builds what reads the aliases of a function by version; none where there is no such function. */
export function createReadAliases(client: LambdaClient): (functionArn: string) => Promise<Aliases> {
  return async (functionArn) => {
    try {
      return byVersion(await listAliases(client, functionArn));
    } catch (error) {
      if (parseAwsError(error).name === 'ResourceNotFoundException') return new Map();
      const name = functionNameOf(functionArn);
      throw observationFailed(error, `could not read the aliases of function \`${name}\``);
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

async function listAliases(
  client: LambdaClient,
  FunctionName: string,
): Promise<readonly AliasConfiguration[]> {
  const read: AliasConfiguration[] = [];
  const pages = paginateListAliases({ client, pageSize: PAGE_SIZE }, { FunctionName });
  for await (const { Aliases = [] } of pages) read.push(...Aliases);
  return read;
}

function toPublishedVersion(
  configuration: FunctionConfiguration,
  aliasesOf: Aliases,
): PublishedVersion {
  const version = required(configuration.Version, 'Version');
  return {
    version,
    attachment: attachmentOf(configuration),
    aliases: aliasesOf.get(version) ?? [],
  };
}

function byVersion(aliases: readonly AliasConfiguration[]): Aliases {
  const named = new Map<string, string[]>();
  for (const alias of aliases) {
    const { Name: name } = alias;
    if (name === undefined) continue;
    for (const version of versionsOf(alias)) {
      named.set(version, [...(named.get(version) ?? []), name].sort());
    }
  }
  return named;
}

/** An alias may send a share of the invocations to a second version. */
function versionsOf({ FunctionVersion, RoutingConfig }: AliasConfiguration): readonly string[] {
  const weighted = Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {});
  return FunctionVersion === undefined ? weighted : [FunctionVersion, ...weighted];
}
