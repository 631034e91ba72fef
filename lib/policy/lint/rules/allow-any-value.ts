import type { Condition } from '../../../../functions/core/iam/document.ts';
import { comparesAttachment, isSetOnVpc, spellAll } from '../conditions.ts';
import { exchange, findingIn } from '../correct.ts';
import type { LintFinding, LintRule } from '../lint-finding.ts';
import type { LintedAccess, LintedStatement } from '../linted-access.ts';
import { findWiderAllow } from '../without-vpc.ts';

/** An Allow to which one good subnet or group is enough. */
export const allowAnyValue: LintRule = {
  id: 'allow-any-value',
  title: 'an Allow with `ForAnyValue`, to which one matching subnet or group is enough',
  find: (access) =>
    access.statements
      .filter(({ statement }) => statement.effect === 'Allow')
      .flatMap((linted) => find(linted, access)),
};

function find(linted: LintedStatement, access: LintedAccess): readonly LintFinding[] {
  const loose = linted.statement.conditions.filter(isLoose);
  if (loose.length === 0 || findWiderAllow(access, linted)) return [];
  const holds = loose.length === 1 ? 'holds' : 'hold';
  const message = `${spellAll(loose)} ${holds} as soon as one value matches, so the others may be anything`;
  const corrected = exchange(linted, access, (condition) =>
    isLoose(condition) ? { ...condition, set: 'ForAllValues' } : undefined,
  );
  return [{ ...findingIn(linted, allowAnyValue.id, message), ...corrected }];
}

function isLoose(condition: Condition): boolean {
  return condition.set === 'ForAnyValue' && comparesAttachment(condition) && !isSetOnVpc(condition);
}
