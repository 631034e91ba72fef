import type { Attachment } from './attachment.ts';

/** What AWS reports of one function now. Never holds its environment, code location or layers. */
export interface FunctionSnapshot {
  /** Without a qualifier. */
  readonly functionArn: string;
  readonly revisionId: string;
  /** The execution role's ARN. */
  readonly role: string;
  readonly attachment: Attachment;
  /** An open set: real answers carry values that no SDK lists. */
  readonly state: string;
  readonly stateReasonCode?: string;
  /** Absent on a function that was never updated. */
  readonly lastUpdateStatus?: string;
  readonly lastUpdateStatusReasonCode?: string;
  readonly packageType: string;
  readonly hasSnapStart: boolean;
  /** Its VPC is the capacity provider's, not its own attachment. */
  readonly hasCapacityProvider: boolean;
  readonly capacityProviderArn?: string;
  /** When AWS last changed it: it existed by then. Absent where AWS does not say. */
  readonly lastModifiedMs?: number;
  /** Where asynchronous events go that failed; absent where the function names nothing. */
  readonly deadLetterTargetArn?: string;
  /** Absent when nothing is reserved. */
  readonly reservedConcurrency?: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Why its states, reservation and tags are not known: only a list was read. Absent where they are. */
  readonly unread?: string;
}

/** Tells whether AWS is still working on a create, a restore or an update. */
export function isInFlight(snapshot: FunctionSnapshot): boolean {
  return snapshot.state === 'Pending' || snapshot.lastUpdateStatus === 'InProgress';
}

/** Tells whether the attachment is one that AWS has been seen to run. */
export function isSettled(snapshot: FunctionSnapshot): boolean {
  return (
    (snapshot.state === 'Active' || snapshot.state === 'Inactive') &&
    (snapshot.lastUpdateStatus ?? 'Successful') === 'Successful'
  );
}

/** Tells whether AWS reclaimed what the function needs to run, and has not restored it since, asked or not. */
export function isIdle({ state }: Pick<FunctionSnapshot, 'state'>): boolean {
  return state === 'Inactive';
}

/** Tells whether AWS tried to restore an idle function, and could not: it names another reason then. */
export function isNotRestored({ state, stateReasonCode = 'Idle' }: FunctionSnapshot): boolean {
  return state === 'Inactive' && stateReasonCode !== 'Idle';
}
