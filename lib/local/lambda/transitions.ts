import { randomUUID } from 'node:crypto';
import { findRole, missingInterfaceCall } from './execution-role.ts';
import { changeVersion, presentVersion } from './find-version.ts';
import { announceCapacity, type LambdaContext } from './lambda-context.ts';
import { type Configuration, isAttached, type StoredVersion } from './stored-function.ts';

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
const IDLE = {
  State: 'Inactive',
  StateReason: 'The function is currently idle.',
  StateReasonCode: 'Idle',
} as const satisfies Partial<Configuration>;

/** The text of the reason is not verified against AWS. */
const RESTORING = {
  State: 'Pending',
  StateReason: 'The function is being restored.',
  StateReasonCode: 'Restoring',
} as const satisfies Partial<Configuration>;

/** Ends a creation or an update after so long: what was asked for serves from then on. */
export function completeAfter(
  context: LambdaContext,
  stored: StoredVersion,
  { waitMs, wakes }: { readonly waitMs: number; readonly wakes: boolean },
): void {
  whenUnchanged(context, stored, waitMs, (present) => {
    const {
      LastUpdateStatusReason: _r,
      LastUpdateStatusReasonCode: _c,
      ...settled
    } = wakes ? withoutReason(present.configuration) : present.configuration;
    const configuration: Configuration = {
      ...settled,
      ...(wakes ? { State: 'Active' } : {}),
      LastUpdateStatus: 'Successful',
      RevisionId: randomUUID(),
    };
    putInService(context, present, configuration);
  });
}

/** Starts to bring an idle function back. */
export function restore(context: LambdaContext, stored: StoredVersion): void {
  const configuration = { ...stored.configuration, ...RESTORING };
  changeVersion(context, stored, { configuration });
  context.interfaces.prepare(configuration.VpcConfig);
  whenUnchanged(context, stored, context.durations.restoreMs, (present) => {
    const refusal = restoreRefusal(context, present);
    if (refusal !== undefined) {
      changeVersion(context, present, { configuration: { ...present.configuration, ...refusal } });
      return;
    }
    const configuration: Configuration = {
      ...withoutReason(present.configuration),
      State: 'Active',
    };
    putInService(context, present, configuration);
  });
}

function putInService(
  context: LambdaContext,
  present: StoredVersion,
  configuration: Configuration,
): void {
  const active = changeVersion(context, present, {
    configuration,
    serving: { configuration, code: present.code },
    usedAtMs: context.core.clock.nowMs(),
  });
  if (active !== undefined) watchIdleness(context, active);
  announceCapacity(context, present.name);
}

/** Gives `$LATEST` a new revision, as publishing it does, and goes on to follow its idleness. */
export function renewRevision(context: LambdaContext, latest: StoredVersion): void {
  const configuration = { ...latest.configuration, RevisionId: randomUUID() };
  const renewed = changeVersion(context, latest, { configuration });
  if (renewed !== undefined) watchIdleness(context, renewed);
}

/** Follows one version until it is idle, changed or gone. */
function watchIdleness(context: LambdaContext, stored: StoredVersion): void {
  if (!holdsResources(stored)) return;
  const { core, durations } = context;
  const waitMs = stored.usedAtMs + durations.idleMs - core.clock.nowMs();
  whenUnchanged(context, stored, waitMs, (present) => {
    if (present.configuration.State !== 'Active') return;
    if (present.usedAtMs + durations.idleMs > core.clock.nowMs()) {
      watchIdleness(context, present);
      return;
    }
    changeVersion(context, present, { configuration: { ...present.configuration, ...IDLE } });
    context.interfaces.reclaim();
  });
}

/** Only an attachment or an optimised image can be reclaimed. */
function holdsResources({ configuration }: StoredVersion): boolean {
  return isAttached(configuration) || configuration.PackageType === 'Image';
}

/** Runs a task later, unless the version was changed, or deleted and made anew, in between. */
function whenUnchanged(
  context: LambdaContext,
  version: StoredVersion,
  waitMs: number,
  task: (present: StoredVersion) => void,
): void {
  context.core.clock.after(waitMs, () => {
    const present = presentVersion(context, version);
    if (present?.configuration.RevisionId === version.configuration.RevisionId) task(present);
  });
}

function withoutReason(configuration: Configuration): Configuration {
  const { StateReason: _reason, StateReasonCode: _code, ...rest } = configuration;
  return rest;
}

/** Why a function cannot be brought back: the texts are not verified against AWS. */
function restoreRefusal(
  { core, network }: LambdaContext,
  { configuration }: StoredVersion,
): Partial<Configuration> | undefined {
  if (!isAttached(configuration)) return undefined;
  const role = findRole(core, configuration.Role);
  const missing = role === undefined ? 'CreateNetworkInterface' : missingInterfaceCall(core, role);
  if (missing !== undefined) {
    return {
      State: 'Inactive',
      StateReason: `The function's execution role does not have permissions to call ${missing} on EC2.`,
      StateReasonCode: 'InsufficientRolePermissions',
    };
  }
  const lost = configuration.VpcConfig?.SubnetIds.find((id) => !network.subnets.has(id));
  if (lost === undefined) return undefined;
  return {
    State: 'Inactive',
    StateReason: `The subnet ${lost} does not exist.`,
    StateReasonCode: 'InvalidSubnet',
  };
}
