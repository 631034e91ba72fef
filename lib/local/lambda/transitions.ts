import { randomUUID } from 'node:crypto';
import { type AttachFailure, findAttachingRole } from './attach-failure.ts';
import { changeVersion, presentVersion } from './find-version.ts';
import { announceCapacity, type LambdaContext } from './lambda-context.ts';
import {
  type Configuration,
  isAttached,
  isSnapStarted,
  type StoredVersion,
} from './stored-function.ts';
import { CANCELLED, IDLE, RESTORING, toActive, toCompleted, toFailed } from './version-states.ts';

/** AWS: what has been pending for longer can be taken out of it by changing the function. */
const STUCK_MS = 6 * 60_000;

/** Ends a creation or an update after so long: what was asked for serves from then on, unless it failed. */
export function completeAfter(
  context: LambdaContext,
  stored: StoredVersion,
  { waitMs, wakes }: { readonly waitMs: number; readonly wakes: boolean },
): void {
  whenUnchanged(context, stored, waitMs, (present) => {
    const failure = wakes ? context.interfaces.make(present.configuration) : undefined;
    if (failure !== undefined) {
      putOn(context, present, { configuration: toFailed(present, failure) });
      return;
    }
    const configuration = toCompleted(present.configuration, wakes);
    const serving = { configuration, code: present.code };
    putOn(context, present, { configuration, serving, usedAtMs: context.core.clock.nowMs() });
    if (wakes && present.serving !== undefined) context.interfaces.reclaimLater();
  });
}

/** Starts to bring an idle version back; where that fails, it is inactive again and says why. */
export function restore(context: LambdaContext, stored: StoredVersion): void {
  const { core, durations, interfaces } = context;
  const { configuration = stored.configuration } = stored.serving ?? {};
  changeVersion(context, stored, {
    configuration: { ...stored.configuration, ...RESTORING },
    usedAtMs: core.clock.nowMs(),
  });
  interfaces.prepare(configuration.VpcConfig);
  core.clock.after(durations.restoreMs, () => {
    const present = presentVersion(context, stored);
    // Not by its revision: an update that ends meanwhile gives it another.
    if (present?.configuration.StateReasonCode === RESTORING.StateReasonCode) {
      endRestoring(context, present);
    }
  });
}

function endRestoring(context: LambdaContext, present: StoredVersion): void {
  const { configuration = present.configuration } = present.serving ?? {};
  const failure = restoreFailure(context, configuration);
  if (failure === undefined) {
    const restored = toActive(present.configuration);
    putOn(context, present, {
      configuration: restored,
      usedAtMs: context.core.clock.nowMs(),
    });
    return;
  }
  const { reason: StateReason, code: StateReasonCode } = failure;
  const refused: Configuration = {
    ...present.configuration,
    State: 'Inactive',
    StateReason,
    StateReasonCode,
  };
  changeVersion(context, present, { configuration: refused });
}

/** The role has to be good even where a version that is awake shares its interfaces. */
function restoreFailure(
  { core, interfaces }: LambdaContext,
  configuration: Configuration,
): AttachFailure | undefined {
  if (!isAttached(configuration)) return undefined;
  const role = findAttachingRole(core, configuration.Role);
  return 'code' in role ? role : interfaces.make(configuration);
}

/** Cancels what a version has been pending for too long for; tells whether there was such a thing. */
export function cancelStuck(context: LambdaContext, stored: StoredVersion): boolean {
  if (context.core.clock.nowMs() - stored.usedAtMs <= STUCK_MS) return false;
  const configuration = { ...stored.configuration, ...CANCELLED, RevisionId: randomUUID() };
  changeVersion(context, stored, { configuration });
  return true;
}

/** Stores what a version has become, follows its idleness, and tells all who wait for it. */
function putOn(
  context: LambdaContext,
  present: StoredVersion,
  change: Parameters<typeof changeVersion>[2],
): void {
  const changed = changeVersion(context, present, change);
  if (changed !== undefined) watchIdleness(context, changed);
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

/** Only an attachment, an optimised image or a snapshot can be reclaimed from what serves. */
function holdsResources({ serving }: StoredVersion): boolean {
  if (serving === undefined) return false;
  const { configuration } = serving;
  return (
    isAttached(configuration) ||
    configuration.PackageType === 'Image' ||
    isSnapStarted(configuration)
  );
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
