import { holdsDetached, isPlainOnList, mayHoldDetached, spellAll } from '../conditions.ts';
import { exchange, findingIn } from '../correct.ts';
import type { LintFinding, LintRule } from '../lint-finding.ts';
import type { LintedAccess, LintedStatement } from '../linted-access.ts';

/** A condition on subnets or groups without `ForAllValues` or `ForAnyValue`: it never matches a list. */
export const plainOperatorOnList: LintRule = {
  id: 'plain-operator-on-list',
  title: 'an operator on subnets or security groups without `ForAllValues` or `ForAnyValue`',
  find: (access) => access.statements.flatMap((linted) => find(linted, access)),
};

function find(linted: LintedStatement, access: LintedAccess): readonly LintFinding[] {
  const { statement } = linted;
  const plain = statement.conditions.filter(isPlainOnList);
  if (plain.length === 0) return [];
  const does = statement.effect === 'Allow' ? 'allows' : 'denies';
  const isOnlyDetached = plain.every(holdsDetached) && mayHoldDetached(statement);
  const whom = isOnlyDetached ? 'only functions in no VPC' : 'nothing';
  const matches = plain.length === 1 ? 'matches' : 'match';
  const message = `${spellAll(plain)} never ${matches} a list, so the statement ${does} ${whom}`;
  const set = statement.effect === 'Allow' ? 'ForAllValues' : 'ForAnyValue';
  const corrected = exchange(linted, access, (condition) =>
    isPlainOnList(condition) ? { ...condition, set } : undefined,
  );
  return [{ ...findingIn(linted, plainOperatorOnList.id, message), ...corrected }];
}
