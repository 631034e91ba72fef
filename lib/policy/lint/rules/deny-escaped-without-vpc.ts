import type { Condition } from '../../../../functions/core/iam/document.ts';
import {
  asksNull,
  comparesAttachment,
  isAboutAttachment,
  isForAllOnList,
  isPlainOnList,
  isSetOnVpc,
  mayHoldDetached,
  spellAll,
} from '../conditions.ts';
import { findingIn, replaceBy, requireVpc } from '../correct.ts';
import type { LintFinding, LintRule } from '../lint-finding.ts';
import type { LintedAccess, LintedStatement } from '../linted-access.ts';
import { refusesDetached } from '../without-vpc.ts';

/** Denies by subnet, group or VPC, and nothing that refuses functions in no VPC at all. */
export const denyEscapedWithoutVpc: LintRule = {
  id: 'deny-escaped-without-vpc',
  title: 'a Deny by VPC, subnets or groups that functions in no VPC escape',
  find: (access) => {
    const findings = access.statements
      .filter(({ statement }) => statement.effect === 'Deny')
      .flatMap((linted) => find(linted, access));
    return findings.filter(({ correction }, index) => {
      const first = findings.findIndex((other) => isSame(other.correction, correction));
      return first === -1 || first === index;
    });
  },
};

function find(linted: LintedStatement, access: LintedAccess): readonly LintFinding[] {
  const { statement } = linted;
  const compared = statement.conditions.filter(comparesAttachment);
  if (compared.length === 0 || mayHoldDetached(statement)) return [];
  if (statement.conditions.some(isSettled) || refusesDetached(access, linted)) return [];
  const message = `${spellAll(compared)} asks nothing of functions in no VPC, and no other statement refuses those`;
  const added = requireVpc(linted, access);
  return [{ ...findingIn(linted, denyEscapedWithoutVpc.id, message), ...replaceBy([], [added]) }];
}

/** Whoever asks for presence has thought of absence; a wrong operator is for another rule. */
function isSettled(condition: Condition): boolean {
  if (!isAboutAttachment(condition)) return false;
  const isWrong = [isPlainOnList, isSetOnVpc, isForAllOnList].some((rule) => rule(condition));
  return isWrong || asksNull(condition, false);
}

function isSame(left: LintFinding['correction'], right: LintFinding['correction']): boolean {
  return left !== undefined && JSON.stringify(left) === JSON.stringify(right);
}
