import { type InvocationRequest, type InvocationResponse, Invoke$ } from '@aws-sdk/client-lambda';
import type { InvocationOutcome } from '../execution/execution.ts';
import { type Operation, operation } from '../wire/operation.ts';
import type { VersionEvent } from './accepted-event.ts';
import { admit } from './admission.ts';
import { acceptEvent } from './event-queue.ts';
import { lambdaFault } from './faults.ts';
import { type FoundVersion, findVersion, versionAt } from './find-version.ts';
import type { LambdaContext } from './lambda-context.ts';
import { functionNeed } from './lambda-needs.ts';
import { checkChain } from './recursion.ts';
import { runFunction } from './run-function.ts';

const MAX_PAYLOAD = 6_291_456;
const MAX_EVENT = 1_048_576;

/** Invoke. */
export function invokeOperation(context: LambdaContext): Operation {
  return operation<InvocationRequest, InvocationResponse>(Invoke$, {
    needs: ({ FunctionName, Qualifier }) => [
      functionNeed(context, 'InvokeFunction', { FunctionName, Qualifier }),
    ],
    handle: async (input, { requestId, nowMs, traceHeader }) => {
      const chosen = chooseVersion(findVersion(context, input), requestId);
      if (input.InvocationType === 'DryRun') return { StatusCode: 204 };
      const event = { ...chosen, payload: readPayload(input), requestId, traceHeader };
      if (input.InvocationType === 'Event') {
        acceptEvent(context, { ...event, acceptedAtMs: nowMs });
        return { StatusCode: 202, Payload: new Uint8Array() };
      }
      return toAnswer(await runVersion(context, event), {
        version: chosen.version.configuration.Version,
        isTailed: input.LogType === 'Tail',
        requestId,
      });
    },
  });
}

/** Invokes a function and waits for its answer; throws the fault that the caller would see. */
export async function runNow(
  context: LambdaContext,
  event: { readonly name: string; readonly payload: string; readonly requestId: string },
): Promise<InvocationOutcome> {
  const { name, payload, requestId } = event;
  const chosen = chooseVersion(findVersion(context, { FunctionName: name }), requestId);
  return await runVersion(context, { ...chosen, payload, requestId });
}

async function runVersion(context: LambdaContext, event: VersionEvent): Promise<InvocationOutcome> {
  checkChain(context, event);
  const admission = admit(context, event.version);
  if (admission.kind !== 'admitted') throw admission.fault;
  return await runFunction(context, { ...event, serving: admission.serving });
}

/** An alias with a weight sends that share of the invocations elsewhere: the request's random id decides. */
function chooseVersion(
  { stored, version, alias }: FoundVersion,
  requestId: string,
): Pick<VersionEvent, 'version' | 'alias'> {
  if (alias === undefined) return { version };
  const [[other, weight] = ['', 0]] = Object.entries(alias.weights);
  const drawn = Number.parseInt(requestId.slice(0, 8), 16) / 0x1_0000_0000;
  const chosen = drawn < weight ? versionAt(stored, other) : version;
  return { version: chosen ?? version, alias: alias.name };
}

function readPayload({ Payload: bytes, InvocationType }: InvocationRequest): string {
  if (bytes === undefined || bytes.length === 0) return '{}';
  const most = InvocationType === 'Event' ? MAX_EVENT : MAX_PAYLOAD;
  if (bytes.length > most) {
    throw lambdaFault(
      'RequestTooLargeException',
      413,
      `Request must be smaller than ${most} bytes for the InvokeFunction operation`,
    );
  }
  const text = Buffer.from(bytes).toString('utf8');
  try {
    JSON.parse(text);
    return text;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'not JSON';
    throw lambdaFault(
      'InvalidRequestContentException',
      400,
      `Could not parse request body into json: ${reason}`,
    );
  }
}

function toAnswer(
  { payload, isError, logLines }: InvocationOutcome,
  run: { readonly version: string; readonly requestId: string; readonly isTailed: boolean },
): InvocationResponse {
  return {
    StatusCode: 200,
    ExecutedVersion: run.version,
    Payload: Buffer.from(payload),
    ...(isError ? { FunctionError: 'Unhandled' } : {}),
    ...(run.isTailed ? { LogResult: tailOf(logLines, run) } : {}),
  };
}

/** The last 4 KB of the log, as Lambda answers it. */
function tailOf(
  logLines: readonly string[],
  { version, requestId }: { readonly version: string; readonly requestId: string },
): string {
  const lines = [
    `START RequestId: ${requestId} Version: ${version}`,
    ...logLines,
    `END RequestId: ${requestId}`,
    `REPORT RequestId: ${requestId}`,
    '',
  ];
  return Buffer.from(lines.join('\n')).subarray(-4096).toString('base64');
}
