import { isForAllOnList, mayHoldDetached, spellAll } from '../conditions.ts';
import { exchange, findingIn } from '../correct.ts';
import type { LintFinding, LintRule } from '../lint-finding.ts';
import type { LintedAccess, LintedStatement } from '../linted-access.ts';

/** A Deny with `ForAllValues`: one other value in the list is enough to escape it. */
export const denyForAllValues: LintRule = {
  id: 'deny-for-all-values',
  title: 'a Deny with `ForAllValues`, which one other subnet or group is enough to escape',
  find: (access) =>
    access.statements
      .filter(({ statement }) => statement.effect === 'Deny')
      .flatMap((linted) => find(linted, access)),
};

function find(linted: LintedStatement, access: LintedAccess): readonly LintFinding[] {
  const wrong = linted.statement.conditions.filter(isForAllOnList);
  if (wrong.length === 0) return [];
  const holds = wrong.length === 1 ? 'holds' : 'hold';
  const beside = mayHoldDetached(linted.statement) ? ', and functions in no VPC are denied' : '';
  const message = `${spellAll(wrong)} ${holds} only where every value matches, so one other value is enough to escape${beside}`;
  const corrected = exchange(linted, access, (condition) =>
    isForAllOnList(condition) ? { ...condition, set: 'ForAnyValue' } : undefined,
  );
  return [{ ...findingIn(linted, denyForAllValues.id, message), ...corrected }];
}
