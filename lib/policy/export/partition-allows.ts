import type { Allow } from './allow-literals.ts';
import { type Cell, type Dimension, dimensionsOf } from './dimensions.ts';

interface Constrained {
  readonly allow: Allow;
  readonly values: readonly string[];
}

/**
 * Divides a cell by what its Allows exclude each other in, such as the function's name or the VPC.
 *
 * Without it, five teams with their own functions and subnets would take 32 statements instead of six.
 */
export function partitionAllows(cell: Cell): readonly Cell[] {
  for (const dimension of dimensionsOf(cell.allows)) {
    const cells = divide(cell, dimension);
    if (cells !== undefined) return cells.flatMap(partitionAllows);
  }
  return [cell];
}

/** One cell for each group of Allows, one for the values of none; undefined where that is no gain. */
function divide(cell: Cell, dimension: Dimension): readonly Cell[] | undefined {
  const constrained = cell.allows.flatMap((allow) => {
    const values = dimension.valuesOf(allow);
    return values === undefined ? [] : [{ allow, values }];
  });
  const groups = groupOverlapping(constrained, dimension);
  if (groups.length < 2) return undefined;
  const free = cell.allows.filter((allow) => dimension.valuesOf(allow) === undefined);
  const cells = [
    ...groups.map((group) => {
      const others = valuesOf(groups.filter((other) => other !== group).flat());
      return cellOf(group, others, { cell: { ...cell, allows: free }, dimension });
    }),
    dimension.narrow({ ...cell, allows: free }, valuesOf(constrained), true),
  ];
  const made = cells.filter((each) => each !== undefined);
  return made.length === cells.length ? made : undefined;
}

function cellOf(
  group: readonly Constrained[],
  others: readonly string[],
  { cell, dimension }: { readonly cell: Cell; readonly dimension: Dimension },
): Cell | undefined {
  const sets = group.map(({ values }) => JSON.stringify(values.toSorted()));
  const members = group.map(({ allow }) => allow);
  if (new Set(sets).size > 1) {
    // They overlap without being equal: each keeps what it asks for.
    return dimension.narrow({ ...cell, allows: [...members, ...cell.allows] }, others, true);
  }
  const allows = [...members.map(dimension.release), ...cell.allows];
  return dimension.narrow({ ...cell, allows }, valuesOf(group.slice(0, 1)), false);
}

/** Brings together the Allows that a value may belong to both of, directly or by others between them. */
function groupOverlapping(
  constrained: readonly Constrained[],
  { areDisjoint }: Dimension,
): readonly (readonly Constrained[])[] {
  let groups: readonly (readonly Constrained[])[] = [];
  for (const each of constrained) {
    const isApart = (group: readonly Constrained[]): boolean =>
      group.every((other) =>
        each.values.every((left) => other.values.every((right) => areDisjoint(left, right))),
      );
    const joined = groups.filter((group) => !isApart(group)).flat();
    groups = [...groups.filter(isApart), [...joined, each]];
  }
  return groups;
}

function valuesOf(constrained: readonly Constrained[]): readonly string[] {
  return [...new Set(constrained.flatMap(({ values }) => values))];
}
