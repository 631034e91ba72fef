import type { ControlContext } from '../core/controls/control.ts';
import { createControlContext } from '../core/controls/evaluate-controls.ts';
import { ENFORCE_RATES, sweepRates } from '../core/lambda-quotas.ts';
import type { CompiledPolicy } from '../core/policy.ts';
import type { Deployment, Ports } from '../workflows/ports.ts';
import type { SweepPorts } from '../workflows/sweep-ports.ts';
import { lambdaClient } from './clients.ts';
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
import { type Count, count, type Gauge, gauge } from './metrics.ts';
import { createNetworkChangePorts, type NetworkChangePorts } from './network-ports.ts';
import { keepToQuotas } from './paced-calls.ts';
import { type CommonEnvironment, createPorts, openQueues } from './ports.ts';
import { createSweepPorts } from './sweep-ports.ts';

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

/** What `rescan-on-request` and `sweep-on-schedule` need besides. */
export interface SweepComposition extends Composition {
  readonly ports: SweepPorts;
  readonly gauge: Gauge;
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
export function composeRescan(raw = PROCESS_ENVIRONMENT): SweepComposition {
  // It sends no heartbeat.
  return startUp(() => composeSweeping(parseEnvironment(raw, COMMON_VARIABLES), ''));
}

/** Assembles `sweep-on-schedule`. */
export function composeSweep(raw = PROCESS_ENVIRONMENT): SweepComposition {
  return startUp(() => {
    const environment = parseEnvironment(raw, [...COMMON_VARIABLES, 'SWEEP_FUNCTION_ARN']);
    return composeSweeping(environment, environment.SWEEP_FUNCTION_ARN);
  });
}

/** Assembles `release-on-request`. */
export function composeRelease(raw = PROCESS_ENVIRONMENT): Composition {
  return startUp(() => compose(parseEnvironment(raw, COMMON_VARIABLES)));
}

function composeSweeping(environment: CommonEnvironment, heartbeatArn: string): SweepComposition {
  const common = composeCommon(environment);
  const { policy, deployment } = common.settings;
  keepToQuotas(lambdaClient, sweepRates(policy.sweep.share));
  const ports = createSweepPorts(environment, deployment, heartbeatArn);
  return { ...common, ports, gauge, countSentRequests };
}

function compose(environment: CommonEnvironment): Composition {
  const common = composeCommon(environment);
  keepToQuotas(lambdaClient, ENFORCE_RATES);
  return { ...common, ports: createPorts(environment, common.settings.deployment) };
}

function composeCommon(environment: CommonEnvironment): Omit<Composition, 'ports'> {
  const policy = readCompiledPolicy();
  const deployment = toDeployment(environment);
  const settings = { policy, controls: createControlContext(policy), deployment };
  return { settings, log: logger, count };
}

/** A wrong deployment fails at its cold start, with one message. */
function startUp<Composed>(composeAll: () => Composed): Composed {
  try {
    return composeAll();
  } catch (error) {
    throw withoutTrace(error);
  }
}
