import {
  type ContextEntry,
  type EvaluationResult,
  IAMClient,
  type IAMClientConfig,
  paginateSimulatePrincipalPolicy,
} from '@aws-sdk/client-iam';
import type { FunctionCodeFacts, RoleFacts } from '../core/facts.ts';
import {
  FUNCTION_CODE_ACTIONS,
  ROLE_ACTIONS,
  SOURCE_FUNCTION_KEY,
} from '../core/interface-actions.ts';
import { observationFailed, parseAwsError } from './aws-errors.ts';

/** What a simulation could not decide. */
interface Undecided {
  /** Actions that were not allowed, but only for want of values that nobody gave. */
  readonly undecided: readonly string[];
}

/** What an execution role lacks; `undecided` is a part of `denied`. */
export interface RoleAnswer extends RoleFacts, Undecided {}

/** What function code may do; `undecided` is no part of `allowed`. */
export interface FunctionCodeAnswer extends FunctionCodeFacts, Undecided {}

/** One call, and what it knows of the request. */
interface Simulation {
  readonly roleArn: string;
  readonly actions: readonly string[];
  readonly sourceFunctionArn?: string;
}

/**
 * Builds what asks whether Lambda can attach functions with a role; undefined when there is no such role.
 *
 * AWS: Lambda's own calls lack `lambda:SourceFunctionArn`, so a deny that asks for it does not stop them.
 */
export function createReadRole(
  settings: IAMClientConfig,
): (roleArn: string) => Promise<RoleAnswer | undefined> {
  const client = new IAMClient(settings);
  return async (roleArn) => {
    const results = await simulate(client, { roleArn, actions: ROLE_ACTIONS });
    if (results === undefined) return undefined;
    const denied = ROLE_ACTIONS.filter((action) => !isAllowed(results.get(action)));
    return { denied, undecided: denied.filter((action) => isUndecided(results.get(action))) };
  };
}

/** Builds what asks which calls the code of one function may make; undefined when there is no such role. */
export function createReadFunctionCode(
  settings: IAMClientConfig,
): (roleArn: string, functionArn: string) => Promise<FunctionCodeAnswer | undefined> {
  const client = new IAMClient(settings);
  return async (roleArn, sourceFunctionArn) => {
    const actions = FUNCTION_CODE_ACTIONS;
    const results = await simulate(client, { roleArn, actions, sourceFunctionArn });
    if (results === undefined) return undefined;
    const allowed = actions.filter((action) => isAllowed(results.get(action)));
    const others = actions.filter((action) => !isAllowed(results.get(action)));
    return { allowed, undecided: others.filter((action) => isUndecided(results.get(action))) };
  };
}

/** The results by action; undefined when there is no such role. */
async function simulate(
  client: IAMClient,
  simulation: Simulation,
): Promise<ReadonlyMap<string, EvaluationResult> | undefined> {
  const { roleArn, actions } = simulation;
  const request = {
    PolicySourceArn: roleArn,
    ActionNames: [...actions],
    ContextEntries: contextOf(simulation),
  };
  const results = new Map<string, EvaluationResult>();
  try {
    const pages = paginateSimulatePrincipalPolicy({ client }, request);
    for await (const { EvaluationResults = [] } of pages) {
      for (const result of EvaluationResults) results.set(result.EvalActionName ?? '', result);
    }
    return results;
  } catch (error) {
    if (/^NoSuchEntity(Exception)?$/.test(parseAwsError(error).name)) return undefined;
    throw observationFailed(error, `could not simulate the policies of role \`${roleArn}\``);
  }
}

// The caller is named even if AWS knew it anyway: a policy that turns on the role must not stay undecided.
function contextOf({ roleArn, sourceFunctionArn }: Simulation): ContextEntry[] {
  const known: Readonly<Record<string, string | undefined>> = {
    'aws:PrincipalArn': roleArn,
    'aws:PrincipalAccount': roleArn.split(':')[4],
    [SOURCE_FUNCTION_KEY]: sourceFunctionArn,
  };
  return Object.entries(known).flatMap(([ContextKeyName, value]) =>
    value === undefined
      ? []
      : [{ ContextKeyName, ContextKeyType: 'string' as const, ContextKeyValues: [value] }],
  );
}

function isAllowed(result: EvaluationResult | undefined): boolean {
  return result?.EvalDecision === 'allowed';
}

/** An action that AWS did not answer is undecided too; a key that the real call lacks decides. */
function isUndecided(result: EvaluationResult | undefined): boolean {
  const missing = result?.MissingContextValues ?? [];
  const lacking = SOURCE_FUNCTION_KEY.toLowerCase();
  return result === undefined || missing.some((key) => key.toLowerCase() !== lacking);
}
