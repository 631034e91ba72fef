import { intrinsicOf } from './intrinsic-syntax.ts';
import { isObject } from './json-value.ts';

/** The properties that are supported, by name: `true` is any value, a shape describes an object or a list of them. */
export interface PropertyShape {
  readonly [name: string]: true | PropertyShape;
}

/** Names the first property that a shape does not know, as a path; undefined where there is none. */
export function findUnsupported(value: unknown, shape: PropertyShape): string | undefined {
  if (Array.isArray(value)) return firstOf(value, (item) => findUnsupported(item, shape));
  if (!isObject(value)) return undefined;
  const found = intrinsicOf(value);
  if (found !== undefined) {
    // Both branches of a condition stand in the property's place; of other functions only the answer does.
    return found.name === 'Fn::If' ? findUnsupported(found.argument, shape) : undefined;
  }
  return firstOf(Object.entries(value), ([name, held]) => {
    const inner = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (inner === undefined) return name;
    const below = inner === true ? undefined : findUnsupported(held, inner);
    return below === undefined ? undefined : `${name}.${below}`;
  });
}

function firstOf<Item>(
  items: readonly Item[],
  find: (item: Item) => string | undefined,
): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
