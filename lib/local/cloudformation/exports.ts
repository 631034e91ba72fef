import { resolveValue } from './intrinsics.ts';
import { isObject, toText } from './json-value.ts';
import type { Scope } from './scope.ts';
import type { Stack, StackOutput, Stacks } from './stack.ts';

/** The name of another stack that exports a name. */
export function findExporter(
  { byId }: Stacks,
  stack: Stack,
  exportName: string | undefined,
): string | undefined {
  if (exportName === undefined) return undefined;
  return [...byId.values()].find(
    (other) =>
      other.id !== stack.id && other.outputs.some((output) => output.exportName === exportName),
  )?.name;
}

/** The values that all stacks but one export. */
export function exportsBeside({ byId }: Stacks, stack: Stack): ReadonlyMap<string, string> {
  return new Map(
    [...byId.values()]
      .filter((other) => other.id !== stack.id)
      .flatMap(({ outputs }) => outputs)
      .flatMap(({ exportName, value }) => (exportName === undefined ? [] : [[exportName, value]])),
  );
}

/** The names of the stacks that rely on an export. */
export function importersOf({ byId }: Stacks, exportName: string): readonly string[] {
  return [...byId.values()]
    .filter(({ status }) => status !== 'DELETE_COMPLETE' && status !== 'ROLLBACK_COMPLETE')
    .filter(({ imports }) => imports.has(exportName))
    .map(({ name }) => name);
}

/** Says which export other stacks rely on that would be gone, or another, with these outputs; undefined for none. */
export function heldExport(
  stacks: Stacks,
  { outputs: before }: Stack,
  after: readonly StackOutput[],
): string | undefined {
  for (const { exportName, value } of before) {
    const importers = exportName === undefined ? [] : importersOf(stacks, exportName);
    const now = after.find((output) => output.exportName === exportName);
    if (importers.length === 0 || now?.value === value) continue;
    const verb = now === undefined ? 'deleted' : 'updated';
    return `Export ${exportName} cannot be ${verb} as it is in use by ${importers.join(', ')}`;
  }
  return undefined;
}

/** Lists the exports that a part of a template imports; their names can hang on parameters only. */
export function importsIn(value: unknown, scope: Scope): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => importsIn(item, scope));
  if (!isObject(value)) return [];
  const below = Object.values(value).flatMap((held) => importsIn(held, scope));
  const { 'Fn::ImportValue': name } = value;
  return name === undefined ? below : [toText(resolveValue(name, scope)), ...below];
}
