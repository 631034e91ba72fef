import type { AccountCore } from './account-core.ts';
import { type AccountOptions, createCore, createParts } from './account-parts.ts';
import type { VirtualClock } from './clock.ts';
import type { Metrics } from './cloudwatch/metrics.ts';
import type { RoutedNetwork } from './ec2/network.ts';
import type { EventBus } from './events/event-bus.ts';
import type { TrailDelivery } from './events/trail-delivery.ts';
import type { Execution } from './execution/execution.ts';
import type { PlantedFaults } from './faults/planted-faults.ts';
import type { Journal } from './journal.ts';
import type { LambdaService } from './lambda/lambda-service.ts';
import { advanceUntil } from './passing-time.ts';
import type { ApiThrottle } from './quotas/api-throttle.ts';
import { serve } from './server.ts';
import type { Quotas } from './service-quotas/quotas.ts';
import type { AccountQueues } from './sqs/account-queues.ts';

/** How a local account is started; everything has a default. */
export interface LocalAccountOptions extends AccountOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** How many times faster than real time virtual time passes. Default: 0, it only moves when it is advanced. */
  readonly speed?: number;
}

/** A local account that answers on its endpoint. */
export interface LocalAccount {
  /** `http://127.0.0.1:PORT`. */
  readonly endpoint: string;
  readonly core: AccountCore;
  readonly clock: VirtualClock;
  readonly journal: Journal;
  readonly queues: AccountQueues;
  readonly network: RoutedNetwork;
  readonly quotas: Quotas;
  /** Whoever wants a history of invocations notes it here. */
  readonly metrics: Metrics;
  readonly functions: LambdaService['functions'];
  readonly execution: Execution;
  readonly faults: PlantedFaults;
  readonly throttle: ApiThrottle;
  readonly trail: TrailDelivery;
  /** Sends an event to every rule that it matches; answers the ARNs of those rules. */
  readonly deliverEvent: EventBus['deliver'];
  /** Moves virtual time and waits for everything that falls due. */
  readonly advance: VirtualClock['advance'];
  /** Moves virtual time as far as deployed code waits for it, until something that was asked for has ended. */
  readonly advanceUntil: <Result>(asked: Promise<Result>) => Promise<Result>;
  /** Waits until nothing is in flight at this moment of virtual time. */
  readonly settle: VirtualClock['settle'];
  /** From now on virtual time passes so many times faster than real time; 0 lets it stand still. */
  readonly follow: (speed: number) => void;
  readonly close: () => Promise<void>;
}

const MAX_PORT = 65_535;

/** Starts a local account on 127.0.0.1, with a seeded network, the role `lambda-role` and a bootstrapped bucket. */
export async function startLocalAccount(options: LocalAccountOptions = {}): Promise<LocalAccount> {
  const { port = 0, speed = 0 } = options;
  if (!Number.isInteger(port) || port < 0 || port > MAX_PORT) {
    throw new Error(`port is \`${port}\`: expected a whole number from 0 to ${MAX_PORT}`);
  }
  const core = createCore(options);
  let endpoint = '';
  const parts = createParts(core, options, () => endpoint);
  const { sideDoors, connectionRules, pace } = parts;
  const server = await serve(core, { port, sideDoors, connectionRules });
  endpoint = server.endpoint;
  if (speed > 0) pace.follow(speed);
  return {
    endpoint,
    core,
    clock: core.clock,
    journal: core.journal,
    queues: parts.queues,
    network: parts.network,
    quotas: parts.quotas,
    metrics: parts.metrics,
    functions: parts.functions,
    execution: parts.execution,
    faults: core.faults,
    throttle: core.throttle,
    trail: parts.trail,
    deliverEvent: parts.bus.deliver,
    advance: core.clock.advance,
    advanceUntil: (asked) => advanceUntil(core.clock, asked),
    settle: core.clock.settle,
    follow: pace.follow,
    close: async () => {
      pace.stop();
      await server.close();
      await parts.execution.close();
    },
  };
}
