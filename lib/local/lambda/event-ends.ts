import { callService } from '../account-core.ts';
import type { InvocationOutcome } from '../execution/execution.ts';
import { parseJson } from '../identity/resource-policy.ts';
import { sessionOf } from '../identity/service-session.ts';
import { followTrace } from '../lineage.ts';
import {
  type MessageAttribute,
  type TargetCall,
  targetKind,
  toTargetCall,
} from '../target-call.ts';
import type { AwsFault } from '../wire/aws-fault.ts';
import type { AcceptedEvent } from './accepted-event.ts';
import { findRole } from './execution-role.ts';
import type { LambdaContext } from './lambda-context.ts';
import type { EventSettings } from './stored-event-config.ts';

/** How an asynchronous event ended. */
export interface EventEnd {
  /** As the record names it. */
  readonly condition:
    | 'Success'
    | 'RetriesExhausted'
    | 'EventAgeExceeded'
    | 'ZeroReservedConcurrency'
    | 'RecursiveInvocationDetected';
  readonly runs: number;
  /** Of the last run; absent where there was none. */
  readonly outcome?: InvocationOutcome;
  /** Why the function did not take the event the last time, if it did not. */
  readonly fault?: AwsFault;
}

/**
 * Tells the destination of an event, and the dead-letter queue of its function, what became of it.
 *
 * AWS: what the execution role may not send is lost, and nobody is told.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export async function tellEnd(
  context: LambdaContext,
  event: AcceptedEvent,
  { ended, settings }: { readonly ended: EventEnd; readonly settings: EventSettings },
): Promise<void> {
  const isSuccess = ended.condition === 'Success';
  const destination = isSuccess ? settings.onSuccess : settings.onFailure;
  const deadLetters = isSuccess ? undefined : event.version.configuration.DeadLetterConfig;
  const calls = [
    destination === undefined ? undefined : toDestination(context, event, { ended, destination }),
    toDeadLetters(event, ended, deadLetters?.TargetArn ?? ''),
  ].filter((call) => call !== undefined);
  for (const call of calls) await callAsRole(context, event, call);
}

async function callAsRole(
  { core }: LambdaContext,
  { version, traceHeader }: AcceptedEvent,
  call: TargetCall,
): Promise<void> {
  const { name, arn, configuration } = version;
  const role = findRole(core, configuration.Role);
  if (role === undefined) return;
  const header = followTrace(arn, traceHeader);
  const caller = sessionOf(core.principals, role, name);
  await callService(core, caller, { ...call, traceHeader: header }).catch(() => undefined);
}

/** A function is not sent what was stopped for having gone in a circle: it would go on. */
function toDestination(
  context: LambdaContext,
  event: AcceptedEvent,
  { ended, destination }: { readonly ended: EventEnd; readonly destination: string },
): TargetCall | undefined {
  const record = toRecord(context, event, ended);
  const kind = targetKind(destination);
  if (kind === undefined) return toBus(event, ended, { destination, record });
  if (kind === 'lambda' && ended.condition === 'RecursiveInvocationDetected') return undefined;
  return toTargetCall(kind, destination, { text: record });
}

function toBus(
  event: AcceptedEvent,
  { condition }: EventEnd,
  { destination, record }: { readonly destination: string; readonly record: string },
): TargetCall {
  const result = condition === 'Success' ? 'Success' : 'Failure';
  const entry = {
    EventBusName: destination,
    Source: 'lambda',
    DetailType: `Lambda Function Invocation Result - ${result}`,
    Resources: [qualifiedArn(event), destination],
    Detail: record,
  };
  return { service: 'events', operation: 'PutEvents', input: { Entries: [entry] } };
}

function toRecord({ core }: LambdaContext, event: AcceptedEvent, ended: EventEnd): string {
  const { condition, runs, outcome } = ended;
  return JSON.stringify({
    version: '1.0',
    timestamp: new Date(core.clock.nowMs()).toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn: qualifiedArn(event),
      condition,
      approximateInvokeCount: runs,
    },
    requestPayload: JSON.parse(event.payload),
    ...(outcome === undefined
      ? {}
      : {
          responseContext: {
            statusCode: 200,
            executedVersion: event.version.configuration.Version,
            ...(outcome.isError ? { functionError: 'Unhandled' } : {}),
          },
          // A handler may answer what is no JSON, such as a function.
          responsePayload: parseJson(outcome.payload),
        }),
  });
}

function qualifiedArn({ version, alias }: AcceptedEvent): string {
  return `${version.arn}:${alias ?? version.configuration.Version}`;
}

const MOST_MESSAGE = 1024;

/** The event as it came, with what went wrong in attributes. */
function toDeadLetters(
  { payload, requestId }: AcceptedEvent,
  ended: EventEnd,
  targetArn: string,
): TargetCall | undefined {
  const kind = targetKind(targetArn);
  if (kind === undefined) return undefined;
  const { status, message } = describeFailure(ended);
  return toTargetCall(kind, targetArn, {
    text: payload,
    attributes: {
      RequestID: toAttribute('String', requestId),
      ErrorCode: toAttribute('Number', String(status)),
      ErrorMessage: toAttribute('String', message.slice(0, MOST_MESSAGE)),
    },
  });
}

/** A function that failed has answered nevertheless; the texts of the others are not verified against AWS. */
function describeFailure({ condition, outcome, fault }: EventEnd): {
  readonly status: number;
  readonly message: string;
} {
  if (condition === 'ZeroReservedConcurrency') return { status: 429, message: 'Rate Exceeded.' };
  if (fault !== undefined) return { status: fault.status, message: fault.message };
  const { errorMessage } = JSON.parse(outcome?.payload ?? '{}');
  return { status: outcome === undefined ? 400 : 200, message: String(errorMessage || condition) };
}

function toAttribute(DataType: MessageAttribute['DataType'], StringValue: string) {
  return { DataType, StringValue };
}
