import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { parseAwsError } from '../../functions/adapters/aws-errors.ts';
import { isRecord } from '../../functions/core/json-value.ts';
import { type AwsAccess, callFailed, clientSettingsOf } from './aws-access.ts';
import type { GuardrailFunction } from './guardrail-functions.ts';
import { printable } from './printable.ts';
import { UsageError } from './usage-error.ts';

/** One of the guardrail's functions, and what it is called in this account. */
export interface Invoked {
  readonly kind: GuardrailFunction;
  readonly functionName: string;
}

/** What a deployed function says before the faults of a payload. */
const REFUSED = 'payload is malformed: ';

/** Invokes one of the guardrail's functions once, and waits for what it answers. */
export async function invokeGuardrail(
  invoked: Invoked,
  payload: object,
  access: AwsAccess,
): Promise<unknown> {
  const { FunctionError, Payload } = await invoke(invoked, payload, access);
  const answer = parseJson(Payload?.transformToString() ?? '');
  if (FunctionError === undefined) return answer;
  throw functionFailed(answer, FunctionError, invoked);
}

async function invoke({ kind, functionName }: Invoked, payload: object, access: AwsAccess) {
  const client = new LambdaClient({
    ...clientSettingsOf(access),
    // A second attempt would do it twice.
    maxAttempts: 1,
    requestHandler: { requestTimeout: kind.longestWaitMs, throwOnRequestTimeout: true },
  });
  try {
    const Payload = new TextEncoder().encode(JSON.stringify(payload));
    return await client.send(new InvokeCommand({ FunctionName: functionName, Payload }));
  } catch (error) {
    throw invokeFailed(error, { kind, functionName });
  } finally {
    client.destroy();
  }
}

function invokeFailed(cause: unknown, { kind, functionName }: Invoked): Error {
  if (parseAwsError(cause).name !== 'ResourceNotFoundException') {
    return callFailed(cause, `could not invoke the function \`${functionName}\``);
  }
  const hint = `name the stack of the guardrail with --stack, or the function with ${kind.option}`;
  return new UsageError(
    `there is no function \`${functionName}\` in this account and region: ${hint}`,
    { cause },
  );
}

/** What the function says of a bad payload is the fault of whoever wrote it. */
function functionFailed(answer: unknown, functionError: string, { kind }: Invoked): Error {
  const said = isRecord(answer) ? answer['errorMessage'] : undefined;
  const message = printable(typeof said === 'string' ? said : `it ended ${functionError}`);
  if (message.startsWith(REFUSED)) return new UsageError(message.slice(REFUSED.length));
  return new Error(`the ${kind.task} failed: ${message}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
