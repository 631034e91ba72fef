import { referencesIn } from './references.ts';
import type { ResourceDeclaration } from './template.ts';
import { validationError } from './validation-error.ts';

/** Orders resources so that each comes after those that it needs; throws AWS's `ValidationError` on a circle. */
export function creationOrder(
  resources: ReadonlyMap<string, ResourceDeclaration>,
): readonly string[] {
  const ordered = new Set<string>();
  let waiting = [...resources].map(([id, declaration]) => ({
    id,
    needs: dependenciesOf(declaration).filter((name) => resources.has(name)),
  }));
  while (waiting.length > 0) {
    const ready = waiting.filter(({ needs }) => needs.every((name) => ordered.has(name)));
    if (ready.length === 0) {
      const ids = waiting.map(({ id }) => id).sort();
      throw validationError(`Circular dependency between resources: [${ids.join(', ')}]`);
    }
    for (const { id } of ready) ordered.add(id);
    waiting = waiting.filter(({ id }) => !ordered.has(id));
  }
  return [...ordered];
}

function dependenciesOf({ properties, dependsOn }: ResourceDeclaration): readonly string[] {
  return [...dependsOn, ...referencesIn(properties).map(({ name }) => name)];
}
