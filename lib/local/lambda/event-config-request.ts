import type {
  DestinationConfig,
  PutFunctionEventInvokeConfigRequest,
} from '@aws-sdk/client-lambda';
import { targetKind } from '../target-call.ts';
import { findRole, roleAllows } from './execution-role.ts';
import { constraintBroken, invalidParameter } from './faults.ts';
import type { LambdaContext } from './lambda-context.ts';
import type { EventSettings } from './stored-event-config.ts';
import type { StoredVersion } from './stored-function.ts';

/** What an execution role needs for each kind of destination. */
const CALLS = {
  lambda: { action: 'lambda:InvokeFunction', call: 'InvokeFunction' },
  sns: { action: 'sns:Publish', call: 'Publish' },
  sqs: { action: 'sqs:SendMessage', call: 'SendMessage' },
  events: { action: 'events:PutEvents', call: 'PutEvents' },
} as const;

/** What kind of destination an ARN names; undefined where it is none that this account has. */
export function destinationKind(arn: string): keyof typeof CALLS | undefined {
  return /^arn:aws[a-z-]*:events:[\w-]+:\d{12}:event-bus\/[\w.-]+$/.test(arn)
    ? 'events'
    : targetKind(arn);
}

/** The settings that a request names, checked for the version that it is about. */
export function readEventSettings(
  context: LambdaContext,
  version: StoredVersion,
  request: PutFunctionEventInvokeConfigRequest,
): EventSettings {
  const { MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: age } = request;
  if (attempts === undefined && age === undefined && request.DestinationConfig === undefined) {
    throw invalidParameter(
      'You must specify at least one of error handling or destination setting.',
    );
  }
  checkBetween('maximumRetryAttempts', attempts, [0, 2]);
  checkBetween('maximumEventAgeInSeconds', age, [60, 21_600]);
  return {
    ...(attempts === undefined ? {} : { maximumRetryAttempts: attempts }),
    ...(age === undefined ? {} : { maximumEventAgeSeconds: age }),
    ...readDestinations(context, version, request.DestinationConfig ?? {}),
  };
}

type Destinations = Pick<EventSettings, 'onSuccess' | 'onFailure'>;

/** An empty destination is none. */
function readDestinations(
  context: LambdaContext,
  version: StoredVersion,
  { OnSuccess, OnFailure }: DestinationConfig,
): Destinations {
  const named = Object.entries({
    onSuccess: OnSuccess?.Destination,
    onFailure: OnFailure?.Destination,
  }).filter(([, arn]) => arn !== undefined && arn !== '');
  const destinations: Destinations = Object.fromEntries(named);
  for (const arn of Object.values(destinations)) {
    checkDestination(context, version, { arn, destinations });
  }
  return destinations;
}

function checkDestination(
  context: LambdaContext,
  version: StoredVersion,
  { arn, destinations }: { readonly arn: string; readonly destinations: Destinations },
): void {
  const kind = destinationKind(arn);
  if (kind === undefined) {
    const success = describe('OnSuccess', destinations.onSuccess);
    const failure = describe('OnFailure', destinations.onFailure);
    throw invalidParameter(
      `The provided destination config DestinationConfig(onSuccess=${success}, onFailure=${failure}) is invalid.`,
    );
  }
  if (kind === 'lambda') checkFunction(context, version, arn);
  const { action, call } = CALLS[kind];
  const role = findRole(context.core, version.configuration.Role);
  if (role !== undefined && roleAllows(context.core, role, { action, resource: arn })) return;
  throw invalidParameter(
    `The function's execution role does not have permissions to call ${call} on ${arn}`,
  );
}

function describe(name: string, destination: string | undefined): string {
  return destination === undefined ? 'null' : `${name}(destination=${destination})`;
}

function checkFunction({ functions }: LambdaContext, version: StoredVersion, arn: string): void {
  const functionArn = arn.split(':').slice(0, 7).join(':');
  if (functionArn === version.arn) {
    throw invalidParameter("You can't specify the function as a destination for itself.");
  }
  if ([...functions.values()].some((stored) => stored.arn === functionArn)) return;
  throw invalidParameter(`The destination ARN ${arn} is invalid.`);
}

function checkBetween(
  member: string,
  value: number | undefined,
  [min, max]: readonly [number, number],
): void {
  if (value === undefined || (value >= min && value <= max)) return;
  const constraint = `Member must have value between ${min} and ${max}`;
  throw constraintBroken({ member, value, constraint });
}
