import type { DeployedFunction, InvocationOutcome } from '../execution/execution.ts';
import { changeVersion } from './find-version.ts';
import { announceCapacity, type LambdaContext } from './lambda-context.ts';
import { DETACHED, type Deployment, type StoredVersion } from './stored-function.ts';

/** One admitted invocation. */
export interface AdmittedInvocation {
  readonly version: StoredVersion;
  readonly serving: Deployment;
  readonly requestId: string;
  /** JSON. */
  readonly payload: string;
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
  const { core, running } = context;
  const { name } = invocation.version;
  running.set(name, (running.get(name) ?? 0) + 1);
  changeVersion(context, invocation.version, { usedAtMs: core.clock.nowMs() });
  const ended = answerOf(context, invocation).finally(() => {
    running.set(name, (running.get(name) ?? 1) - 1);
    announceCapacity(context, name);
  });
  return core.clock.track(ended);
}

async function answerOf(
  { core, execution }: LambdaContext,
  { version, serving, requestId, payload }: AdmittedInvocation,
): Promise<InvocationOutcome> {
  const isRun = serving.code.kind === 'deployed' && isNode(serving);
  if (execution === undefined || !isRun) return servedBy(serving);
  const atMs = core.clock.nowMs();
  const outcome = await execution.invoke(toDeployed(version, serving), { requestId, payload });
  core.journal.invocations.push({
    atMs,
    functionName: version.name,
    requestId,
    isError: outcome.isError,
    logLines: outcome.logLines,
  });
  return outcome;
}

function isNode({ configuration }: Deployment): boolean {
  return (configuration.Runtime ?? '').startsWith('nodejs');
}

function servedBy({ configuration, code }: Deployment): InvocationOutcome {
  const { VpcId, SubnetIds, SecurityGroupIds } = configuration.VpcConfig ?? DETACHED;
  const servedBy = {
    functionName: configuration.FunctionName,
    functionArn: configuration.FunctionArn,
    version: configuration.Version,
    codeSha256: code.sha256,
    vpcId: VpcId === '' ? null : VpcId,
    subnetIds: SubnetIds,
    securityGroupIds: SecurityGroupIds,
  };
  return { payload: JSON.stringify({ servedBy }), isError: false, logLines: [] };
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
