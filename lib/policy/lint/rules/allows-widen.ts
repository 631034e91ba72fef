import type { Condition } from '../../../../functions/core/iam/document.ts';
import { comparesAttachment, isAboutAttachment } from '../conditions.ts';
import { findingIn, replaceBy, withConditions } from '../correct.ts';
import type { LintFinding, LintRule } from '../lint-finding.ts';
import type { LintedStatement } from '../linted-access.ts';
import { findWiderAllow } from '../without-vpc.ts';

/** Allows that each ask for something else: IAM takes them as or, their author meant and. */
export const allowsWiden: LintRule = {
  id: 'allows-widen',
  title: 'Allows that ask for different things, of which one is enough',
  find: (access) => {
    const allows = access.statements.filter(
      (linted) =>
        linted.statement.effect === 'Allow' &&
        linted.statement.conditions.some(comparesAttachment) &&
        findWiderAllow(access, linted) === undefined,
    );
    const groups = Object.values(Object.groupBy(allows, (linted) => sameness(linted)));
    return groups.flatMap((group = []) => find(disjoint(group)));
  },
};

function find([first, ...others]: readonly LintedStatement[]): readonly LintFinding[] {
  if (first === undefined || others.length === 0) return [];
  const all = [first, ...others];
  const names = all.map(({ id, document }) =>
    document === first.document ? `\`${id}\`` : `\`${id}\` of \`${document}\``,
  );
  const message = `${names.join(' and ')} widen each other: a function that keeps to one of them is allowed, whatever the others ask for`;
  const conditions = all.flatMap(({ statement }) => statement.conditions);
  const joined = withConditions(first.written, conditions);
  return [{ ...findingIn(first, allowsWiden.id, message), ...replaceBy(all, [joined]) }];
}

/** Equal for Allows that differ only in what they ask of the attachment. */
function sameness({ calls, statement }: LintedStatement): string {
  const others = statement.conditions.filter((condition) => !isAboutAttachment(condition));
  return JSON.stringify([calls, statement.resource, others]);
}

/** The first Allow, and those that have no key with the others in common. */
function disjoint(group: readonly LintedStatement[]): readonly LintedStatement[] {
  const taken: LintedStatement[] = [];
  const keys = new Set<string>();
  for (const linted of group) {
    const own = linted.statement.conditions.filter(comparesAttachment).map(toKey);
    if (own.some((key) => keys.has(key))) continue;
    for (const key of own) keys.add(key);
    taken.push(linted);
  }
  return taken;
}

function toKey({ key }: Condition): string {
  return key;
}
