import { compileAction } from '../../../../functions/core/iam/compile-statement.ts';
import { spellKey } from '../../../../functions/core/iam/condition-keys.ts';
import type { Condition } from '../../../../functions/core/iam/document.ts';
import type { JsonRecord } from '../../../../functions/core/json-value.ts';
import { isAboutAttachment, mayHoldDetached } from '../conditions.ts';
import { findingIn, replaceBy } from '../correct.ts';
import type { LintFinding, LintRule } from '../lint-finding.ts';
import { CALLS, type LintedStatement } from '../linted-access.ts';

/** Calls that people write beside the two, or cover with a wildcard. */
const OTHER_CALLS = [
  'CreateAlias',
  'CreateFunctionUrlConfig',
  'DeleteFunction',
  'GetFunction',
  'GetFunctionConfiguration',
  'InvokeFunction',
  'PublishVersion',
  'PutFunctionConcurrency',
  'UpdateAlias',
  'UpdateFunctionCode',
  'UpdateFunctionUrlConfig',
].map((call) => `lambda:${call}`);

/**
 * Conditions on the attachment for calls that have none.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 */
export const keysOfOtherCalls: LintRule = {
  id: 'keys-of-other-calls',
  title:
    'conditions on the attachment in a statement about other calls, which do not have those keys',
  find: ({ statements, unrelated }) => [...statements, ...unrelated].flatMap(find),
};

function find(linted: LintedStatement): readonly LintFinding[] {
  const { statement } = linted;
  const about = statement.conditions.filter(isAboutAttachment);
  const other = findOtherCall(linted);
  if (about.length === 0 || other === undefined) return [];
  const corrected = replaceBy([linted], [aboutCalls(linted)]);
  const message = describe(linted, about, other);
  return [{ ...findingIn(linted, keysOfOtherCalls.id, message), ...corrected }];
}

function describe(
  { statement }: LintedStatement,
  about: readonly Condition[],
  other: string,
): string {
  const keys = [...new Set(about.map(({ key }) => `\`${spellKey(key)}\``))].join(' and ');
  const does = statement.effect === 'Allow' ? 'allows' : 'denies';
  const isPattern = /[*?]/.test(other);
  const whom = isPattern
    ? `\`${other}\` also means calls that have no ${keys}`
    : `\`${other}\` has no ${keys}`;
  const often = mayHoldDetached(statement) ? 'always' : 'never';
  return `${whom}, so the statement ${often} ${does} ${isPattern ? 'those' : 'it'}`;
}

function aboutCalls({ written, calls }: LintedStatement): JsonRecord {
  const { Action: _action, NotAction: _notAction, ...rest } = written;
  const { Condition: condition, ...head } = rest;
  const Action = calls.length === 0 ? CALLS : calls;
  return { ...head, Action, Condition: condition };
}

/** A call that the statement is about and that has no attachment, or the pattern that means such calls. */
function findOtherCall({ statement: { action } }: LintedStatement): string | undefined {
  if (action.isNot) return OTHER_CALLS.find(compileAction(action)) ?? OTHER_CALLS[0];
  return action.patterns.find((pattern) => {
    const matches = compileAction({ isNot: false, patterns: [pattern] });
    return !CALLS.some(matches) || OTHER_CALLS.some(matches);
  });
}
