import { type InvocationRequest, type InvocationResponse, Invoke$ } from '@aws-sdk/client-lambda';
import type { InvocationOutcome } from '../execution/execution.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { admit } from './admission.ts';
import { lambdaFault } from './faults.ts';
import { type FoundVersion, findVersion, presentVersion, versionAt } from './find-version.ts';
import type { LambdaContext } from './lambda-context.ts';
import { functionNeed } from './lambda-needs.ts';
import { checkChain, isStopped } from './recursion.ts';
import { runFunction } from './run-function.ts';
import type { StoredVersion } from './stored-function.ts';

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
    handle: async (input, { requestId, nowMs, traceHeader }) => {
      const chosen = chooseVersion(findVersion(context, input), requestId);
      if (input.InvocationType === 'DryRun') return { StatusCode: 204 };
      const event = { ...chosen, payload: readPayload(input.Payload), requestId, traceHeader };
      if (input.InvocationType === 'Event') {
        runLater(context, { ...event, untilMs: nowMs + EVENT_AGE_MS });
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

interface VersionEvent {
  readonly version: StoredVersion;
  /** The alias that was named, if one was. */
  readonly alias?: string;
  readonly payload: string;
  readonly requestId: string;
  /** What X-Ray's header told of the call, where it came with one. */
  readonly traceHeader?: string | undefined;
}

async function runVersion(context: LambdaContext, event: VersionEvent): Promise<InvocationOutcome> {
  checkChain(context, event);
  const admission = admit(context, event.version);
  if (admission.kind !== 'admitted') throw admission.fault;
  return await runFunction(context, { ...event, serving: admission.serving });
}

interface QueuedEvent extends VersionEvent {
  readonly untilMs: number;
}

/**
 * Runs an event as soon as the function takes it; with a reservation of 0 the event is lost.
 *
 * AWS repeats an event twice whose function failed; this account does not yet.
 */
function runLater(context: LambdaContext, event: QueuedEvent): void {
  const version = presentVersion(context, event.version);
  if (version === undefined || isStopped(context, { ...event, source: 'Invoke' })) return;
  if (context.functions.get(version.name)?.reservedConcurrency === 0) return;
  const admission = admit(context, version);
  if (admission.kind === 'admitted') {
    void runFunction(context, { ...event, version, serving: admission.serving });
    return;
  }
  if (context.core.clock.nowMs() + EVENT_RETRY_MS > event.untilMs) return;
  context.core.clock.after(EVENT_RETRY_MS, () => runLater(context, event));
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
