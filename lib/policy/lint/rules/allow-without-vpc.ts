import type { Condition } from '../../../../functions/core/iam/document.ts';
import {
  comparesAttachment,
  holdsDetached,
  isPlainOnList,
  isSetOnVpc,
  mayHoldDetached,
  spellAll,
} from '../conditions.ts';
import { findingIn, replaceBy, requirePresence, withConditions } from '../correct.ts';
import type { LintFinding, LintRule } from '../lint-finding.ts';
import type { LintedAccess, LintedStatement } from '../linted-access.ts';
import { findWiderAllow, refusesDetached } from '../without-vpc.ts';

/**
 * An Allow whose conditions also hold where there is no VPC.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export const allowWithoutVpc: LintRule = {
  id: 'allow-without-vpc',
  title:
    'an Allow with `ForAllValues`, or with a negated operator, that also holds for functions in no VPC',
  find: (access) =>
    access.statements
      .filter(({ statement }) => statement.effect === 'Allow')
      .flatMap((linted) => find(linted, access)),
};

function find(linted: LintedStatement, access: LintedAccess): readonly LintFinding[] {
  const { conditions } = linted.statement;
  const open = conditions.filter(isOpen);
  if (open.length === 0 || !mayHoldDetached(linted.statement)) return [];
  if (refusesDetached(access, linted) || findWiderAllow(access, linted)) return [];
  const hold = open.length === 1 ? 'also holds' : 'also hold';
  const message = `${spellAll(open)} ${hold} where there is nothing to compare, so functions in no VPC are allowed too`;
  const corrected = withConditions(linted.written, requirePresence(conditions, open));
  return [
    { ...findingIn(linted, allowWithoutVpc.id, message), ...replaceBy([linted], [corrected]) },
  ];
}

/** Whoever writes `IfExists` has thought of functions in no VPC. */
function isOpen(condition: Condition): boolean {
  if (!comparesAttachment(condition) || condition.ifExists) return false;
  return !isPlainOnList(condition) && !isSetOnVpc(condition) && holdsDetached(condition);
}
