import { isMultiValuedKey } from '../../../functions/core/iam/condition-keys.ts';
import type { Condition } from '../../../functions/core/iam/document.ts';
import { splitArn } from '../../../functions/core/iam/value-matcher.ts';
import type { Allow } from './allow-literals.ts';
import { EVERYTHING, type Resource } from './draft.ts';
import { areDisjoint, matchesEveryFunction, meetResources } from './meet-resources.ts';
import { oppositeOf } from './negate-condition.ts';
import { mayMeet } from './patterns.ts';

/** A part of all calls, and the Allows that can be about a call in it. */
export interface Cell {
  readonly resource: Resource;
  readonly conditions: readonly Condition[];
  readonly allows: readonly Allow[];
}

/** Something of which a call has one value at most, so that Allows of different values exclude each other. */
export interface Dimension {
  /** The values that an Allow asks for; undefined where any will do. */
  readonly valuesOf: (allow: Allow) => readonly string[] | undefined;
  readonly areDisjoint: (left: string, right: string) => boolean;
  /** The part of a cell with these values, or without them; undefined where no statement can say it. */
  readonly narrow: (cell: Cell, values: readonly string[], isNot: boolean) => Cell | undefined;
  /** The Allow, for any value. */
  readonly release: (allow: Allow) => Allow;
}

type Exclusive = Pick<Condition, 'key'> & { readonly operator: keyof typeof DISJOINT };

const DISJOINT = {
  StringEquals: (left: string, right: string) => left !== right,
  StringEqualsIgnoreCase: (left: string, right: string) =>
    left.toLowerCase() !== right.toLowerCase(),
  StringLike: (left: string, right: string) => !mayMeet(left, right),
  ArnEquals: areArnsDisjoint,
  ArnLike: areArnsDisjoint,
};

const BY_RESOURCE: Dimension = {
  areDisjoint,
  valuesOf: ({ resource: { isNot, patterns } }) =>
    isNot || matchesEveryFunction(patterns) ? undefined : patterns,
  narrow: (cell, patterns, isNot) => {
    const resource = meetResources(cell.resource, { isNot, patterns });
    return resource.kind === 'made' ? { ...cell, resource: resource.value } : undefined;
  },
  release: (allow) => ({ ...allow, resource: EVERYTHING }),
};

/** The dimensions in which some of the Allows ask for values. */
export function dimensionsOf(allows: readonly Allow[]): readonly Dimension[] {
  const found = new Map<string, Dimension>();
  for (const condition of allows.flatMap(({ conditions }) => conditions)) {
    if (!isExclusive(condition)) continue;
    found.set(`${condition.operator} ${condition.key}`, createDimension(condition));
  }
  return [BY_RESOURCE, ...found.values()];
}

function createDimension({ operator, key }: Exclusive): Dimension {
  const isOfIt = (condition: Condition): boolean =>
    isExclusive(condition) && condition.operator === operator && condition.key === key;
  return {
    areDisjoint: DISJOINT[operator],
    valuesOf: ({ conditions }) => conditions.find(isOfIt)?.values,
    narrow: (cell, values, isNot) => {
      const spelled = isNot ? oppositeOf(operator) : operator;
      const condition: Condition = { operator: spelled, ifExists: false, key, values };
      return { ...cell, conditions: [...cell.conditions, condition] };
    },
    release: (allow) => ({
      ...allow,
      conditions: allow.conditions.toSpliced(allow.conditions.findIndex(isOfIt), 1),
    }),
  };
}

function isExclusive(condition: Condition): condition is Condition & Exclusive {
  const { operator, set, ifExists, key } = condition;
  return operator in DISJOINT && set === undefined && !ifExists && !isMultiValuedKey(key);
}

/** Wildcards do not cross the colons of an ARN. */
function areArnsDisjoint(left: string, right: string): boolean {
  const others = splitArn(right) ?? [];
  return (splitArn(left) ?? []).some((part, index) => !mayMeet(part, others[index] ?? '*'));
}
