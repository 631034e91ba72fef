import type { AccountCore, Gate } from './account-core.ts';
import { bootstrapBucket } from './bootstrap.ts';
import { createChatbotService } from './chatbot/chatbot-service.ts';
import { createClock } from './clock.ts';
import { createCloudformationService } from './cloudformation/cloudformation-service.ts';
import { createCloudtrailService } from './cloudtrail-api/cloudtrail-service.ts';
import { isLogged } from './cloudtrail-api/logged-events.ts';
import { createTrails } from './cloudtrail-api/trails.ts';
import { alarmOperations } from './cloudwatch/alarm-operations.ts';
import { createCloudwatchService } from './cloudwatch/cloudwatch-service.ts';
import { createMetrics } from './cloudwatch/metrics.ts';
import type { ConnectionRules } from './connections.ts';
import { createDynamodbService } from './dynamodb/dynamodb-service.ts';
import { createEc2Service } from './ec2/ec2-service.ts';
import { seedNetwork } from './ec2/seed-network.ts';
import { createEventBus } from './events/event-bus.ts';
import { createEventsService } from './events/events-service.ts';
import { createTrailDelivery, type TrailRules } from './events/trail-delivery.ts';
import { createExecution } from './execution/execution.ts';
import { createHeldRequests } from './faults/held-requests.ts';
import { createPlantedFaults, type PlantedFaults } from './faults/planted-faults.ts';
import { createIamService } from './iam/iam-service.ts';
import { seedLambdaRole } from './iam/seed-roles.ts';
import { createPrincipals } from './identity/principals.ts';
import { createJournal } from './journal.ts';
import type { Durations } from './lambda/lambda-context.ts';
import { createLambdaService } from './lambda/lambda-service.ts';
import { createLogsService } from './logs/logs-service.ts';
import { createOrganizationsService } from './organizations/organizations-service.ts';
import { createPace } from './pace.ts';
import { type ApiThrottle, createApiThrottle } from './quotas/api-throttle.ts';
import { type Buckets, toObjects } from './s3/buckets.ts';
import { createS3Door } from './s3/s3-door.ts';
import { createS3Service } from './s3/s3-service.ts';
import { createSchedulerService } from './scheduler/scheduler-service.ts';
import { createQuotas } from './service-quotas/quotas.ts';
import { createServiceQuotasService } from './service-quotas/service-quotas-service.ts';
import { createSnsService } from './sns/sns-service.ts';
import { createQueues } from './sqs/account-queues.ts';
import { createSqsService } from './sqs/sqs-service.ts';
import { createSteeringDoor } from './steering.ts';
import { createStsService } from './sts/sts-service.ts';

/** What an account is made with; everything has a default. */
export interface AccountOptions {
  /** Where virtual time begins. Default: now. */
  readonly startMs?: number;
  readonly accountId?: string;
  readonly region?: string;
  /** From a call to its CloudTrail event, in virtual time. */
  readonly trailDelayMs?: number;
  /** How else CloudTrail's records come to the event bus. Default: in order, once. */
  readonly trail?: Partial<TrailRules>;
  /**
   * Whether callers are held to AWS's request rates. Default: no.
   *
   * While virtual time stands still, whatever is done is one burst.
   */
  readonly apiQuotas?: boolean;
  /** Makes planted faults and CloudTrail's failings others; the same seed makes the same ones. */
  readonly seed?: number;
  /** After so many virtual seconds without a word a connection is dead. Default: never. */
  readonly dropIdleSeconds?: number;
  /** How long Lambda takes, in virtual time. */
  readonly durations?: Partial<Durations>;
}

/** The core of a whole account: with everything that may stand in a call's way. */
export interface WholeCore extends AccountCore {
  readonly faults: PlantedFaults;
  readonly throttle: ApiThrottle;
}

/** Creates what every service of the account shares. */
export function createCore({
  startMs = Date.now(),
  accountId = '123456789012',
  region = 'us-east-1',
  apiQuotas = false,
  seed = 1,
}: AccountOptions): WholeCore {
  const clock = createClock(startMs);
  const heldRequests = createHeldRequests();
  const faults = createPlantedFaults({ clock, heldRequests }, seed);
  const throttle = createApiThrottle({ clock }, apiQuotas);
  const gates: readonly Gate[] = [faults.gate, throttle.gate];
  const core = {
    accountId,
    region,
    clock,
    journal: createJournal(),
    principals: createPrincipals(accountId, startMs, region),
    services: new Map(),
    trailListeners: [],
    gates,
    heldRequests,
    faults,
    throttle,
  };
  seedLambdaRole(core);
  return core;
}

/** Creates the services of the account; its endpoint is known once the server listens. */
export function createParts(core: WholeCore, options: AccountOptions, endpointOf: () => string) {
  const { durations = {}, trailDelayMs: delayMs, seed = 1, dropIdleSeconds } = options;
  const network = seedNetwork(core.region);
  const buckets: Buckets = new Map([[bootstrapBucket(core.accountId, core.region), new Map()]]);
  const objects = toObjects(buckets);
  const quotas = createQuotas();
  const queues = createQueues(core);
  const metrics = createMetrics(core.clock);
  const trail = createTrailDelivery(seed, {
    ...(delayMs === undefined ? {} : { delayMs }),
    ...options.trail,
  });
  const trails = createTrails(core);
  const bus = createEventBus(core, {
    queues,
    trail,
    isLogged: (record) => isLogged(trails, record),
  });
  const execution = createExecution(core, { endpoint: endpointOf });
  core.faults.runOn(execution);
  const lambda = createLambdaService(core, {
    network,
    quotas,
    queues,
    metrics,
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
    createCloudtrailService(trails),
    createCloudwatchService(metrics, alarmOperations(core)),
    createDynamodbService(core),
    createEc2Service(core, network),
    createEventsService(core, bus),
    createIamService(core),
    createLogsService(core),
    createSchedulerService(core, { seed }),
    createOrganizationsService(core),
    createServiceQuotasService(core, quotas),
    createSnsService(core, { queues }),
    createSqsService(core, { queues, endpointOf }),
    createStsService(core),
  ];
  for (const service of services) core.services.set(service.name, service);
  const connectionRules: ConnectionRules =
    dropIdleSeconds === undefined ? {} : { dropIdleMs: dropIdleSeconds * 1000 };
  const { faults, throttle } = core;
  const pace = createPace(core.clock);
  const steering = createSteeringDoor({
    core,
    queues,
    bus,
    faults,
    throttle,
    trail,
    connectionRules,
    pace,
  });
  return {
    network,
    quotas,
    metrics,
    queues,
    bus,
    trail,
    execution,
    functions: lambda.functions,
    connectionRules,
    pace,
    sideDoors: [steering, createS3Door(core, s3)],
  };
}
