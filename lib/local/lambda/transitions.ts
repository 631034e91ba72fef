import { randomUUID } from 'node:crypto';
import { findRole, missingInterfaceCall } from './execution-role.ts';
import { announceCapacity, changeFunction, type LambdaContext } from './lambda-context.ts';
import { type Configuration, isAttached, type StoredFunction } from './stored-function.ts';

/** The state of a function that is being created. */
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
  stored: StoredFunction,
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
export function restore(context: LambdaContext, stored: StoredFunction): void {
  const pending = { ...stored, configuration: { ...stored.configuration, ...RESTORING } };
  context.functions.set(stored.name, pending);
  context.interfaces.prepare(stored.configuration.VpcConfig);
  whenUnchanged(context, pending, context.durations.restoreMs, (present) => {
    const refusal = restoreRefusal(context, present);
    if (refusal !== undefined) {
      const configuration = { ...present.configuration, ...refusal };
      context.functions.set(present.name, { ...present, configuration });
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
  present: StoredFunction,
  configuration: Configuration,
): void {
  const { code, name } = present;
  const active: StoredFunction = {
    ...present,
    configuration,
    serving: { configuration, code },
    usedAtMs: context.core.clock.nowMs(),
  };
  context.functions.set(name, active);
  watchIdleness(context, active);
  announceCapacity(context, name);
}

/** Follows one function until it is idle, changed or gone. */
function watchIdleness(context: LambdaContext, stored: StoredFunction): void {
  if (!holdsResources(stored)) return;
  const { core, durations } = context;
  const waitMs = stored.usedAtMs + durations.idleMs - core.clock.nowMs();
  whenUnchanged(context, stored, waitMs, (present) => {
    if (present.configuration.State !== 'Active') return;
    if (present.usedAtMs + durations.idleMs > core.clock.nowMs()) {
      watchIdleness(context, present);
      return;
    }
    changeFunction(context, present.name, (idle) => ({
      ...idle,
      configuration: { ...idle.configuration, ...IDLE },
    }));
    context.interfaces.reclaim();
  });
}

/** Only an attachment or an optimised image can be reclaimed. */
function holdsResources({ configuration }: StoredFunction): boolean {
  return isAttached(configuration) || configuration.PackageType === 'Image';
}

/** Runs a task later, unless the function was changed, or deleted and made anew, in between. */
function whenUnchanged(
  { core, functions }: LambdaContext,
  { name, configuration }: StoredFunction,
  waitMs: number,
  task: (present: StoredFunction) => void,
): void {
  core.clock.after(waitMs, () => {
    const present = functions.get(name);
    if (present?.configuration.RevisionId === configuration.RevisionId) task(present);
  });
}

function withoutReason(configuration: Configuration): Configuration {
  const { StateReason: _reason, StateReasonCode: _code, ...rest } = configuration;
  return rest;
}

/** Why a function cannot be brought back: the texts are not verified against AWS. */
function restoreRefusal(
  { core, network }: LambdaContext,
  { configuration }: StoredFunction,
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
