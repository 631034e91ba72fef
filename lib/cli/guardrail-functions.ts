import type { Output } from '@aws-sdk/client-cloudformation';
import { parseFunctionName } from '../../functions/core/function-name.ts';
import { quote } from '../../functions/core/quote.ts';
import { UsageError } from './usage-error.ts';

/** One of the guardrail's functions that operators invoke. */
export interface GuardrailFunction {
  /** What it does, to follow «the». */
  readonly task: string;
  /** The stack's output that names it. */
  readonly output: string;
  /** The option that names it. */
  readonly option: string;
  /** Half a minute more than Lambda lets it run. */
  readonly longestWaitMs: number;
}

/** The function that rescans. */
export const RESCAN: GuardrailFunction = {
  task: 'rescan',
  output: 'RescanFunctionName',
  option: '--rescan-function',
  longestWaitMs: 930_000,
};

/** The function that releases. */
export const RELEASE: GuardrailFunction = {
  task: 'release',
  output: 'ReleaseFunctionName',
  option: '--release-function',
  longestWaitMs: 60_000,
};

/** Refuses what cannot be the name of a function. */
export function checkFunctionName(name: string | undefined, { option }: GuardrailFunction): void {
  if (name === undefined || parseFunctionName(name) !== undefined) return;
  throw new UsageError(
    `\`${option}\`: expected the name or the ARN of a function, got ${quote(name)}`,
  );
}

/** Answers the name of a function that a stack's outputs name. */
export function functionIn(
  outputs: readonly Output[],
  stack: string,
  { output }: GuardrailFunction,
): string {
  const name = outputs.find(({ OutputKey }) => OutputKey === output)?.OutputValue;
  if (name !== undefined) return name;
  const hint = 'name the stack of the guardrail with --stack, or the function itself';
  throw new UsageError(`the stack \`${stack}\` has no output \`${output}\`: ${hint}`);
}
