import type {
  Act,
  ActCounts,
  FunctionChange,
  PlannedAct,
  PlannedFunction,
  Share,
} from './plan-report.ts';

/** Whom a plan meets. */
export interface Met {
  readonly changes: readonly FunctionChange[];
  readonly remediations: readonly PlannedAct[];
  readonly waiting: readonly PlannedFunction[];
}

/** What meets one of those that share a plan: an owner, or a VPC; the one without a name is named `undefined`. */
export type NamedShare = Share & { readonly name: string | undefined };

/** Counts what meets each owner or VPC, the one that is met most first. */
export function shareOut(
  { changes, remediations, waiting }: Met,
  nameOf: (one: PlannedFunction) => string | undefined,
): readonly NamedShare[] {
  const violating = changes.filter(({ change }) => change === 'newly-violating');
  const met = new Map(
    [...violating, ...remediations, ...waiting].map((one) => [one.functionArn, nameOf(one)]),
  );
  const functions = Map.groupBy(met, ([, name]) => name);
  const newly = Map.groupBy(violating, nameOf);
  const acts = Map.groupBy(remediations, nameOf);
  return [...functions]
    .map(([name, all]) => ({
      name,
      functions: all.length,
      newlyViolating: newly.get(name)?.length ?? 0,
      ...countActs(acts.get(name) ?? []),
    }))
    .toSorted((left, right) => right.functions - left.functions || inOrder(left, right));
}

/** Counts remediations by what they are. */
export function countActs(remediations: readonly PlannedAct[]): ActCounts {
  const countOf = (act: Act) =>
    remediations.filter(({ remediation }) => remediation === act).length;
  return {
    quarantine: countOf('quarantine'),
    fallback: countOf('fallback'),
    revert: countOf('revert'),
    release: countOf('release'),
    wake: countOf('wake'),
  };
}

/** Whoever has no name comes last. */
function inOrder({ name: left }: NamedShare, { name: right }: NamedShare): number {
  if (left === undefined || right === undefined) return left === undefined ? 1 : -1;
  return left < right ? -1 : 1;
}
