import type { ChangeEvent } from './change-event.ts';
import type { Observation } from './observe.ts';
import type { TagWrites } from './trusted-tags.ts';

/**
 * Brings up to date who wrote the tags that count.
 *
 * An event explains a value that the function still has; an older one only where nobody explained it yet.
 */
export function noteTagWrites(
  known: TagWrites,
  { snapshot, change, trustedKeys }: Observation,
  isNews: boolean,
): TagWrites {
  const written = Object.entries(change?.tags ?? {})
    .filter(([key]) => isNews || !Object.hasOwn(known, key))
    .map(([key, value]) => [key, { value, ...writerOf(change) }] as const);
  const writes = [...Object.entries(known), ...written].filter(
    ([key, { value }]) =>
      trustedKeys.has(key) && Object.hasOwn(snapshot.tags, key) && snapshot.tags[key] === value,
  );
  return Object.fromEntries(writes);
}

function writerOf(change: ChangeEvent | undefined): { readonly writer?: string } {
  const principalArn = change?.actor.principalArn;
  return principalArn === undefined ? {} : { writer: principalArn };
}
