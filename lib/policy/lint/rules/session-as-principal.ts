import type { Condition } from '../../../../functions/core/iam/document.ts';
import { spell } from '../conditions.ts';
import { findingIn, replaceBy, withConditions } from '../correct.ts';
import type { LintFinding, LintRule } from '../lint-finding.ts';
import type { LintedStatement } from '../linted-access.ts';

const PRINCIPAL_KEY = 'aws:principalarn';
const SESSION = /^arn:([^:]*):sts:[^:]*:([^:]*):assumed-role\/([^/]+)(?:\/.*)?$/;

/**
 * The ARN of a session: `aws:PrincipalArn` holds that of the role.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const sessionAsPrincipal: LintRule = {
  id: 'session-as-principal',
  title: 'the ARN of a session under `aws:PrincipalArn`, which holds that of the role',
  find: ({ statements }) => statements.flatMap(find),
};

function find(linted: LintedStatement): readonly LintFinding[] {
  const { conditions } = linted.statement;
  const wrong = conditions.find((condition) => toRoles(condition) !== condition);
  if (wrong === undefined) return [];
  const value = wrong.values.find((text) => SESSION.test(text));
  const message = `${spell(wrong)} never meets \`${value}\`: of a session the key holds the role, with its path if it has one`;
  const corrected = withConditions(linted.written, conditions.map(toRoles));
  return [
    { ...findingIn(linted, sessionAsPrincipal.id, message), ...replaceBy([linted], [corrected]) },
  ];
}

function toRoles(condition: Condition): Condition {
  const { key, values } = condition;
  if (key !== PRINCIPAL_KEY || !values.some((text) => SESSION.test(text))) return condition;
  const roles = values.map((text) => text.replace(SESSION, 'arn:$1:iam::$2:role/$3'));
  return { ...condition, values: [...new Set(roles)] };
}
