import { findExporter, heldExport } from './exports.ts';
import { resolveValue } from './intrinsics.ts';
import { toText } from './json-value.ts';
import { creationOrder } from './order.ts';
import {
  createResource,
  newResource,
  reasonOf,
  refreshNamed,
  refuseUnsupported,
  removeResource,
  scopeOf,
} from './resource-steps.ts';
import type { Run } from './resource-work.ts';
import type { StackOutput, StackResource, Target } from './stack.ts';
import { noteResource, noteStack } from './stack-log.ts';
import { holds, outputsOf } from './target.ts';
import { validationError } from './validation-error.ts';

/** Makes every resource of a new stack; removes them again where one cannot be made. */
export async function runCreate(run: Run, target: Target): Promise<void> {
  noteStack(run, 'CREATE_IN_PROGRESS', 'User Initiated');
  const refused = refusedResource(run, target);
  const failed = refused ?? (await createAll(run, target));
  const failure = failed === undefined ? await settle(run, target) : failureOf('create', [failed]);
  if (failure === undefined) {
    noteStack(run, 'CREATE_COMPLETE');
    return;
  }
  noteStack(run, 'ROLLBACK_IN_PROGRESS', `${failure} Rollback requested by user.`);
  const left = await removeAll(run);
  if (left.length === 0) noteStack(run, 'ROLLBACK_COMPLETE');
  else noteStack(run, 'ROLLBACK_FAILED', failureOf('delete', left));
}

/** Removes every resource of a stack. */
export async function runDelete(run: Run): Promise<void> {
  const held = heldExport(run.stacks, run.stack, []);
  if (held !== undefined) {
    // AWS: the stack stays what it was, with the reason in its history.
    noteStack(run, run.stack.status, held);
    return;
  }
  noteStack(run, 'DELETE_IN_PROGRESS', 'User Initiated');
  const left = await removeAll(run);
  if (left.length > 0) {
    noteStack(run, 'DELETE_FAILED', failureOf('delete', left));
    return;
  }
  run.stack.deletedAtMs = run.stacks.core.clock.nowMs();
  run.stack.outputs = [];
  noteStack(run, 'DELETE_COMPLETE');
}

/** Finds a resource that nothing could make, before anything is made. */
export function refusedResource(run: Run, { template, order }: Target): string | undefined {
  for (const id of order) {
    const declaration = template.resources.get(id);
    if (declaration === undefined) continue;
    try {
      refuseUnsupported(declaration, declaration.properties);
    } catch (error) {
      const resource = run.stack.resources.get(id) ?? newResource(id, declaration);
      const status = resource.physicalId === '' ? 'CREATE_FAILED' : 'UPDATE_FAILED';
      noteResource(run, resource, { status, reason: reasonOf(error) });
      return id;
    }
  }
  return undefined;
}

/** Says which resources stopped a stack, as AWS does. */
export function failureOf(verb: 'create' | 'update' | 'delete', ids: readonly string[]): string {
  return `The following resource(s) failed to ${verb}: [${ids.join(', ')}].`;
}

/** Takes over a target that is reached; answers what speaks against it. */
export async function settle(run: Run, target: Target): Promise<string | undefined> {
  const { stack } = run;
  try {
    await refreshNamed(run, outputsOf(target));
    const outputs = resolveOutputs(run, target);
    const taken = outputs.find(({ exportName }) => findExporter(run.stacks, stack, exportName));
    if (taken !== undefined) {
      const exporter = findExporter(run.stacks, stack, taken.exportName);
      return `Export with name ${taken.exportName} is already exported by stack ${exporter}.`;
    }
    const held = heldExport(run.stacks, stack, outputs);
    if (held !== undefined) return held;
    const { template, parameters, imports } = target;
    Object.assign(stack, { outputs, template, parameters, imports });
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** Resources in the order in which they have to go. */
export function removalOrder(resources: Iterable<StackResource>): readonly StackResource[] {
  const byId = new Map([...resources].map((resource) => [resource.logicalId, resource]));
  const declared = [...byId].map(([id, { declaration }]) => [id, declaration] as const);
  return creationOrder(new Map(declared))
    .flatMap((id) => byId.get(id) ?? [])
    .reverse();
}

async function createAll(run: Run, target: Target): Promise<string | undefined> {
  for (const id of target.order) {
    const declaration = target.template.resources.get(id);
    if (declaration === undefined) continue;
    if (!(await createResource(run, target, newResource(id, declaration)))) return id;
  }
  return undefined;
}

async function removeAll(run: Run): Promise<readonly string[]> {
  const left: string[] = [];
  for (const resource of removalOrder(run.stack.resources.values())) {
    const { isRetained } = resource.declaration;
    if (!(await removeResource(run, resource, { isRetained }))) left.push(resource.logicalId);
  }
  return left;
}

function resolveOutputs(run: Run, target: Target): readonly StackOutput[] {
  const scope = scopeOf(run, target);
  return [...target.template.outputs]
    .filter(([, { condition }]) => holds(condition, target.conditions))
    .map(([key, { value, description, exportName }]) => {
      const resolved = resolveValue(value, scope);
      if (typeof resolved === 'object') {
        throw validationError(`Template format error: Output ${key} must be a string`);
      }
      return {
        key,
        value: toText(resolved),
        ...(description === undefined ? {} : { description }),
        ...(exportName === undefined
          ? {}
          : { exportName: toText(resolveValue(exportName, scope)) }),
      };
    });
}
