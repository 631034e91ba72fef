import { conflict, lambdaFault } from './faults.ts';
import type { StoredVersion } from './stored-function.ts';

/** Refuses a change while the function is being made or changed. */
export function checkChangeable(stored: StoredVersion): void {
  if (stored.configuration.State === 'Pending') throw pendingConflict();
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

/** The refusal of a function that is not active yet. */
export function pendingConflict() {
  return conflict(
    'The operation cannot be performed at this time. The function is currently in the following state: Pending',
  );
}
