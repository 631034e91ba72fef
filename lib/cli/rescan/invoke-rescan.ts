import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { parseAwsError } from '../../../functions/adapters/aws-errors.ts';
import { isRecord } from '../../../functions/core/json-value.ts';
import { type AwsAccess, callFailed, clientSettingsOf } from '../aws-access.ts';
import { printable } from '../printable.ts';
import type { Report } from '../report/report.ts';
import { UsageError } from '../usage-error.ts';
import type { RescanPayload } from './to-payload.ts';

/** Half a minute more than Lambda lets a function run. */
const LONGEST_WAIT_MS = 930_000;
const REFUSED = 'payload is malformed: ';
const LISTS = ['findings', 'idle', 'interfaces', 'remediations', 'unknown'];

/** Rescans, and waits for the report. */
export async function invokeRescan(
  functionName: string,
  payload: RescanPayload,
  access: AwsAccess,
): Promise<Report> {
  const { FunctionError, Payload } = await invoke(functionName, payload, access);
  const answer = parseJson(Payload?.transformToString() ?? '');
  if (FunctionError !== undefined) throw functionFailed(answer, FunctionError);
  return parseAnswer(answer, functionName);
}

async function invoke(FunctionName: string, payload: RescanPayload, access: AwsAccess) {
  const client = new LambdaClient({
    ...clientSettingsOf(access),
    // A second attempt would rescan twice.
    maxAttempts: 1,
    requestHandler: { requestTimeout: LONGEST_WAIT_MS, throwOnRequestTimeout: true },
  });
  try {
    const Payload = new TextEncoder().encode(JSON.stringify(payload));
    return await client.send(new InvokeCommand({ FunctionName, Payload }));
  } catch (error) {
    throw invokeFailed(error, FunctionName);
  } finally {
    client.destroy();
  }
}

function invokeFailed(cause: unknown, functionName: string): Error {
  if (parseAwsError(cause).name !== 'ResourceNotFoundException') {
    return callFailed(cause, `could not invoke the function \`${functionName}\``);
  }
  const hint =
    'name the stack of the guardrail with --stack, or the function with --rescan-function';
  return new UsageError(
    `there is no function \`${functionName}\` in this account and region: ${hint}`,
    { cause },
  );
}

/** What the function says of a bad payload is the fault of whoever wrote it. */
function functionFailed(answer: unknown, functionError: string): Error {
  const said = isRecord(answer) ? answer['errorMessage'] : undefined;
  const message = printable(typeof said === 'string' ? said : `it ended ${functionError}`);
  if (message.startsWith(REFUSED)) return new UsageError(message.slice(REFUSED.length));
  return new Error(`the rescan failed: ${message}`);
}

function parseAnswer(answer: unknown, functionName: string): Report {
  if (isAnswer(answer)) return answer;
  throw new Error(
    `the function \`${functionName}\` answered with no report: it is not the one that rescans, or of another version`,
  );
}

function isAnswer(answer: unknown): answer is Report {
  if (!isRecord(answer)) return false;
  const { reportId, scanned, compliant } = answer;
  return (
    typeof reportId === 'string' &&
    typeof scanned === 'number' &&
    typeof compliant === 'number' &&
    LISTS.every((list) => Array.isArray(answer[list]))
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
