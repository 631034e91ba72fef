import { AwsFault } from '../wire/aws-fault.ts';
import { exportsBeside } from './exports.ts';
import { resolveValue } from './intrinsics.ts';
import { isObject, type JsonObject } from './json-value.ts';
import { unlessMissing } from './missing.ts';
import { findUnsupported } from './property-shape.ts';
import { referencesIn } from './references.ts';
import type { ResourceType, ResourceWork } from './resource-type.ts';
import { RESOURCE_TYPES } from './resource-types.ts';
import { createWork, type Run } from './resource-work.ts';
import type { Scope } from './scope.ts';
import type { StackResource, Target } from './stack.ts';
import { noteResource } from './stack-log.ts';
import type { ResourceDeclaration } from './template.ts';
import { validationError } from './validation-error.ts';

/** What a target's values are resolved against while a stack is being worked on. */
export function scopeOf(
  { stacks, stack }: Run,
  { values, conditions, template: { mappings } }: Target,
): Scope {
  const exports = exportsBeside(stacks, stack);
  return { values, mappings, conditions, resources: stack.resources, exports };
}

/** Starts the entry of a resource that is about to be made. */
export function newResource(logicalId: string, declaration: ResourceDeclaration): StackResource {
  return {
    logicalId,
    declaration,
    properties: {},
    physicalId: '',
    attributes: {},
    atMs: 0,
  };
}

/** Makes a resource; false where its service refuses. */
export function createResource(
  run: Run,
  target: Target,
  resource: StackResource,
): Promise<boolean> {
  run.stack.resources.set(resource.logicalId, resource);
  return attempt(run, resource, {
    verb: 'CREATE',
    act: async (type, work) => {
      resource.properties = await resolveProperties(run, target, resource.declaration);
      Object.assign(resource, await type.create(work, resource.properties));
    },
  });
}

/** Changes a resource in place; false where its service refuses. */
export function updateResource(
  run: Run,
  was: StackResource,
  resource: StackResource,
): Promise<boolean> {
  run.stack.resources.set(resource.logicalId, resource);
  return attempt(run, resource, {
    verb: 'UPDATE',
    act: async (type, work) => {
      Object.assign(resource, await type.update(work, resource.properties, was));
    },
  });
}

/** Removes a resource that was made, unless it is to outlive the stack; false where its service refuses. */
export function removeResource(
  run: Run,
  resource: StackResource,
  { isRetained }: { readonly isRetained: boolean },
): Promise<boolean> {
  const isGone =
    resource.physicalId === '' || /^DELETE_(COMPLETE|SKIPPED)$/.test(resource.status ?? '');
  if (isGone) return Promise.resolve(true);
  if (isRetained) {
    noteResource(run, resource, { status: 'DELETE_SKIPPED' });
    return Promise.resolve(true);
  }
  return attempt(run, resource, {
    verb: 'DELETE',
    act: (type, work) => unlessMissing(type.remove(work, resource)),
  });
}

/** The properties that a declaration stands for now. */
export async function resolveProperties(
  run: Run,
  target: Target,
  declaration: ResourceDeclaration,
): Promise<JsonObject> {
  await refreshNamed(run, declaration.properties);
  const properties = resolveValue(declaration.properties, scopeOf(run, target));
  if (!isObject(properties)) throw validationError('Properties must be an object');
  refuseUnsupported(declaration, properties);
  return properties;
}

/** Reads again what a part of a template names of other resources, where others may have changed it. */
export async function refreshNamed(run: Run, part: unknown): Promise<void> {
  for (const { name, attribute = '' } of referencesIn(part)) {
    const named = run.stack.resources.get(name);
    if (named === undefined) continue;
    const { changing } = typeNamed(named.declaration.type);
    if (changing?.names.includes(attribute) !== true) continue;
    const attributes = await changing.read(
      createWork(run, name, () => {}),
      named,
    );
    Object.assign(named, { attributes });
  }
}

/** Refuses a resource with a property that its type does not support, or without one that it needs. */
export function refuseUnsupported(
  { type: name }: ResourceDeclaration,
  properties: JsonObject,
): void {
  const type = typeNamed(name);
  const unsupported = findUnsupported(properties, type.properties);
  if (unsupported !== undefined) {
    throw validationError(
      `Encountered unsupported property ${unsupported}: the local account does not know it of ${name}`,
    );
  }
  const missing = type.required.find((property) => properties[property] === undefined);
  if (missing !== undefined) throw validationError(`Property ${missing} cannot be empty.`);
}

/** The type of a resource; targets hold no others. */
export function typeNamed(name: string): ResourceType {
  const type = RESOURCE_TYPES.get(name);
  if (type !== undefined) return type;
  throw validationError(`Unrecognized resource type: ${name}`);
}

/** Says in a stack's history why something could not be done. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof AwsFault)) return error instanceof Error ? error.message : String(error);
  if (error.code === 'ValidationError') return error.message;
  return `Resource handler returned message: "${error.message}" (${error.code})`;
}

async function attempt(
  run: Run,
  resource: StackResource,
  {
    verb,
    act,
  }: {
    readonly verb: 'CREATE' | 'UPDATE' | 'DELETE';
    readonly act: (type: ResourceType, work: ResourceWork) => Promise<void>;
  },
): Promise<boolean> {
  noteResource(run, resource, { status: `${verb}_IN_PROGRESS` });
  const work = createWork(run, resource.logicalId, (made) => {
    Object.assign(resource, made);
  });
  try {
    await act(typeNamed(resource.declaration.type), work);
    noteResource(run, resource, { status: `${verb}_COMPLETE` });
    return true;
  } catch (error) {
    noteResource(run, resource, { status: `${verb}_FAILED`, reason: reasonOf(error) });
    return false;
  }
}
