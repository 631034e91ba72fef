import type { Condition } from '../../../../functions/core/iam/document.ts';
import {
  asksNull,
  comparesAttachment,
  isAboutAttachment,
  isNegated,
  spellAll,
} from '../conditions.ts';
import { findingIn, freshSid, replaceBy, withConditions } from '../correct.ts';
import type { LintFinding, LintRule } from '../lint-finding.ts';
import type { LintedAccess, LintedStatement } from '../linted-access.ts';

/** One Deny for several requirements: it denies only who breaks all of them. */
export const denyJoined: LintRule = {
  id: 'deny-joined',
  title: 'one Deny for several requirements, which denies only who breaks all of them at once',
  find: (access) =>
    access.statements
      .filter(({ statement }) => statement.effect === 'Deny')
      .flatMap((linted) => find(linted, access)),
};

function find(linted: LintedStatement, access: LintedAccess): readonly LintFinding[] {
  const { conditions } = linted.statement;
  const requirements = conditions.filter(isRequirement);
  if (requirements.length < 2 || !requirements.some(comparesAttachment)) return [];
  const message = `${spellAll(requirements)} in one Deny are taken together, so keeping to one of them is enough to escape`;
  const others = conditions.filter((condition) => !requirements.includes(condition));
  const written = requirements.map((requirement, index) =>
    withConditions(withSid(linted, index, access), [requirement, ...others]),
  );
  return [{ ...findingIn(linted, denyJoined.id, message), ...replaceBy([linted], written) }];
}

/** In a Deny, what is denied unless it is there or is listed. */
function isRequirement(condition: Condition): boolean {
  if (!isAboutAttachment(condition)) return false;
  return comparesAttachment(condition) ? isNegated(condition) : asksNull(condition, true);
}

function withSid({ written, document }: LintedStatement, index: number, access: LintedAccess) {
  const { Sid: sid, ...rest } = written;
  const wanted = `${typeof sid === 'string' ? sid : 'Deny'}${index + 1}`;
  return { Sid: freshSid(wanted, document, access), ...rest };
}
