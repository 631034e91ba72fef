import { invalidParameter } from './faults.ts';

/** Refuses to publish a version rather than to pretend: the account has none yet. */
export function checkUnpublished(publish: boolean | undefined): void {
  if (publish === true) throw invalidParameter('the local account does not publish versions');
}
