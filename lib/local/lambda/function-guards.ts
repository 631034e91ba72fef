import type { AwsFault } from '../wire/aws-fault.ts';
import { conflict, lambdaFault } from './faults.ts';
import type { LambdaContext } from './lambda-context.ts';
import type { StoredVersion } from './stored-function.ts';
import { cancelStuck } from './transitions.ts';

/**
 * Refuses a change while the function is being made or changed, and for ever once making it failed.
 *
 * AWS: a change of a function that is stuck cancels what it waits for, and leaves it failed.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html
 */
export function checkChangeable(context: LambdaContext, stored: StoredVersion): void {
  const { State } = stored.configuration;
  if (State === 'Failed') throw stateConflict(State);
  if (State === 'Pending') {
    throw stateConflict(cancelStuck(context, stored) ? 'Failed' : 'Pending');
  }
  checkNoUpdate(stored);
}

/** Refuses a call while an update of the function is in progress. */
export function checkNoUpdate({ arn, configuration }: StoredVersion): void {
  if (configuration.LastUpdateStatus !== 'InProgress') return;
  throw conflict(
    `The operation cannot be performed at this time. An update is in progress for resource: ${arn}`,
  );
}

/** Refuses a change that was meant for another revision of a function or an alias. */
export function checkRevision(present: string, revisionId: string | undefined): void {
  if (revisionId === undefined || revisionId === present) return;
  throw lambdaFault(
    'PreconditionFailedException',
    412,
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
  );
}

/** The refusal of a function that is not active yet, or never will be. */
export function stateConflict(state: string): AwsFault {
  return conflict(
    `The operation cannot be performed at this time. The function is currently in the following state: ${state}`,
  );
}
