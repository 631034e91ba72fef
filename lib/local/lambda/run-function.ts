import type { InvokedVersion } from '../cloudwatch/metrics.ts';
import type { DeployedFunction, InvocationOutcome } from '../execution/execution.ts';
import { note } from '../journal.ts';
import { followTrace } from '../lineage.ts';
import { changeVersion } from './find-version.ts';
import { mayWriteLog } from './function-log.ts';
import { announceCapacity, type LambdaContext } from './lambda-context.ts';
import type { Deployment, StoredVersion } from './stored-function.ts';
import { stubAnswer } from './stub-answer.ts';

/** One admitted invocation. */
export interface AdmittedInvocation {
  readonly version: StoredVersion;
  readonly serving: Deployment;
  /** The alias that was named, if one was. */
  readonly alias?: string;
  readonly requestId: string;
  /** JSON. */
  readonly payload: string;
  /** What X-Ray's header told of the event, where it came with one. */
  readonly traceHeader?: string | undefined;
}

/**
 * Runs one admitted invocation; the clock waits for it.
 *
 * Deployed code is run. Code that came with the request is not: the answer names what served it instead.
 */
export function runFunction(
  context: LambdaContext,
  invocation: AdmittedInvocation,
): Promise<InvocationOutcome> {
  const { core, metrics, running } = context;
  const { name } = invocation.version;
  running.set(name, (running.get(name) ?? 0) + 1);
  changeVersion(context, invocation.version, { usedAtMs: core.clock.nowMs() });
  metrics.noteInvocation(toInvoked(invocation));
  const ended = answerOf(context, invocation).finally(() => {
    running.set(name, (running.get(name) ?? 1) - 1);
    announceCapacity(context, name);
  });
  return core.clock.track(ended);
}

async function answerOf(
  context: LambdaContext,
  invocation: AdmittedInvocation,
): Promise<InvocationOutcome> {
  const { core, execution } = context;
  const { version, serving, requestId, payload } = invocation;
  const traceHeader = followTrace(version.arn, invocation.traceHeader);
  const isRun = serving.code.kind === 'deployed' && isNode(serving);
  if (execution === undefined || !isRun) {
    return { payload: stubAnswer(context, invocation), isError: false, logLines: [] };
  }
  const atMs = core.clock.nowMs();
  const outcome = await execution.invoke(toDeployed(version, serving), {
    requestId,
    payload,
    traceHeader,
  });
  note(core.journal.invocations, {
    atMs,
    functionName: version.name,
    requestId,
    isError: outcome.isError,
    // Without the right to write its log a function logs nothing, and runs all the same.
    logLines: mayWriteLog(context, { ...serving, requestId }) ? outcome.logLines : [],
  });
  return outcome;
}

function toInvoked({ version, alias }: AdmittedInvocation): InvokedVersion {
  return {
    functionName: version.name,
    version: version.configuration.Version,
    ...(alias === undefined ? {} : { alias }),
  };
}

function isNode({ configuration }: Deployment): boolean {
  return (configuration.Runtime ?? '').startsWith('nodejs');
}

function toDeployed(
  { name, arn }: StoredVersion,
  { configuration, code }: Deployment,
): DeployedFunction {
  return {
    name,
    arn,
    version: configuration.Version,
    revision: configuration.RevisionId,
    roleArn: configuration.Role,
    runtime: configuration.Runtime ?? '',
    handler: configuration.Handler ?? '',
    memorySize: configuration.MemorySize ?? 128,
    timeoutSeconds: configuration.Timeout ?? 3,
    environment: configuration.Environment?.Variables ?? {},
    code: code.bytes,
    codeSha256: code.sha256,
  };
}
