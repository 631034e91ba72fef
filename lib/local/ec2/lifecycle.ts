import type { AccountCore } from '../account-core.ts';

/** One step that something takes by itself, so long after the one before. */
export interface Stage<Item> {
  readonly seconds: number;
  /** Undefined means that it is gone then. */
  readonly change: (item: Item) => Item | undefined;
}

/** Lets something go through stages by itself, unless it is gone by then or somebody else moves it on. */
export function goThrough<Item extends { readonly state: string }>(
  core: AccountCore,
  { items, id }: { readonly items: Map<string, Item>; readonly id: string },
  [next, ...later]: readonly Stage<Item>[],
): void {
  const expected = items.get(id)?.state;
  if (next === undefined) return;
  core.clock.after(next.seconds * 1000, () => {
    const item = items.get(id);
    if (item === undefined || item.state !== expected) return;
    const changed = next.change(item);
    if (changed === undefined) items.delete(id);
    else items.set(id, changed);
    goThrough(core, { items, id }, later);
  });
}
