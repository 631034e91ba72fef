import { randomUUID } from 'node:crypto';
import type { VirtualClock } from './clock.ts';
import { type Recorded, toTrailCode, toTrailRecord } from './cloudtrail.ts';
import type { HeldRequests } from './faults/held-requests.ts';
import { authorize } from './identity/authorize.ts';
import type { Caller } from './identity/caller.ts';
import type { Principals } from './identity/principals.ts';
import { type Journal, MOST_KEPT, note, type TrailRecord } from './journal.ts';
import { AwsFault } from './wire/aws-fault.ts';
import type { Call, Operation, Service } from './wire/operation.ts';

/** What every service of the account shares. */
export interface AccountCore {
  readonly accountId: string;
  readonly region: string;
  readonly clock: VirtualClock;
  readonly journal: Journal;
  readonly principals: Principals;
  /** By signing name; filled while the account is put together. */
  readonly services: Map<string, Service>;
  /** Called with every CloudTrail record, in order. */
  readonly trailListeners: ((record: TrailRecord) => void)[];
  /** What a call has to pass before its service sees it, in order. */
  readonly gates?: readonly Gate[];
  /** Who waits for answers that come in virtual time. */
  readonly heldRequests?: HeldRequests;
}

/**
 * Stands between callers and services: it throws what a call meets instead of its service.
 *
 * What it answers is done when the service has done its work, and may throw the answer away.
 */
export type Gate = (request: Request) => Passed | Promise<Passed>;

type Passed = (() => void | Promise<void>) | undefined;

/** One request to an operation, whoever carries it. */
export interface Request {
  readonly service: Service;
  readonly operation: Operation;
  readonly input: Record<string, unknown>;
  readonly caller: Caller;
  readonly userAgent: string;
  readonly requestId: string;
  /** What the caller handles while it makes this call, as X-Ray's header tells it. */
  readonly traceHeader?: string;
  /** From 2 on where the caller's SDK says that it tries again. */
  readonly attempt?: number;
}

/** Authorizes, performs, journals and records one call; throws an `AwsFault` where AWS would answer an error. */
export async function perform(
  core: AccountCore,
  request: Request,
): Promise<Record<string, unknown>> {
  const { service, operation, caller } = request;
  const input = request.input as never;
  let afterwards: readonly (() => void | Promise<void>)[] = [];
  let output: Record<string, unknown>;
  try {
    afterwards = await passGates(core, request);
    const call = toCall(core, request);
    authorize(core.principals, caller, {
      needs: operation.needs(input, call),
      denied: service.denied,
    });
    output = ((await operation.handle(input, call)) ?? {}) as Record<string, unknown>;
    journal(core, request, { status: 200 });
    record(core, request, { output });
  } catch (error) {
    const fault = toFault(error);
    // It never came to the service, so nobody there knows of it.
    if (fault.connection !== undefined) throw fault;
    journal(core, request, { status: fault.status, errorCode: fault.code });
    record(core, request, { fault });
    for (const afterward of afterwards) await afterward();
    throw fault;
  }
  for (const afterward of afterwards) await afterward();
  return output;
}

function toCall(
  { clock }: AccountCore,
  { caller, requestId, userAgent, traceHeader }: Request,
): Call {
  return {
    caller,
    requestId,
    userAgent,
    nowMs: clock.nowMs(),
    ...(traceHeader === undefined ? {} : { traceHeader }),
  };
}

async function passGates(
  core: AccountCore,
  request: Request,
): Promise<readonly (() => void | Promise<void>)[]> {
  const afterwards: (() => void | Promise<void>)[] = [];
  for (const gate of core.gates ?? []) {
    const afterward = await gate(request);
    if (afterward !== undefined) afterwards.push(afterward);
  }
  return afterwards;
}

/** Performs an operation from inside the account, as CloudFormation does for its caller. */
export function callService(
  core: AccountCore,
  caller: Caller,
  {
    service: name,
    operation: wanted,
    input,
    traceHeader,
  }: { service: string; operation: string; input: object; traceHeader?: string },
): Promise<Record<string, unknown>> {
  const service = core.services.get(name);
  const operation = service?.operations.find((candidate) => candidate.name === wanted);
  if (service === undefined || operation === undefined) {
    throw new Error(`the local account has no operation \`${name}:${wanted}\``);
  }
  return perform(core, {
    service,
    operation,
    input: { ...input },
    caller,
    userAgent: caller.invokedBy ?? caller.arn,
    requestId: randomUUID(),
    ...(traceHeader === undefined ? {} : { traceHeader }),
  });
}

/** Any error as one that can be answered; a bug of the account itself is an internal failure. */
export function toFault(error: unknown): AwsFault {
  if (error instanceof AwsFault) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new AwsFault(`the local account failed: ${message}`, {
    code: 'InternalFailure',
    status: 500,
  });
}

function journal(
  core: AccountCore,
  { service, operation, caller, requestId, attempt }: Request,
  outcome: { readonly status: number; readonly errorCode?: string },
): void {
  const call = {
    atMs: core.clock.nowMs(),
    service: service.name,
    operation: operation.name,
    caller: caller.arn,
    accessKeyId: caller.accessKeyId,
    requestId,
    ...outcome,
    ...(attempt === undefined ? {} : { attempt }),
  };
  note(core.journal.calls, call, MOST_KEPT.calls);
}

function record(
  core: AccountCore,
  request: Request,
  outcome: { readonly output?: unknown; readonly fault?: AwsFault },
): void {
  const { service, operation, caller, requestId, userAgent, input } = request;
  const trail = operation.trail?.(input as never);
  if (trail === undefined) return;
  const recorded: Recorded = {
    service: service.name,
    eventName: trail.eventName,
    caller,
    requestId,
    userAgent,
    request: trail.request,
    response: outcome.fault === undefined ? trail.response(outcome.output) : null,
    ...(outcome.fault === undefined
      ? {}
      : {
          error: { code: toTrailCode(service, outcome.fault), message: outcome.fault.message },
        }),
  };
  const written = toTrailRecord(recorded, {
    accountId: core.accountId,
    region: core.region,
    nowMs: core.clock.nowMs(),
    eventId: randomUUID(),
  });
  note(core.journal.events, written);
  for (const listener of core.trailListeners) listener(written);
}
