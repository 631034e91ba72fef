import { ANY_FUNCTION, areDisjoint } from '../../export/meet-resources.ts';
import { findingIn } from '../correct.ts';
import type { LintFinding, LintRule } from '../lint-finding.ts';
import { CALLS, type LintedStatement } from '../linted-access.ts';

/**
 * A statement that names one of the two calls for resources that it is never made on.
 *
 * Wildcards in the action may be there for other calls, and so may be the resource.
 */
export const noFunction: LintRule = {
  id: 'no-function',
  title: 'a statement that names one of the two calls, on resources of which none is a function',
  find: ({ statements }) => statements.flatMap(find),
};

function find(linted: LintedStatement): readonly LintFinding[] {
  const { action, resource, effect } = linted.statement;
  const named = CALLS.find((call) =>
    action.patterns.some((pattern) => pattern.toLowerCase() === call.toLowerCase()),
  );
  const [first] = resource.patterns;
  if (named === undefined || action.isNot || resource.isNot || first === undefined) return [];
  if (!resource.patterns.every((pattern) => areDisjoint(pattern, ANY_FUNCTION))) return [];
  const does = effect === 'Allow' ? 'allowed' : 'denied';
  const message = `\`${named}\` is called on functions such as \`arn:aws:lambda:*:*:function:*\`, not on \`${first}\`, so it is never ${does}`;
  return [findingIn(linted, noFunction.id, message)];
}
