import { compileAction } from '../../../../functions/core/iam/compile-statement.ts';
import { listOf } from '../../../../functions/core/iam/parse-values.ts';
import type { JsonRecord } from '../../../../functions/core/json-value.ts';
import { findingIn, replaceBy } from '../correct.ts';
import type { LintFinding, LintRule } from '../lint-finding.ts';
import { CALLS, type LintedAccess, type LintedStatement } from '../linted-access.ts';
import { findWiderAllow } from '../without-vpc.ts';

/** A statement about one of the two calls: what it refuses at one, the other lets through. */
export const oneCallOnly: LintRule = {
  id: 'one-call-only',
  title:
    'a statement about one of the two calls only, so that create and update are judged differently',
  find: (access) => {
    const groups = Object.values(Object.groupBy(access.statements, sameness));
    return groups.flatMap((group = []) => find(group, access));
  },
};

function find(group: readonly LintedStatement[], access: LintedAccess): readonly LintFinding[] {
  const missing = CALLS.find((call) => !group.some(({ calls }) => calls.includes(call)));
  const [linted] = group;
  if (missing === undefined || linted === undefined) return [];
  if (linted.statement.effect === 'Allow' && findWiderAllow(access, { ...linted, calls: CALLS })) {
    return [];
  }
  const message = `the statement is about \`${linted.calls.join()}\` and not about \`${missing}\`, so the same attachment is judged differently at create and at update`;
  const corrected = replaceBy([linted], [withCall(linted, missing)]);
  return [{ ...findingIn(linted, oneCallOnly.id, message), ...corrected }];
}

/** Equal for statements that differ only in their calls. */
function sameness({ statement }: LintedStatement): string {
  const conditions = statement.conditions.map((condition) => JSON.stringify(condition)).toSorted();
  return JSON.stringify([statement.effect, statement.resource, conditions]);
}

function withCall({ written, statement }: LintedStatement, call: string): JsonRecord {
  const { isNot, patterns } = statement.action;
  if (!isNot) return { ...written, Action: [...listOf(written['Action']), call] };
  const others = patterns.filter((pattern) => {
    return !compileAction({ isNot: false, patterns: [pattern] })(call);
  });
  const { NotAction: _not, ...rest } = written;
  return others.length === 0 ? { ...rest, Action: '*' } : { ...written, NotAction: others };
}
