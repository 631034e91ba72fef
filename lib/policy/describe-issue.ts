import type { z } from 'zod';
import { quote, quoteKind } from '../../functions/core/quote.ts';
import type { PolicyFault } from './find-conflicts.ts';

type Issue = z.core.$ZodIssue;

/** Says what the schema has to say against a place: what was expected, and what is there. */
export function describeIssue(issue: Issue): readonly PolicyFault[] {
  const steps = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ steps: [...steps, key], message: issue.message }));
  }
  const got = issue.input === undefined ? 'is missing' : `got ${quoteInput(issue)}`;
  return [{ steps, message: `${issue.message}, ${got}` }];
}

function quoteInput(issue: Issue): string {
  const { input } = issue;
  if (Array.isArray(input) && input.length === 0) return 'an empty list';
  const isWrongKind =
    issue.code === 'invalid_type' ||
    (issue.code === 'invalid_value' && typeof issue.values[0] !== 'string');
  return isWrongKind ? quoteKind(input) : quote(input);
}
