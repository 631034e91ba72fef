import type { Condition, Operator } from '../../../../functions/core/iam/document.ts';
import { spellAll } from '../conditions.ts';
import { findingIn, replaceBy, withConditions } from '../correct.ts';
import type { LintFinding, LintRule } from '../lint-finding.ts';
import type { LintedStatement } from '../linted-access.ts';

const WITH_WILDCARDS: Partial<Record<Operator, Operator>> = {
  StringEquals: 'StringLike',
  StringNotEquals: 'StringNotLike',
};

/** A `*` or `?` where it stands for itself. */
export const wildcardInEquals: LintRule = {
  id: 'wildcard-in-equals',
  title:
    'a `*` or `?` in a value of `StringEquals` or `StringNotEquals`, where it is an ordinary character',
  find: ({ statements }) => statements.flatMap(find),
};

function find(linted: LintedStatement): readonly LintFinding[] {
  const { conditions } = linted.statement;
  const literal = conditions.filter((condition) => toLike(condition) !== condition);
  const value = literal.flatMap(({ values }) => values).find(hasWildcard);
  if (value === undefined) return [];
  const takes = literal.length === 1 ? 'takes' : 'take';
  const message = `${spellAll(literal)} ${takes} \`${value}\` as it stands, and no id or ARN is spelled so`;
  const corrected = withConditions(linted.written, conditions.map(toLike));
  return [
    { ...findingIn(linted, wildcardInEquals.id, message), ...replaceBy([linted], [corrected]) },
  ];
}

function toLike(condition: Condition): Condition {
  const operator = WITH_WILDCARDS[condition.operator];
  return operator !== undefined && condition.values.some(hasWildcard)
    ? { ...condition, operator }
    : condition;
}

function hasWildcard(value: string): boolean {
  return /[*?]/.test(value);
}
