import type { Condition } from '../../../functions/core/iam/document.ts';
import { toBaseOperator } from '../../../functions/core/iam/value-matcher.ts';
import type { Draft } from './draft.ts';

/** A list of values that can be halved, each half in a statement of its own. */
interface Splittable {
  readonly values: readonly string[];
  readonly replace: (values: readonly string[]) => Draft;
}

/** Splits a denial that is too long where two denials say the same; in pieces that may still be too long. */
export function splitDenial(draft: Draft, fits: (draft: Draft) => boolean): readonly Draft[] {
  if (fits(draft)) return [draft];
  const [longest] = splittablesOf(draft).toSorted(
    (left, right) => lengthOf(right) - lengthOf(left),
  );
  if (longest === undefined) return [draft];
  const middle = Math.ceil(longest.values.length / 2);
  return [longest.values.slice(0, middle), longest.values.slice(middle)].flatMap((half) =>
    splitDenial(longest.replace(half), fits),
  );
}

function splittablesOf(draft: Draft): readonly Splittable[] {
  const { resource, conditions } = draft;
  const lists: readonly Splittable[] = [
    ...(resource.isNot ? [] : [{ values: resource.patterns, replace: withPatterns(draft) }]),
    ...conditions.flatMap((condition, index) =>
      isUnion(condition) ? [{ values: condition.values, replace: withValues(draft, index) }] : [],
    ),
  ];
  return lists.filter(({ values }) => values.length > 1);
}

/** Whether the condition matches where it would with one half of its values or with the other. */
function isUnion({ operator, set }: Condition): boolean {
  return !toBaseOperator(operator).isNegated && set !== 'ForAllValues';
}

function withPatterns(draft: Draft): Splittable['replace'] {
  return (patterns) => ({ ...draft, resource: { isNot: false, patterns } });
}

function withValues(draft: Draft, index: number): Splittable['replace'] {
  return (values) => ({
    ...draft,
    conditions: draft.conditions.map((condition, at) =>
      at === index ? { ...condition, values } : condition,
    ),
  });
}

function lengthOf({ values }: Splittable): number {
  return JSON.stringify(values).length;
}
