import type { AccountCore } from './account-core.ts';
import { bootstrapBucket } from './bootstrap.ts';
import { createChatbotService } from './chatbot/chatbot-service.ts';
import { createClock, type VirtualClock } from './clock.ts';
import { createCloudformationService } from './cloudformation/cloudformation-service.ts';
import { createDynamodbService } from './dynamodb/dynamodb-service.ts';
import { createEc2Service } from './ec2/ec2-service.ts';
import type { RoutedNetwork } from './ec2/network.ts';
import { seedNetwork } from './ec2/seed-network.ts';
import { createEventBus, type EventBus } from './events/event-bus.ts';
import { createEventsService } from './events/events-service.ts';
import { createExecution, type Execution } from './execution/execution.ts';
import { createIamService } from './iam/iam-service.ts';
import { seedLambdaRole } from './iam/seed-roles.ts';
import { createPrincipals } from './identity/principals.ts';
import { createJournal, type Journal } from './journal.ts';
import type { Durations } from './lambda/lambda-context.ts';
import { createLambdaService, type LambdaService } from './lambda/lambda-service.ts';
import { createLogsService } from './logs/logs-service.ts';
import { passTime } from './passing-time.ts';
import { type Buckets, toObjects } from './s3/buckets.ts';
import { createS3Door } from './s3/s3-door.ts';
import { createS3Service } from './s3/s3-service.ts';
import { serve } from './server.ts';
import { createQuotas, type Quotas } from './service-quotas/quotas.ts';
import { createServiceQuotasService } from './service-quotas/service-quotas-service.ts';
import { createSnsService } from './sns/sns-service.ts';
import { type AccountQueues, createQueues } from './sqs/account-queues.ts';
import { createSqsService } from './sqs/sqs-service.ts';
import { createSteeringDoor } from './steering.ts';
import { createStsService } from './sts/sts-service.ts';

/** How a local account is started; everything has a default. */
export interface LocalAccountOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Where virtual time begins. Default: now. */
  readonly startMs?: number;
  /** How many times faster than real time virtual time passes. Default: 0, it only moves when it is advanced. */
  readonly speed?: number;
  readonly accountId?: string;
  readonly region?: string;
  /** From a call to its CloudTrail event, in virtual time. */
  readonly trailDelayMs?: number;
  /** How long Lambda takes, in virtual time. */
  readonly durations?: Partial<Durations>;
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
  readonly functions: LambdaService['functions'];
  readonly execution: Execution;
  /** Sends an event to every rule that it matches; answers the ARNs of those rules. */
  readonly deliverEvent: EventBus['deliver'];
  /** Moves virtual time and waits for everything that falls due. */
  readonly advance: VirtualClock['advance'];
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
  const parts = createParts(core, { ...options, endpointOf: () => endpoint });
  const server = await serve(core, { port, sideDoors: parts.sideDoors });
  endpoint = server.endpoint;
  let stopTime = passTime(core.clock, speed);
  return {
    endpoint,
    core,
    clock: core.clock,
    journal: core.journal,
    queues: parts.queues,
    network: parts.network,
    quotas: parts.quotas,
    functions: parts.functions,
    execution: parts.execution,
    deliverEvent: parts.bus.deliver,
    advance: core.clock.advance,
    settle: core.clock.settle,
    follow: (newSpeed) => {
      stopTime();
      stopTime = passTime(core.clock, newSpeed);
    },
    close: async () => {
      stopTime();
      await server.close();
      await parts.execution.close();
    },
  };
}

function createCore({
  startMs = Date.now(),
  accountId = '123456789012',
  region = 'us-east-1',
}: LocalAccountOptions): AccountCore {
  const core: AccountCore = {
    accountId,
    region,
    clock: createClock(startMs),
    journal: createJournal(),
    principals: createPrincipals(accountId, startMs),
    services: new Map(),
    trailListeners: [],
  };
  seedLambdaRole(core);
  return core;
}

interface PartsOptions extends LocalAccountOptions {
  /** Known once the server listens. */
  readonly endpointOf: () => string;
}

function createParts(core: AccountCore, options: PartsOptions) {
  const { endpointOf, durations = {}, trailDelayMs } = options;
  const network = seedNetwork(core.region);
  const buckets: Buckets = new Map([[bootstrapBucket(core.accountId, core.region), new Map()]]);
  const objects = toObjects(buckets);
  const quotas = createQuotas();
  const queues = createQueues(core);
  const bus = createEventBus(core, {
    queues,
    ...(trailDelayMs === undefined ? {} : { trailDelayMs }),
  });
  const execution = createExecution(core, { endpoint: endpointOf });
  const lambda = createLambdaService(core, {
    network,
    queues,
    objects,
    execution,
    endpoint: endpointOf,
    durations,
  });
  const s3 = createS3Service(core, buckets);
  const services = [
    lambda,
    s3,
    createChatbotService(core),
    createCloudformationService(core, { objects }),
    createDynamodbService(core),
    createEc2Service(core, network),
    createEventsService(core, bus),
    createIamService(core),
    createLogsService(core),
    createServiceQuotasService(core, quotas),
    createSnsService(core, { queues }),
    createSqsService(core, { queues, endpointOf }),
    createStsService(core),
  ];
  for (const service of services) core.services.set(service.name, service);
  const sideDoors = [createSteeringDoor({ core, queues, bus }), createS3Door(core, s3)];
  return { network, quotas, queues, bus, execution, functions: lambda.functions, sideDoors };
}
