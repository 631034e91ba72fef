import type { AccountCore } from '../account-core.ts';
import { createMetrics, type Metrics } from '../cloudwatch/metrics.ts';
import type { RoutedNetwork } from '../ec2/network.ts';
import type { Execution, InvocationOutcome } from '../execution/execution.ts';
import type { Objects } from '../s3/objects.ts';
import { createQuotas, type Quotas } from '../service-quotas/quotas.ts';
import type { Queues } from '../sqs/queues.ts';
import type { Service } from '../wire/operation.ts';
import { aliasOperations } from './alias-operations.ts';
import { capacityOperations } from './capacity-operations.ts';
import { createCodeStorage } from './code-storage.ts';
import { concurrencyOperations } from './concurrency.ts';
import { createFunctionOperation } from './create-function.ts';
import { deleteFunctionOperation } from './delete-function.ts';
import { eventConfigOperations } from './event-config-operations.ts';
import { mappingOperations } from './event-source-mappings.ts';
import { invokeOperation, runNow } from './invoke.ts';
import { DURATIONS, type Durations, type LambdaContext } from './lambda-context.ts';
import { createNetworkInterfaces } from './network-interfaces.ts';
import { publishVersionOperation } from './publish-version.ts';
import { consumeQueues } from './queue-consumer.ts';
import { readAliasOperations } from './read-aliases.ts';
import { readCapacityOperations } from './read-capacity.ts';
import { readFunctionOperations } from './read-functions.ts';
import { readMappingOperations } from './read-mappings.ts';
import {
  type Attachment,
  attachmentsInUse,
  type StoredFunction,
  versionsOf,
} from './stored-function.ts';
import { taggingOperations } from './tagging.ts';
import { updateFunctionOperations } from './update-function.ts';

/** What the Lambda service needs of the rest of the account. */
export interface LambdaDependencies {
  readonly network: RoutedNetwork;
  /** Those of a new account where none are given. */
  readonly quotas?: Quotas;
  readonly queues: Queues;
  /** Those of a new account where none are given. */
  readonly metrics?: Metrics;
  readonly objects: Objects;
  /** Absent: no code is run, every function answers which attachment served. */
  readonly execution?: Execution;
  /** Where the account is served; asked when a function's code is located. */
  readonly endpoint: () => string;
  readonly durations?: Partial<Durations>;
}

/** The functions of the account, as its other services use them. */
export interface Functions {
  readonly exists: (functionArn: string) => boolean;
  /** Invokes a function, whoever asks; throws the fault that a caller of Invoke would see. */
  readonly invoke: (event: {
    /** In any form that Lambda accepts. */
    readonly functionName: string;
    /** JSON. */
    readonly payload: string;
    readonly requestId: string;
  }) => Promise<InvocationOutcome>;
}

/** The Lambda service, and its functions for the other services. */
export interface LambdaService extends Service {
  readonly functions: Functions;
}

/** Creates the Lambda service. */
export function createLambdaService(
  core: AccountCore,
  dependencies: LambdaDependencies,
): LambdaService {
  const context = createContext(core, dependencies);
  consumeQueues(context);
  return {
    name: 'lambda',
    protocol: 'rest-json',
    denied: { code: 'AccessDeniedException', status: 403 },
    operations: [
      createFunctionOperation(context),
      ...readFunctionOperations(context),
      ...updateFunctionOperations(context),
      deleteFunctionOperation(context),
      publishVersionOperation(context),
      ...aliasOperations(context),
      ...readAliasOperations(context),
      ...capacityOperations(context),
      ...readCapacityOperations(context),
      ...concurrencyOperations(context),
      ...taggingOperations(context),
      invokeOperation(context),
      ...eventConfigOperations(context),
      ...mappingOperations(context),
      ...readMappingOperations(context),
    ],
    functions: {
      exists: (functionArn) =>
        [...context.functions.values()].some(({ arn }) => arn === functionArn),
      invoke: ({ functionName, ...event }) => runNow(context, { ...event, name: functionName }),
    },
  };
}

function createContext(core: AccountCore, dependencies: LambdaDependencies): LambdaContext {
  const {
    durations: asked,
    quotas = createQuotas(),
    metrics = createMetrics(core.clock),
    ...others
  } = dependencies;
  const durations = { ...DURATIONS, ...asked };
  const functions = new Map<string, StoredFunction>();
  return {
    core,
    ...others,
    quotas,
    metrics,
    durations,
    functions,
    mappings: new Map(),
    eventConfigs: new Map(),
    capacityProviders: new Map(),
    running: new Map(),
    codeStorage: createCodeStorage(functions, quotas),
    interfaces: createNetworkInterfaces({
      core,
      network: others.network,
      quotas,
      durations,
      inUse: () => attachmentsOf(functions.values()),
    }),
    capacityListeners: [],
  };
}

function* attachmentsOf(functions: Iterable<StoredFunction>): Iterable<Attachment> {
  for (const stored of functions) yield* versionsOf(stored).flatMap(attachmentsInUse);
}
