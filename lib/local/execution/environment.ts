import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { VirtualClock } from '../clock.ts';
import type { HeldRequests } from '../faults/held-requests.ts';
import type { EnvironmentData, FromEnvironment, ToEnvironment } from './bootstrap-messages.ts';
import type { DeployedFunction, Invocation, InvocationOutcome } from './execution.ts';
import { type Guarded, startWatch, type Watch } from './guard.ts';
import { failureOutcome, toLines } from './outcome.ts';
import { type Pulse, startPulse } from './pulse.ts';

/** Lies beside this file, with the same ending: in the sources, and where they were built. */
const BOOTSTRAP = new URL(`./bootstrap${extname(import.meta.url)}`, import.meta.url);

/** One execution environment: a thread in which a handler lives from one invocation to the next. */
export interface Environment {
  readonly revision: string;
  readonly isAlive: () => boolean;
  /** One invocation at a time; never rejects. */
  readonly run: (invocation: Invocation) => Promise<InvocationOutcome>;
  /** The event that it handles; undefined between two of them. */
  readonly handles: () => string | undefined;
  /** An answer that it waited for is on its way to it. */
  readonly wake: () => void;
  readonly terminate: () => Promise<void>;
}

/** What an environment is made of. */
export interface EnvironmentSettings extends Guarded {
  readonly deployed: DeployedFunction;
  /** Where the code is unpacked. */
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly clock: VirtualClock;
  /** Of the key that the function's calls are made with. */
  readonly accessKeyId: string;
  readonly heldRequests: HeldRequests | undefined;
}

interface CurrentRun {
  readonly end: (outcome: (logLines: readonly string[]) => InvocationOutcome) => void;
  readonly requestId: string;
  readonly payload: string;
  readonly pulse: Pulse;
  readonly watch: Watch;
}

/** Starts an environment; the handler's module loads at once. */
export function startEnvironment(settings: EnvironmentSettings): Environment {
  const { deployed } = settings;
  const worker = startWorker(settings);
  let isAlive = true;
  let written = '';
  let current: CurrentRun | undefined;

  const terminate = async (): Promise<void> => {
    isAlive = false;
    await worker.terminate();
  };

  const fail = (errorType: string, errorMessage: string, trace: readonly string[] = []): void => {
    isAlive = false;
    current?.end((logLines) => failureOutcome(errorType, errorMessage, { logLines, trace }));
  };

  const tell = (message: ToEnvironment): void => worker.postMessage(message);

  worker.on('message', (message: FromEnvironment) => {
    switch (message.kind) {
      case 'output':
        written += message.text;
        return;
      case 'begun':
        current?.watch.begin();
        return;
      case 'state':
        current?.pulse.hear(message);
        return;
      case 'overdue':
        current?.pulse.overdue(message.dueMs);
        return;
      case 'answer': {
        if (message.isFatal) void terminate();
        const { payload, isError } = message;
        current?.end((logLines) => ({ payload, isError, logLines }));
      }
    }
  });
  worker.on('error', (error: unknown) => {
    if (error instanceof Error) fail(error.name, error.message, (error.stack ?? '').split('\n'));
    else fail('Runtime.ExitError', String(error));
  });
  worker.on('exit', (code) => {
    fail(
      'Runtime.ExitError',
      `RequestId: ${current?.requestId} Error: ${code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`}`,
    );
  });

  const run = ({ requestId, payload, traceHeader }: Invocation): Promise<InvocationOutcome> => {
    const { promise, resolve } = Promise.withResolvers<InvocationOutcome>();
    const deadlineMs = settings.clock.nowMs() + deployed.timeoutSeconds * 1000;
    const expire = (): void => {
      void terminate();
      fail('Sandbox.Timedout', timedOut(requestId, deployed.timeoutSeconds));
    };
    const cancelDeadline = settings.clock.at(deadlineMs, expire);
    const pulse = startPulse({ ...settings, tell });
    const watch = startWatch({
      ...settings,
      timeoutMs: deployed.timeoutSeconds * 1000,
      expire,
      overdue: () => pulse.overdue(deadlineMs),
    });
    current = {
      requestId,
      payload,
      pulse,
      watch,
      end: (toOutcome) => {
        current = undefined;
        pulse.end();
        cancelDeadline();
        watch.stop();
        const logLines = toLines(written);
        written = '';
        resolve(toOutcome(logLines));
      },
    };
    tell({ kind: 'invocation', requestId, payload, deadlineMs, traceHeader });
    return promise;
  };

  return {
    revision: deployed.revision,
    isAlive: () => isAlive,
    run,
    handles: () => current?.payload,
    wake: () => current?.pulse.wake(),
    terminate,
  };
}

function startWorker({ deployed, folder, variables, clock }: EnvironmentSettings): Worker {
  const workerData: EnvironmentData = {
    clock: clock.shared,
    folder,
    handler: deployed.handler,
    functionName: deployed.name,
    functionArn: deployed.arn,
    functionVersion: deployed.version ?? '$LATEST',
    memorySize: deployed.memorySize,
  };
  const worker = new Worker(BOOTSTRAP, {
    workerData,
    env: { ...variables },
    // Handlers write through messages, so that what they wrote arrives before their answer.
    stdout: true,
    stderr: true,
    execArgv: [],
  });
  worker.unref();
  return worker;
}

function timedOut(requestId: string, timeoutSeconds: number): string {
  return `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
}
