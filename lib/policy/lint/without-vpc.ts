import type { Statement } from '../../../functions/core/iam/document.ts';
import { compileResource, toResourceName } from '../../../functions/core/iam/resource.ts';
import { mayHoldDetached } from './conditions.ts';
import type { LintedAccess, LintedStatement } from './linted-access.ts';

/** A function that no document has in mind. */
export const SAMPLE_FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:unnamed';

/**
 * Tells whether a function in no VPC is refused where a statement is about it.
 *
 * A Deny that turns on the principal counts: somebody has thought of it.
 */
export function refusesDetached(
  { statements }: LintedAccess,
  { calls, statement }: LintedStatement,
): boolean {
  return calls.every((call) => {
    const about = statements.filter((other) => other.calls.includes(call));
    return sampleResources(statement).every((resource) => refuses(about, resource));
  });
}

/** Tells whether a statement that Allows are compared with is void: another Allow asks for nothing. */
export function findWiderAllow(
  { statements }: LintedAccess,
  { calls, statement }: LintedStatement,
): LintedStatement | undefined {
  return statements.find(
    (other) =>
      other.statement.effect === 'Allow' &&
      other.statement !== statement &&
      other.statement.conditions.length === 0 &&
      calls.every((call) => other.calls.includes(call)) &&
      coversResource(other.statement.resource, statement.resource),
  );
}

function refuses(about: readonly LintedStatement[], resource: string): boolean {
  const allows = about.filter(({ statement }) => statement.effect === 'Allow');
  const denies = about.filter(({ statement }) => statement.effect === 'Deny');
  const holds = ({ statement }: LintedStatement) =>
    mayHoldDetached(statement) && compileResource(statement.resource)(toResourceName(resource));
  return denies.some(holds) || (allows.length > 0 && !allows.some(holds));
}

/** One resource for each pattern, its wildcards filled in. */
function sampleResources({ resource }: Statement): readonly string[] {
  if (resource.isNot) return [SAMPLE_FUNCTION];
  return resource.patterns.map((pattern) =>
    pattern === '*' ? SAMPLE_FUNCTION : pattern.replaceAll(/[*?]/g, 'x'),
  );
}

function coversResource(wide: Statement['resource'], narrow: Statement['resource']): boolean {
  if (!wide.isNot && wide.patterns.includes('*')) return true;
  return JSON.stringify(wide) === JSON.stringify(narrow);
}
