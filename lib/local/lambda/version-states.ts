import { randomUUID } from 'node:crypto';
import type { AttachFailure } from './attach-failure.ts';
import type { Configuration, StoredVersion } from './stored-function.ts';

/** The state of a function, or of a version, that is being created. */
export const CREATING = {
  State: 'Pending',
  StateReason: 'The function is being created.',
  StateReasonCode: 'Creating',
} as const satisfies Partial<Configuration>;

/** The state of a function that is being changed; reason and code are what the live service answers. */
export const UPDATING = {
  LastUpdateStatus: 'InProgress',
  LastUpdateStatusReason: 'The function is being created.',
  LastUpdateStatusReasonCode: 'Creating',
} as const satisfies Partial<Configuration>;

/** A function is idle, and Lambda has reclaimed what it held. */
export const IDLE = {
  State: 'Inactive',
  StateReason: 'The function is currently idle.',
  StateReasonCode: 'Idle',
} as const satisfies Partial<Configuration>;

/** The text of the reason is not verified against AWS. */
export const RESTORING = {
  State: 'Pending',
  StateReason: 'The function is being restored.',
  StateReasonCode: 'Restoring',
} as const satisfies Partial<Configuration>;

/** Reason and code are not verified against AWS. */
export const CANCELLED = {
  State: 'Failed',
  StateReason: 'The operation was pending for too long and has been cancelled.',
  StateReasonCode: 'InternalError',
} as const satisfies Partial<Configuration>;

/**
 * What a failed creation or update leaves: it names what was asked for, and runs, if at all, what it ran before.
 *
 * That the last update of a failed creation has failed too is not verified against AWS.
 */
export function toFailed(
  { configuration, serving }: StoredVersion,
  { code, reason }: AttachFailure,
): Configuration {
  const isCreation = serving === undefined;
  return {
    ...configuration,
    ...(isCreation ? { State: 'Failed', StateReason: reason, StateReasonCode: code } : {}),
    LastUpdateStatus: 'Failed',
    LastUpdateStatusReason: reason,
    LastUpdateStatusReasonCode: code,
    RevisionId: randomUUID(),
  };
}

/** What a creation or an update that went well leaves, under a revision of its own. */
export function toCompleted(configuration: Configuration, wakes: boolean): Configuration {
  const {
    LastUpdateStatusReason: _reason,
    LastUpdateStatusReasonCode: _code,
    ...rest
  } = wakes ? toActive(configuration) : configuration;
  return { ...rest, LastUpdateStatus: 'Successful', RevisionId: randomUUID() };
}

/** An active version gives no reason for its state. */
export function toActive(configuration: Configuration): Configuration {
  const { StateReason: _reason, StateReasonCode: _code, ...rest } = configuration;
  return { ...rest, State: 'Active' };
}
