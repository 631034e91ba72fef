import { isEqual, type JsonObject } from './json-value.ts';
import {
  createResource,
  newResource,
  reasonOf,
  removeResource,
  resolveProperties,
  typeNamed,
  updateResource,
} from './resource-steps.ts';
import type { Run } from './resource-work.ts';
import type { StackResource, Target } from './stack.ts';
import { noteResource, noteStack } from './stack-log.ts';
import { failureOf, refusedResource, removalOrder, settle } from './stack-run.ts';
import type { ResourceDeclaration } from './template.ts';

/** What an update has done so far. */
interface Progress {
  readonly run: Run;
  readonly target: Target;
  /** Takes back what was done, one step each; false where that fails. */
  readonly undo: (() => Promise<boolean>)[];
  /** Resources that have a successor. */
  readonly replaced: StackResource[];
}

/** Brings a stack to a new target; takes everything back where one resource refuses. */
export async function runUpdate(run: Run, target: Target): Promise<void> {
  const progress: Progress = { run, target, undo: [], replaced: [] };
  noteStack(run, 'UPDATE_IN_PROGRESS', 'User Initiated');
  const failed = refusedResource(run, target) ?? (await changeAll(progress));
  const failure = failed === undefined ? await settle(run, target) : failureOf('update', [failed]);
  if (failure !== undefined) {
    await takeBack(progress, failure);
    return;
  }
  noteStack(run, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  await cleanUp(progress);
  run.stack.updatedAtMs = run.stacks.core.clock.nowMs();
  noteStack(run, 'UPDATE_COMPLETE');
}

async function changeAll(progress: Progress): Promise<string | undefined> {
  const { run, target } = progress;
  for (const id of target.order) {
    const declaration = target.template.resources.get(id);
    if (declaration === undefined) continue;
    const was = run.stack.resources.get(id);
    const isDone =
      was === undefined
        ? await add(progress, newResource(id, declaration))
        : await change(progress, was, declaration);
    if (!isDone) return id;
  }
  return undefined;
}

function add(
  { run, target, undo }: Progress,
  resource: StackResource,
  was?: StackResource,
): Promise<boolean> {
  undo.push(async () => {
    const isRemoved = await removeResource(run, resource, { isRetained: false });
    if (was === undefined) run.stack.resources.delete(resource.logicalId);
    else run.stack.resources.set(resource.logicalId, was);
    return isRemoved;
  });
  return createResource(run, target, resource);
}

async function change(
  progress: Progress,
  was: StackResource,
  declaration: ResourceDeclaration,
): Promise<boolean> {
  const { run, target, undo, replaced } = progress;
  const resource: StackResource = { ...was, declaration };
  try {
    resource.properties = await resolveProperties(run, target, declaration);
    if (isReplaced(was, resource)) {
      refuseSameName(was, resource.properties);
      replaced.push(was);
      return await add(progress, newResource(was.logicalId, declaration), was);
    }
  } catch (error) {
    noteResource(run, was, { status: 'UPDATE_FAILED', reason: reasonOf(error) });
    return false;
  }
  if (isEqual(was.properties, resource.properties)) {
    undo.push(async () => run.stack.resources.set(was.logicalId, was) !== undefined);
    run.stack.resources.set(was.logicalId, resource);
    return true;
  }
  undo.push(() => updateResource(run, resource, was));
  return updateResource(run, was, resource);
}

function isReplaced(was: StackResource, { declaration, properties }: StackResource): boolean {
  if (was.declaration.type !== declaration.type) return true;
  return typeNamed(declaration.type).replacedBy.some(
    (name) => !isEqual(was.properties[name], properties[name]),
  );
}

function refuseSameName({ declaration, properties: before }: StackResource, now: JsonObject): void {
  const { nameProperty } = typeNamed(declaration.type);
  const name = nameProperty === undefined ? undefined : now[nameProperty];
  if (name === undefined || nameProperty === undefined || name !== before[nameProperty]) return;
  throw new Error(
    `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${name} and update the stack again.`,
  );
}

async function takeBack({ run, undo }: Progress, failure: string): Promise<void> {
  noteStack(run, 'UPDATE_ROLLBACK_IN_PROGRESS', failure);
  const done: boolean[] = [];
  for (const step of undo.reverse()) done.push(await step());
  noteStack(run, done.every(Boolean) ? 'UPDATE_ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_FAILED');
}

/** What cannot be removed stays behind: the update itself is done. */
async function cleanUp({ run, target, replaced }: Progress): Promise<void> {
  const { resources } = run.stack;
  const wanted = new Set(target.order);
  const unwanted = [...resources.values()].filter(({ logicalId }) => !wanted.has(logicalId));
  for (const resource of removalOrder([...replaced, ...unwanted])) {
    const { isRetained, isRetainedOnReplace } = resource.declaration;
    const isReplaced = wanted.has(resource.logicalId);
    await removeResource(run, resource, {
      isRetained: isReplaced ? isRetainedOnReplace : isRetained,
    });
    if (!isReplaced) resources.delete(resource.logicalId);
  }
}
