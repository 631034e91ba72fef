import { type InvocationRequest, type InvocationResponse, Invoke$ } from '@aws-sdk/client-lambda';
import type { InvocationOutcome } from '../execution/execution.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { admit } from './admission.ts';
import { lambdaFault } from './faults.ts';
import { findFunction, type LambdaContext } from './lambda-context.ts';
import { functionNeed } from './lambda-needs.ts';
import { runFunction } from './run-function.ts';

/** How long Lambda keeps an event for a function that is not ready. */
const EVENT_AGE_MS = 6 * 3_600_000;
const EVENT_RETRY_MS = 60_000;
const MAX_PAYLOAD = 6_291_456;

/** Invoke. */
export function invokeOperation(context: LambdaContext): Operation {
  return operation<InvocationRequest, InvocationResponse>(Invoke$, {
    needs: ({ FunctionName, Qualifier }) => [
      functionNeed(context, 'InvokeFunction', { FunctionName, Qualifier }),
    ],
    handle: async (input, { requestId, nowMs }) => {
      const { name } = findFunction(context, input.FunctionName, input.Qualifier);
      if (input.InvocationType === 'DryRun') return { StatusCode: 204 };
      const payload = readPayload(input.Payload);
      if (input.InvocationType === 'Event') {
        runLater(context, { name, payload, requestId, untilMs: nowMs + EVENT_AGE_MS });
        return { StatusCode: 202, Payload: new Uint8Array() };
      }
      const outcome = await runNow(context, { name, payload, requestId });
      return toAnswer(outcome, input, requestId);
    },
  });
}

/** Invokes a function and waits for its answer; throws the fault that the caller would see. */
export async function runNow(
  context: LambdaContext,
  event: { readonly name: string; readonly payload: string; readonly requestId: string },
): Promise<InvocationOutcome> {
  const stored = findFunction(context, event.name);
  const admission = admit(context, stored);
  if (admission.kind !== 'admitted') throw admission.fault;
  return await runFunction(context, { ...event, stored, serving: admission.serving });
}

interface QueuedEvent {
  readonly name: string;
  readonly payload: string;
  readonly requestId: string;
  readonly untilMs: number;
}

/**
 * Runs an event as soon as the function takes it; with a reservation of 0 the event is lost.
 *
 * AWS repeats an event twice whose function failed; this account does not yet.
 */
function runLater(context: LambdaContext, event: QueuedEvent): void {
  const stored = context.functions.get(event.name);
  if (stored === undefined || stored.reservedConcurrency === 0) return;
  const admission = admit(context, stored);
  if (admission.kind === 'admitted') {
    void runFunction(context, { ...event, stored, serving: admission.serving });
    return;
  }
  if (context.core.clock.nowMs() + EVENT_RETRY_MS > event.untilMs) return;
  context.core.clock.after(EVENT_RETRY_MS, () => runLater(context, event));
}

function readPayload(bytes: Uint8Array | undefined): string {
  if (bytes === undefined || bytes.length === 0) return '{}';
  if (bytes.length > MAX_PAYLOAD) {
    throw lambdaFault(
      'RequestTooLargeException',
      413,
      `Request must be smaller than ${MAX_PAYLOAD} bytes for the InvokeFunction operation`,
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
  { LogType }: InvocationRequest,
  requestId: string,
): InvocationResponse {
  return {
    StatusCode: 200,
    ExecutedVersion: '$LATEST',
    Payload: Buffer.from(payload),
    ...(isError ? { FunctionError: 'Unhandled' } : {}),
    ...(LogType === 'Tail' ? { LogResult: tailOf(logLines, requestId) } : {}),
  };
}

/** The last 4 KB of the log, as Lambda answers it. */
function tailOf(logLines: readonly string[], requestId: string): string {
  const lines = [
    `START RequestId: ${requestId} Version: $LATEST`,
    ...logLines,
    `END RequestId: ${requestId}`,
    `REPORT RequestId: ${requestId}`,
    '',
  ];
  return Buffer.from(lines.join('\n')).subarray(-4096).toString('base64');
}
