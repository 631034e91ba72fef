import type { AccountCore } from '../account-core.ts';
import { issueKey } from '../identity/principals.ts';
import { createCodeFolders } from './code-folders.ts';
import { type Environment, startEnvironment } from './environment.ts';
import { createEnvironmentPool, type EnvironmentPool } from './environment-pool.ts';
import { toEnvironmentVariables } from './environment-variables.ts';
import { failureOutcome } from './outcome.ts';

/** A function as it is to be run. */
export interface DeployedFunction {
  readonly name: string;
  readonly arn: string;
  /** Absent: `$LATEST`. */
  readonly version?: string;
  /** Environments of another revision are not used any more. */
  readonly revision: string;
  readonly roleArn: string;
  readonly runtime: string;
  /** Such as `index.handler`. */
  readonly handler: string;
  readonly memorySize: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  /** A zip file. */
  readonly code: Uint8Array;
  readonly codeSha256: string;
}

/** One event for a function. */
export interface Invocation {
  readonly requestId: string;
  /** JSON. */
  readonly payload: string;
  /** X-Ray's header, which the SDK in the function sends with its calls. */
  readonly traceHeader?: string;
}

/** What came of one invocation. */
export interface InvocationOutcome {
  /** JSON: the handler's answer, or `errorType`, `errorMessage` and `trace`. */
  readonly payload: string;
  readonly isError: boolean;
  /** What the handler wrote, line by line. */
  readonly logLines: readonly string[];
}

/** Runs deployed functions. */
export interface Execution {
  /** Never rejects: whatever goes wrong is the outcome. */
  readonly invoke: (
    deployed: DeployedFunction,
    invocation: Invocation,
  ) => Promise<InvocationOutcome>;
  /** Ends a function's environments, as a crash of their host does: what they run fails. */
  readonly terminateEnvironments: (functionName: string) => Promise<void>;
  /** The event that is handled by the environment with this access key; undefined where none is. */
  readonly handledBy: (accessKeyId: string) => string | undefined;
  /** Ends the environment with this access key, as a crash of its host does: what it runs fails. */
  readonly crash: (accessKeyId: string) => Promise<void>;
  /** Ends everything and removes what was unpacked. */
  readonly close: () => Promise<void>;
}

/** How functions are run. */
export interface ExecutionSettings {
  /** Where the account is served; asked when an environment starts. */
  readonly endpoint: () => string;
  /** In real time: a handler that makes no call for so long, or for a second more than its time-out, fails instead of holding up the clock for ever. */
  readonly guardMs?: number;
  /** For each version of a function; further invocations wait. */
  readonly maxEnvironments?: number;
}

/** Creates what runs deployed functions: each environment is a thread with the function's own variables and role. */
export function createExecution(core: AccountCore, settings: ExecutionSettings): Execution {
  const folders = createCodeFolders();
  const pools = new Map<string, EnvironmentPool>();
  const byKey = new Map<string, Environment>();
  core.heldRequests?.onRelease((accessKeyId) => byKey.get(accessKeyId)?.wake());

  const start = async (deployed: DeployedFunction) => {
    const folder = await folders.folderOf(deployed);
    const role = [...core.principals.roles.values()].find(({ arn }) => arn === deployed.roleArn);
    if (role === undefined) {
      throw new Error('The role defined for the function cannot be assumed by Lambda.');
    }
    const key = issueKey(core.principals, role, {
      name: deployed.name,
      nowMs: core.clock.nowMs(),
      isInside: true,
    });
    const environment = startEnvironment({
      deployed,
      folder,
      clock: core.clock,
      accessKeyId: key.accessKeyId,
      heldRequests: core.heldRequests,
      guardMs: settings.guardMs ?? 60_000,
      lastCall: () => lastCallOf(core, key.accessKeyId),
      variables: toEnvironmentVariables(deployed, {
        folder,
        key,
        region: core.region,
        endpoint: settings.endpoint(),
      }),
    });
    for (const [id, { isAlive }] of byKey) if (!isAlive()) byKey.delete(id);
    byKey.set(key.accessKeyId, environment);
    return environment;
  };

  const poolOf = ({ name, version = '$LATEST' }: DeployedFunction): EnvironmentPool => {
    const key = `${name}:${version}`;
    const pool = pools.get(key) ?? createEnvironmentPool(start, settings.maxEnvironments ?? 8);
    pools.set(key, pool);
    return pool;
  };

  return {
    invoke: async (deployed, invocation) => {
      try {
        return await poolOf(deployed).use(deployed, (environment) => environment.run(invocation));
      } catch (error) {
        return failureOutcome('Runtime.Unknown', messageOf(error));
      }
    },
    terminateEnvironments: async (name) => {
      const own = [...pools].filter(([key]) => key.startsWith(`${name}:`));
      await Promise.all(own.map(([, pool]) => pool.terminate()));
    },
    handledBy: (accessKeyId) => byKey.get(accessKeyId)?.handles(),
    crash: async (accessKeyId) => byKey.get(accessKeyId)?.terminate(),
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.terminate()));
      await folders.remove();
    },
  };
}

function lastCallOf({ journal }: AccountCore, accessKeyId: string): string | undefined {
  return journal.calls.findLast((call) => call.accessKeyId === accessKeyId)?.requestId;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
