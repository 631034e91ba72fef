import type { AliasConfiguration, AliasRoutingConfiguration } from '@aws-sdk/client-lambda';
import { constraintBroken, functionNotFound, invalidParameter, notFound } from './faults.ts';
import { versionAt } from './find-version.ts';
import { LATEST, type StoredAlias, type StoredFunction } from './stored-function.ts';

const NAME = '(?!^[0-9]+$)([a-zA-Z0-9-_]+)';
const VERSION = '(\\$LATEST(\\.PUBLISHED)?|[0-9]+)';

/** The alias that a caller names. */
export function findAlias(stored: StoredFunction, name = ''): StoredAlias {
  const alias = stored.aliases.get(name);
  if (alias !== undefined) return alias;
  throw notFound(`Cannot find alias arn: ${stored.arn}:${name}`);
}

/** An alias as Lambda answers it. */
export function describeAlias({ arn }: StoredFunction, alias: StoredAlias): AliasConfiguration {
  const { name, functionVersion, description, weights, revisionId } = alias;
  const isShared = Object.keys(weights).length > 0;
  return {
    AliasArn: `${arn}:${name}`,
    Name: name,
    FunctionVersion: functionVersion,
    Description: description,
    ...(isShared ? { RoutingConfig: { AdditionalVersionWeights: { ...weights } } } : {}),
    RevisionId: revisionId,
  };
}

/** Refuses a name that no alias may have: one that only has digits is a version's. */
export function checkAliasName(name: string): void {
  if (new RegExp(`^${NAME}$`).test(name) && name.length <= 128) return;
  const constraint =
    name.length > 128
      ? 'Member must have length less than or equal to 128'
      : `Member must satisfy regular expression pattern: ${NAME}`;
  throw constraintBroken({ member: 'name', value: name, constraint });
}

/** Refuses an alias of versions that do not exist, or that cannot share invocations. */
export function checkAlias(
  stored: StoredFunction,
  { functionVersion, weights }: StoredAlias,
): void {
  checkVersion(stored, functionVersion);
  const shared = Object.entries(weights);
  if (shared.length > 1) {
    throw invalidParameter('Number of items in AdditionalVersionWeights cannot be greater than 1');
  }
  for (const [other, weight] of shared) {
    checkWeight(other, weight);
    if (other === functionVersion) {
      throw invalidParameter(
        `Invalid function version ${other}. Function version ${other} is already included in routing configuration.`,
      );
    }
    if (functionVersion === LATEST) {
      throw invalidParameter(
        '$LATEST is not supported for an alias pointing to more than 1 version',
      );
    }
    checkVersion(stored, other);
  }
}

/** The weights that a request names; undefined where it leaves them as they are. */
export function requestedWeights(
  request: AliasRoutingConfiguration | undefined,
): Readonly<Record<string, number>> | undefined {
  return request && { ...request.AdditionalVersionWeights };
}

function checkVersion(stored: StoredFunction, version: string): void {
  if (!new RegExp(`^${VERSION}$`).test(version)) {
    const constraint = `Member must satisfy regular expression pattern: ${VERSION}`;
    throw constraintBroken({ member: 'functionVersion', value: version, constraint });
  }
  if (versionAt(stored, version) === undefined) throw functionNotFound(`${stored.arn}:${version}`);
}

function checkWeight(version: string, weight: number): void {
  const isNumber = /^[0-9]+$/.test(version);
  if (isNumber && weight >= 0 && weight <= 1) return;
  const constraint = isNumber
    ? 'Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]'
    : 'Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+, Member must not be null]';
  const member = 'routingConfig.additionalVersionWeights';
  throw constraintBroken({ member, value: `{${version}=${weight}}`, constraint });
}
