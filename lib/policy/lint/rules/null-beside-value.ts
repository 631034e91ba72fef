import type { Condition } from '../../../../functions/core/iam/document.ts';
import { asksNull, holdsDetached, isNegated, nullOn, spell } from '../conditions.ts';
import type { Corrected } from '../correct.ts';
import { findingIn, freshSid, replaceBy, withConditions } from '../correct.ts';
import type { LintFinding, LintRule } from '../lint-finding.ts';
import type { LintedAccess, LintedStatement } from '../linted-access.ts';

/** A key that has to be absent and to have a value: both at once never holds. */
export const nullBesideValue: LintRule = {
  id: 'null-beside-value',
  title: '`Null` with `true` beside an operator that asks for a value of the same key',
  find: (access) => access.statements.flatMap((linted) => find(linted, access)),
};

function find(linted: LintedStatement, access: LintedAccess): readonly LintFinding[] {
  const { conditions, effect } = linted.statement;
  const absent = conditions.filter((condition) => asksNull(condition, true));
  const compared = conditions.find(
    (condition) => needsValue(condition) && absent.some(({ key }) => key === condition.key),
  );
  const asked = absent.find(({ key }) => key === compared?.key);
  if (compared === undefined || asked === undefined) return [];
  // In a Deny these are two requirements, which another rule takes apart.
  if (effect === 'Deny' && isNegated(compared)) return [];
  const does = effect === 'Allow' ? 'allows' : 'denies';
  const message = `${spell(asked)} asks that there is no value and ${spell(compared)} asks for one, so the statement ${does} nothing`;
  const corrected =
    effect === 'Allow' ? askForValue(linted, asked) : takeApart(linted, asked, access);
  return [{ ...findingIn(linted, nullBesideValue.id, message), ...corrected }];
}

function needsValue(condition: Condition): boolean {
  return condition.operator !== 'Null' && !holdsDetached(condition);
}

function askForValue(linted: LintedStatement, asked: Condition): Corrected {
  const conditions = linted.statement.conditions.map((condition) =>
    condition === asked ? nullOn(asked.key, false) : condition,
  );
  return replaceBy([linted], [withConditions(linted.written, conditions)]);
}

/** One Deny for what is absent, one for the values. */
function takeApart(linted: LintedStatement, asked: Condition, access: LintedAccess): Corrected {
  const { written, document, statement } = linted;
  const others = statement.conditions.filter(({ key }) => key !== asked.key);
  const compared = statement.conditions.filter((condition) => condition !== asked);
  const { Sid: sid, ...rest } = written;
  const wanted = `${typeof sid === 'string' ? sid : 'Deny'}Absent`;
  const head = { Sid: freshSid(wanted, document, access), ...rest };
  return replaceBy(
    [linted],
    [withConditions(written, compared), withConditions(head, [...others, asked])],
  );
}
