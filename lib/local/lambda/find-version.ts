import { invalidParameter } from './faults.ts';
import { type LambdaContext, nameOf, noSuchFunction } from './lambda-context.ts';
import {
  LATEST,
  type StoredAlias,
  type StoredFunction,
  type StoredVersion,
} from './stored-function.ts';

/** What a caller names who may name a version or an alias. */
export interface FoundVersion {
  readonly stored: StoredFunction;
  /** Where an alias shares invocations between two: the one that the alias names first. */
  readonly version: StoredVersion;
  /** As the caller gave it. */
  readonly qualifier?: string;
  readonly alias?: StoredAlias;
}

/** The qualifier of a call: as a parameter of its own, or at the end of the function's name. */
export function qualifierOf(
  context: LambdaContext,
  target: { readonly FunctionName?: string | undefined; readonly Qualifier?: string | undefined },
): string | undefined {
  const { qualifier } = nameOf(context, target.FunctionName);
  const { Qualifier = qualifier } = target;
  if (qualifier === undefined || qualifier === Qualifier) return Qualifier;
  throw invalidParameter(
    'The derived qualifier from the function name does not match the specified qualifier.',
  );
}

/** The version that a caller names, by its number or by an alias. */
export function findVersion(
  context: LambdaContext,
  target: { readonly FunctionName?: string | undefined; readonly Qualifier?: string | undefined },
): FoundVersion {
  const { name, arn } = nameOf(context, target.FunctionName);
  const qualifier = qualifierOf(context, target);
  const stored = context.functions.get(name);
  const wanted = qualifier ?? LATEST;
  const alias = stored?.aliases.get(wanted);
  const version = stored && versionAt(stored, alias?.functionVersion ?? wanted);
  if (stored?.arn !== arn || version === undefined) {
    throw noSuchFunction(context, arn, wanted);
  }
  return {
    stored,
    version,
    ...(qualifier === undefined ? {} : { qualifier }),
    ...(alias === undefined ? {} : { alias }),
  };
}

/** A version of a function by its number; undefined where there is none. */
export function versionAt(stored: StoredFunction, version: string): StoredVersion | undefined {
  return version === LATEST ? stored : stored.versions.get(version);
}

/** A version as it is now; undefined once it is deleted. */
export function presentVersion(
  { functions }: LambdaContext,
  { name, configuration }: StoredVersion,
): StoredVersion | undefined {
  const stored = functions.get(name);
  return stored && versionAt(stored, configuration.Version);
}

/** Changes what is known of a version that still exists, and answers it. */
export function changeVersion(
  context: LambdaContext,
  version: StoredVersion,
  change: Partial<Pick<StoredVersion, 'configuration' | 'serving' | 'usedAtMs'>>,
): StoredVersion | undefined {
  const { name, configuration } = version;
  const stored = context.functions.get(name);
  const present = presentVersion(context, version);
  if (stored === undefined || present === undefined) return undefined;
  const changed: StoredVersion = { ...present, ...change };
  context.functions.set(
    name,
    configuration.Version === LATEST
      ? { ...stored, ...change }
      : { ...stored, versions: new Map(stored.versions).set(configuration.Version, changed) },
  );
  return changed;
}
