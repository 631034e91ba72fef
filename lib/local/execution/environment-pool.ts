import type { Environment } from './environment.ts';
import type { DeployedFunction } from './execution.ts';

/** The environments of one function: idle ones are used again. */
export interface EnvironmentPool {
  /** Lends an environment of the function's present revision; waits where all are in use. */
  readonly use: <Result>(
    deployed: DeployedFunction,
    task: (environment: Environment) => Promise<Result>,
  ) => Promise<Result>;
  readonly terminate: () => Promise<void>;
}

/** Creates a function's environments as they are needed, up to so many at once. */
export function createEnvironmentPool(
  start: (deployed: DeployedFunction) => Promise<Environment>,
  max: number,
): EnvironmentPool {
  const environments = new Set<Environment>();
  const idle: Environment[] = [];
  const waiting: (() => void)[] = [];
  let lent = 0;

  const takeIdle = ({ revision }: DeployedFunction): Environment | undefined => {
    for (let taken = idle.pop(); taken !== undefined; taken = idle.pop()) {
      if (taken.revision === revision && taken.isAlive()) return taken;
      discard(taken);
    }
    return undefined;
  };

  const discard = (environment: Environment): void => {
    environments.delete(environment);
    void environment.terminate();
  };

  const lend = async (deployed: DeployedFunction): Promise<Environment> => {
    const taken = takeIdle(deployed) ?? (await start(deployed));
    environments.add(taken);
    return taken;
  };

  const giveBack = (environment: Environment): void => {
    if (environment.isAlive()) idle.push(environment);
    else discard(environment);
  };

  return {
    use: async (deployed, task) => {
      while (lent >= max) await new Promise<void>((resolve) => waiting.push(resolve));
      lent += 1;
      try {
        const environment = await lend(deployed);
        return await task(environment).finally(() => giveBack(environment));
      } finally {
        lent -= 1;
        waiting.shift()?.();
      }
    },
    terminate: async () => {
      idle.length = 0;
      const ended = [...environments].map((environment) => environment.terminate());
      environments.clear();
      await Promise.all(ended);
    },
  };
}
