import { type Configuration, LATEST, type StoredVersion } from './stored-function.ts';

/** A version's configuration as a call on it answers it, under the name or number that was asked for. */
export function describeFunction(
  { arn, configuration }: StoredVersion,
  qualifier?: string,
): Configuration {
  return qualifier === undefined
    ? configuration
    : { ...configuration, FunctionArn: `${arn}:${qualifier}` };
}

/**
 * A version's configuration as a list answers it: states and runtime version are left out.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html
 */
export function describeListed({ configuration }: StoredVersion): Configuration {
  const {
    State: _state,
    StateReason: _stateReason,
    StateReasonCode: _stateReasonCode,
    LastUpdateStatus: _status,
    LastUpdateStatusReason: _statusReason,
    LastUpdateStatusReasonCode: _statusReasonCode,
    RuntimeVersionConfig: _runtimeVersion,
    ...listed
  } = configuration;
  return listed;
}

/** A version as a list of versions answers it: `$LATEST` has its name in its ARN there. */
export function describeListedVersion(version: StoredVersion): Configuration {
  const listed = describeListed(version);
  return { ...listed, FunctionArn: `${version.arn}:${listed.Version}` };
}

/** Sorts the versions of a function by number, `$LATEST` first. */
export function versionKey({ configuration }: StoredVersion): string {
  const number = configuration.Version === LATEST ? '' : configuration.Version;
  return number.padStart(20, '0');
}
