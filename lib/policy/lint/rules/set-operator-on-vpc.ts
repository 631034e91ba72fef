import type { Condition } from '../../../../functions/core/iam/document.ts';
import { isSetOnVpc, spell } from '../conditions.ts';
import { exchange, findingIn } from '../correct.ts';
import type { LintFinding, LintRule } from '../lint-finding.ts';
import type { LintedAccess, LintedStatement } from '../linted-access.ts';

/** `ForAllValues` or `ForAnyValue` on `lambda:VpcIds`, which holds one value in spite of its name. */
export const setOperatorOnVpc: LintRule = {
  id: 'set-operator-on-vpc',
  title: '`ForAllValues` or `ForAnyValue` on `lambda:VpcIds`, which holds one value',
  find: (access) => access.statements.flatMap((linted) => find(linted, access)),
};

function find(linted: LintedStatement, access: LintedAccess): readonly LintFinding[] {
  const [wrong] = linted.statement.conditions.filter(isSetOnVpc);
  if (wrong === undefined) return [];
  const always = wrong.set === 'ForAllValues' ? 'always' : 'never';
  const message = `${spell(wrong)} ${always} holds for functions in no VPC: the key holds one value, and takes a plain operator`;
  const corrected = exchange(linted, access, (condition) =>
    isSetOnVpc(condition) ? withoutSet(condition) : undefined,
  );
  return [{ ...findingIn(linted, setOperatorOnVpc.id, message), ...corrected }];
}

function withoutSet({ set: _set, ...plain }: Condition): Condition {
  return plain;
}
