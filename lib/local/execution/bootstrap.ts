/** The thread in which a deployed handler lives: the runtime's side of an execution environment. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type {
  EnvironmentData,
  FromEnvironment,
  InvocationMessage,
  ToEnvironment,
} from './bootstrap-messages.ts';
import { replaceTimers } from './replace-timers.ts';
import { createVirtualTimers } from './virtual-timers.ts';

type Handler = (event: unknown, context: object) => unknown;

const data = workerData as EnvironmentData;
const RealDate = Date;
const { setImmediate } = globalThis;

followVirtualTime();
const timers = createVirtualTimers({
  nowMs: () => Date.now(),
  overdue: (dueMs) => say({ kind: 'overdue', dueMs }),
});
replaceTimers(timers);
captureOutput();
// Started at once, as Lambda does; a failure is the answer to the first invocation.
let isLoading = true;
const loading = loadHandler().finally(() => {
  isLoading = false;
});
loading.catch(() => undefined);
parentPort?.on('message', (message: ToEnvironment) => {
  switch (message.kind) {
    case 'invocation':
      // What fell due while the environment was frozen.
      timers.runDue();
      void answer(message);
      return;
    case 'time':
      timers.runDue();
      return;
    case 'look':
      setImmediate(() => tellState(message.id));
  }
});

/** Says what the thread is doing: connections that are kept for later do not count. */
function tellState(id: number): void {
  const resources = process.getActiveResourcesInfo();
  const sockets = resources.filter((name) => name === 'TCPSocketWrap').length;
  const others = resources.filter((name) => name !== 'TCPSocketWrap' && name !== 'MessagePort');
  const isBusy = isLoading || others.length > 0;
  say({ kind: 'state', id, isBusy, sockets, dueMs: timers.nextDueMs() });
}

/** Replaces what tells the time before any code of the function is loaded. */
function followVirtualTime(): void {
  const cell = new BigInt64Array(data.clock);
  const now = (): number => Number(Atomics.load(cell, 0));
  RealDate.now = now;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, values, newTarget) =>
      Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget),
    apply: () => new RealDate(now()).toString(),
  });
}

/** Sends what the function writes the same way as its answers, so that the order is kept. */
function captureOutput(): void {
  const write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    say({
      kind: 'output',
      text: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString(),
    });
    const done = rest.find((value) => typeof value === 'function');
    if (done !== undefined) queueMicrotask(() => done());
    return true;
  };
  process.stdout.write = write;
  process.stderr.write = write;
}

async function loadHandler(): Promise<Handler> {
  const [, path = '', name = ''] = /^(.*)\.([^.]+)$/.exec(data.handler) ?? [];
  const file = ['.mjs', '.js', '.cjs']
    .map((ending) => join(data.folder, `${path}${ending}`))
    .find((candidate) => existsSync(candidate));
  if (file === undefined) {
    throw namedError('Runtime.ImportModuleError', `Error: Cannot find module '${path}'`);
  }
  const module: Record<string, unknown> = await import(pathToFileURL(file).href);
  const exported = module[name] ?? (module['default'] as Record<string, unknown>)?.[name];
  if (typeof exported !== 'function') {
    throw namedError('Runtime.HandlerNotFound', `${data.handler} is undefined or not exported`);
  }
  return exported as Handler;
}

async function answer(invocation: InvocationMessage): Promise<void> {
  const { requestId, payload, deadlineMs, traceHeader } = invocation;
  if (traceHeader !== undefined) env['_X_AMZN_TRACE_ID'] = traceHeader;
  let handler: Handler;
  try {
    handler = await loading;
  } catch (error) {
    say({ kind: 'answer', payload: toErrorPayload(error), isError: true, isFatal: true });
    return;
  }
  say({ kind: 'begun' });
  try {
    const result = await handler(JSON.parse(payload), toContext(requestId, deadlineMs));
    say({ kind: 'answer', payload: toPayload(result), isError: false, isFatal: false });
  } catch (error) {
    say({ kind: 'answer', payload: toErrorPayload(error), isError: true, isFatal: false });
  }
}

function toContext(awsRequestId: string, deadlineMs: number): object {
  return {
    awsRequestId,
    functionName: data.functionName,
    functionVersion: data.functionVersion,
    invokedFunctionArn: data.functionArn,
    memoryLimitInMB: String(data.memorySize),
    logGroupName: `/aws/lambda/${data.functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}

function toPayload(result: unknown): string {
  try {
    return JSON.stringify(result === undefined ? null : result);
  } catch (cause) {
    throw namedError('Runtime.MarshalError', 'Unable to stringify response body', cause);
  }
}

function toErrorPayload(error: unknown): string {
  if (!(error instanceof Error)) {
    return JSON.stringify({ errorType: typeof error, errorMessage: String(error), trace: [] });
  }
  return JSON.stringify({
    errorType: error.name,
    errorMessage: error.message,
    trace: (error.stack ?? '').split('\n'),
  });
}

function namedError(name: string, message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { name });
}

function say(message: FromEnvironment): void {
  parentPort?.postMessage(message);
}
