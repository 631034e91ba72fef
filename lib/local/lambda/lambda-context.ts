import type { AccountCore } from '../account-core.ts';
import type { Metrics } from '../cloudwatch/metrics.ts';
import type { RoutedNetwork } from '../ec2/network.ts';
import type { Execution } from '../execution/execution.ts';
import type { Objects } from '../s3/objects.ts';
import type { Quotas } from '../service-quotas/quotas.ts';
import type { Queues } from '../sqs/queues.ts';
import type { AwsFault } from '../wire/aws-fault.ts';
import type { CodeStorage } from './code-storage.ts';
import { functionNotFound, invalidParameter, notFound } from './faults.ts';
import { type NamedFunction, parseFunctionName } from './function-name.ts';
import type { NetworkInterfaces } from './network-interfaces.ts';
import type { StoredCapacityProvider } from './stored-capacity-provider.ts';
import type { StoredEventConfig } from './stored-event-config.ts';
import { LATEST, type StoredFunction } from './stored-function.ts';
import type { StoredMapping } from './stored-mapping.ts';

/** How long things take, in virtual milliseconds. */
export interface Durations {
  /** A change that makes no network interface. */
  readonly plainMs: number;
  /** The first use of a subnet and set of groups. */
  readonly firstUseMs: number;
  /** A later use of the same subnet and set of groups. */
  readonly sharedMs: number;
  /** Without invocation until Lambda reclaims what an attached function or an image holds. */
  readonly idleMs: number;
  readonly restoreMs: number;
  /** From the last user of a network interface to its removal. */
  readonly removalMs: number;
}

/** What the Lambda service works with. */
export interface LambdaContext {
  readonly core: AccountCore;
  readonly network: RoutedNetwork;
  readonly quotas: Quotas;
  readonly queues: Queues;
  readonly metrics: Metrics;
  readonly objects: Objects;
  /** Absent: no code is run, every function answers which attachment served. */
  readonly execution?: Execution;
  readonly endpoint: () => string;
  readonly durations: Durations;
  /** By name. */
  readonly functions: Map<string, StoredFunction>;
  /** By UUID. */
  readonly mappings: Map<string, StoredMapping>;
  /** By function and qualifier. */
  readonly eventConfigs: Map<string, StoredEventConfig>;
  /** By name. */
  readonly capacityProviders: Map<string, StoredCapacityProvider>;
  /** Invocations that run now, by function name. */
  readonly running: Map<string, number>;
  readonly interfaces: NetworkInterfaces;
  readonly codeStorage: CodeStorage;
  /** Told whenever a function may be able to take more work than before. */
  readonly capacityListeners: ((functionName: string) => void)[];
}

/** What AWS takes for these, as far as it is documented. */
export const DURATIONS: Durations = {
  plainMs: 1000,
  firstUseMs: 75_000,
  sharedMs: 2000,
  idleMs: 14 * 24 * 3_600_000,
  restoreMs: 75_000,
  removalMs: 20 * 60_000,
};

/** Reads a function's name; the ARN is in this account unless the name says otherwise. */
export function nameOf(context: LambdaContext, text: string | undefined): NamedFunction {
  return parseFunctionName(text ?? '', context.core);
}

/**
 * The function that a caller names where a call is on the function as a whole, or on its `$LATEST`.
 *
 * What Lambda answers to the name of a published version here is not verified.
 */
export function findFunction(context: LambdaContext, text: string | undefined): StoredFunction {
  const { name, arn, qualifier = LATEST } = nameOf(context, text);
  const stored = context.functions.get(name);
  if (stored?.arn === arn && qualifier === LATEST) return stored;
  throw noSuchFunction(context, arn, qualifier);
}

/** The function that a caller names where a call is on all of its versions together. */
export function findWholeFunction(
  context: LambdaContext,
  text: string | undefined,
): StoredFunction {
  if (nameOf(context, text).qualifier === undefined) return findFunction(context, text);
  throw invalidParameter(
    'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
  );
}

/** The refusal of a function or version that does not exist, or that is elsewhere. */
export function noSuchFunction(
  { core }: LambdaContext,
  arn: string,
  qualifier: string = LATEST,
): AwsFault {
  const [, , , region = core.region] = arn.split(':');
  if (region !== core.region) {
    return notFound(
      `Functions from '${region}' are not reachable in this region ('${core.region}')`,
    );
  }
  return functionNotFound(qualifier === LATEST ? arn : `${arn}:${qualifier}`);
}

/** Tells all who wait that a function may take work. */
export function announceCapacity(context: LambdaContext, functionName: string): void {
  for (const listener of context.capacityListeners) listener(functionName);
}
