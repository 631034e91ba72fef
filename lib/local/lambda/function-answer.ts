import type { Configuration, StoredFunction } from './stored-function.ts';

/** A function's configuration as a call on that function answers it. */
export function describeFunction(
  { arn, configuration }: StoredFunction,
  qualifier?: string,
): Configuration {
  return qualifier === undefined
    ? configuration
    : { ...configuration, FunctionArn: `${arn}:${qualifier}` };
}

/**
 * A function's configuration as a list answers it: states and runtime version are left out.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html
 */
export function describeListed({ configuration }: StoredFunction): Configuration {
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
