import { compileAction } from '../../../../functions/core/iam/compile-statement.ts';
import { listOf } from '../../../../functions/core/iam/parse-values.ts';
import type { JsonRecord } from '../../../../functions/core/json-value.ts';
import { findingIn, replaceBy } from '../correct.ts';
import { editDistance } from '../edit-distance.ts';
import type { LintFinding, LintRule } from '../lint-finding.ts';
import { CALLS, type LintedStatement } from '../linted-access.ts';

const MOST_LETTERS = 2;

/** An action that is almost one of the two calls: IAM takes it, and it means no call at all. */
export const misspelledCall: LintRule = {
  id: 'misspelled-call',
  title: 'an action that is one or two letters away from one of the two calls',
  find: ({ statements, unrelated }) => [...statements, ...unrelated].flatMap(find),
};

function find(linted: LintedStatement): readonly LintFinding[] {
  const [wrong, ...others] = linted.statement.action.patterns.filter(
    (pattern) => findMeant(pattern) !== undefined,
  );
  if (wrong === undefined) return [];
  const also = others.map((pattern) => ` and \`${pattern}\``).join('');
  const are = others.length === 0 ? 'is no call' : 'are no calls';
  const message = `\`${wrong}\`${also} ${are} of Lambda, so nothing is said of \`${findMeant(wrong)}\``;
  const corrected = replaceBy([linted], [correctActions(linted)]);
  return [{ ...findingIn(linted, misspelledCall.id, message), ...corrected }];
}

function correctActions({ written, statement }: LintedStatement): JsonRecord {
  const element = statement.action.isNot ? 'NotAction' : 'Action';
  const actions = listOf(written[element]).map((action) => findMeant(String(action)) ?? action);
  return { ...written, [element]: [...new Set(actions)] };
}

/** The call that an action which means neither of the two is almost spelled like. */
function findMeant(pattern: string): string | undefined {
  if (CALLS.some(compileAction({ isNot: false, patterns: [pattern] }))) return undefined;
  const lower = pattern.toLowerCase();
  return CALLS.find((call) => editDistance(lower, call.toLowerCase()) <= MOST_LETTERS);
}
