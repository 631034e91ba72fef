import type { Condition } from '../../../../functions/core/iam/document.ts';
import { negateCondition } from '../../export/negate-condition.ts';
import { isAboutAttachment } from '../conditions.ts';
import { findingIn, freshSid, replaceBy, withConditions } from '../correct.ts';
import type { LintFinding, LintRule } from '../lint-finding.ts';
import type { LintedAccess, LintedStatement } from '../linted-access.ts';
import { findWiderAllow } from '../without-vpc.ts';

/** An Allow with conditions beside one without any: the conditions decide nothing. */
export const allowVoid: LintRule = {
  id: 'allow-void',
  title: 'an Allow with conditions beside an Allow without any, which lets everything through',
  find: (access) =>
    access.statements
      .filter(({ statement }) => statement.effect === 'Allow')
      .flatMap((linted) => find(linted, access)),
};

function find(linted: LintedStatement, access: LintedAccess): readonly LintFinding[] {
  const about = linted.statement.conditions.filter(isAboutAttachment);
  const wider = about.length === 0 ? undefined : findWiderAllow(access, linted);
  if (wider === undefined) return [];
  const where = wider.document === linted.document ? '' : ` of \`${wider.document}\``;
  const message = `the conditions decide nothing, because \`${wider.id}\`${where} allows the same calls without any: only a Deny restricts them`;
  const written = about.map((condition, index) => toDeny(linted, condition, { index, access }));
  return [{ ...findingIn(linted, allowVoid.id, message), ...replaceBy([linted], written) }];
}

/** The Deny of whatever does not match one condition of an Allow. */
function toDeny(
  { written, document, statement }: LintedStatement,
  condition: Condition,
  { index, access }: { readonly index: number; readonly access: LintedAccess },
) {
  const negated = negateCondition(condition);
  if (negated.kind !== 'made') return undefined;
  const { Sid: sid, ...rest } = written;
  const others = statement.conditions.filter((other) => !isAboutAttachment(other));
  const wanted = `Deny${typeof sid === 'string' ? sid : ''}${index === 0 ? '' : index + 1}`;
  const head = { Sid: freshSid(wanted, document, access), ...rest, Effect: 'Deny' };
  return withConditions(head, [...negated.value, ...others]);
}
