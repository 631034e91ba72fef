import type { ControlContext } from '../core/controls/control.ts';
import { createControlContext } from '../core/controls/evaluate-controls.ts';
import type { CompiledPolicy } from '../core/policy.ts';
import type { Deployment, Ports } from '../workflows/ports.ts';
import { readCompiledPolicy } from './compiled-policy.ts';
import { countSentRequests } from './connections.ts';
import {
  COMMON_VARIABLES,
  PROCESS_ENVIRONMENT,
  parseEnvironment,
  toDeployment,
} from './environment.ts';
import { withoutTrace } from './fault.ts';
import { type Log, logger } from './logger.ts';
import { type Count, count } from './metrics.ts';
import { createNetworkChangePorts, type NetworkChangePorts } from './network-ports.ts';
import { type CommonEnvironment, createPorts, openQueues } from './ports.ts';

/** What every handler hands to its workflow, and what it tells of it. */
export interface Composition {
  readonly ports: Ports;
  readonly settings: {
    readonly policy: CompiledPolicy;
    readonly controls: ControlContext;
    readonly deployment: Deployment;
  };
  readonly log: Log;
  readonly count: Count;
}

/** What `enforce-on-change` needs besides. */
export interface EnforceComposition extends Composition {
  /** Sends a message that nobody can carry out to the dead-letter queue, with its fault. */
  readonly setAside: (body: string, fault: string) => Promise<void>;
  /** What brings a change of the network to the functions that it may concern. */
  readonly networkChange: NetworkChangePorts;
}

/** What `rescan-on-request` needs besides. */
export interface RescanComposition extends Composition {
  /** Counts the requests sent to AWS so far. */
  readonly countSentRequests: () => number;
}

/** Assembles `enforce-on-change`. */
export function composeEnforce(raw = PROCESS_ENVIRONMENT): EnforceComposition {
  return startUp(() => {
    const names = [...COMMON_VARIABLES, 'DEAD_LETTER_QUEUE_URL'] as const;
    const environment = parseEnvironment(raw, names);
    const deadLetterQueueUrl = environment.DEAD_LETTER_QUEUE_URL;
    return {
      ...compose(environment),
      setAside: async (body, fault) =>
        (await openQueues()).setAside(deadLetterQueueUrl, body, fault),
      networkChange: createNetworkChangePorts(environment),
    };
  });
}

/** Assembles `rescan-on-request`. */
export function composeRescan(raw = PROCESS_ENVIRONMENT): RescanComposition {
  return startUp(() => {
    return { ...compose(parseEnvironment(raw, COMMON_VARIABLES)), countSentRequests };
  });
}

/** Assembles `release-on-request`. */
export function composeRelease(raw = PROCESS_ENVIRONMENT): Composition {
  return startUp(() => compose(parseEnvironment(raw, COMMON_VARIABLES)));
}

function compose(environment: CommonEnvironment): Composition {
  const policy = readCompiledPolicy();
  const deployment = toDeployment(environment);
  return {
    ports: createPorts(environment, deployment),
    settings: { policy, controls: createControlContext(policy), deployment },
    log: logger,
    count,
  };
}

/** A wrong deployment fails at its cold start, with one message. */
function startUp<Composed>(composeAll: () => Composed): Composed {
  try {
    return composeAll();
  } catch (error) {
    throw withoutTrace(error);
  }
}
