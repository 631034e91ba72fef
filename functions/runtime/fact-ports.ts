import type { LambdaClient } from '@aws-sdk/client-lambda';
import { asFact } from '../adapters/as-fact.ts';
import type { createReadNetwork } from '../adapters/ec2.ts';
import type { createReadRole, FunctionCodeAnswer, RoleAnswer } from '../adapters/iam.ts';
import type { createReadInterfaceQuota } from '../adapters/service-quotas.ts';
import type { Fact } from '../core/facts.ts';
import type { NetworkFacts } from '../core/network.ts';
import type { Ports } from '../workflows/ports.ts';
import { lazily } from './lazily.ts';
import { keepToBuckets } from './paced-calls.ts';
import { remember } from './remembered.ts';

/** The ports that controls get their facts from. */
export type FactPorts = Pick<
  Ports,
  | 'readNetwork'
  | 'readRole'
  | 'readFunctionCode'
  | 'readVersions'
  | 'readCapacityProvider'
  | 'readEventPaths'
  | 'readInterfaceQuota'
>;

const NETWORK_TTL_MS = 60_000;
/** A change is looked at half a minute after it was made: what was read since then shows it. */
const FRESH_MS = 5_000;
const ROLE_TTL_MS = 3_600_000;

/** What facts are read with, and the clock that they are remembered by. */
export interface FactSource {
  readonly settings: Parameters<typeof createReadNetwork>[0] &
    Parameters<typeof createReadRole>[0] &
    Parameters<typeof createReadInterfaceQuota>[0];
  readonly lambdaClient: LambdaClient;
  readonly nowMs: () => number;
}

/** Builds the ports that controls get their facts from; each client is loaded when a control first needs it. */
export function createFactPorts(source: FactSource): FactPorts {
  return {
    ...createNetworkFacts(source),
    ...createRoleFacts(source),
    ...createLambdaFacts(source),
  };
}

function createNetworkFacts({ settings, nowMs }: FactSource): Pick<FactPorts, 'readNetwork'> {
  const openEc2 = lazily(async () => {
    const { createReadNetwork: create } = await import('../adapters/ec2.ts');
    return create(settings, keepToBuckets);
  });
  const networks = remember<NetworkFacts>({ ttlMs: NETWORK_TTL_MS, most: 20, nowMs });
  return {
    readNetwork: (place, isFresh) => {
      const key = place === 'every' ? place : place.join(',');
      const notBeforeMs = isFresh ? nowMs() - FRESH_MS : 0;
      return asFact(() => networks(key, async () => (await openEc2())(place), notBeforeMs));
    },
  };
}

function createLambdaFacts({ settings, lambdaClient }: FactSource) {
  const openVersions = lazily(async () => {
    const { createReadVersions } = await import('../adapters/lambda-versions.ts');
    return createReadVersions(lambdaClient);
  });
  const openEventPaths = lazily(async () => {
    const { createReadEventPaths } = await import('../adapters/lambda-event-paths.ts');
    return createReadEventPaths(lambdaClient);
  });
  const openCapacity = lazily(async () => {
    const { createReadCapacityProvider } = await import('../adapters/lambda-capacity.ts');
    return createReadCapacityProvider(lambdaClient);
  });
  const openQuotas = lazily(async () => {
    const { createReadInterfaceQuota: create } = await import('../adapters/service-quotas.ts');
    return create(settings);
  });
  return {
    readVersions: (functionArn) => asFact(async () => (await openVersions())(functionArn)),
    readEventPaths: (functionArn) => asFact(async () => (await openEventPaths())(functionArn)),
    readCapacityProvider: async (arn) =>
      present(await asFact(async () => (await openCapacity())(arn)), `there is no \`${arn}\``),
    readInterfaceQuota: async () =>
      present(
        await asFact(async () => (await openQuotas())()),
        'Service Quotas lists no quota of network interfaces',
      ),
  } satisfies Partial<FactPorts>;
}

function createRoleFacts({
  settings,
  nowMs,
}: FactSource): Pick<FactPorts, 'readRole' | 'readFunctionCode'> {
  const openIam = lazily(async () => {
    const iam = await import('../adapters/iam.ts');
    const patient = { ...settings, maxAttempts: 5 };
    return { readRole: iam.createReadRole(patient), readCode: iam.createReadFunctionCode(patient) };
  });
  const kept = { ttlMs: ROLE_TTL_MS, most: 1000, nowMs };
  const roles = remember<RoleAnswer | undefined>(kept);
  const codes = remember<FunctionCodeAnswer | undefined>(kept);
  return {
    readRole: async (roleArn) => {
      const read = async () => (await openIam()).readRole(roleArn);
      return decided(await asFact(() => roles(roleArn, read)), roleArn);
    },
    readFunctionCode: async (roleArn, functionArn) => {
      const read = async () => (await openIam()).readCode(roleArn, functionArn);
      return decided(await asFact(() => codes(`${roleArn} ${functionArn}`, read)), roleArn);
    },
  };
}

/** A simulation that lacks what some condition asks for proves nothing. */
function decided<Answer extends { readonly undecided: readonly string[] }>(
  fact: Fact<Answer | undefined>,
  roleArn: string,
): Fact<Answer> {
  const answer = present(fact, `there is no role \`${roleArn}\``);
  if ('unknown' in answer || answer.value.undecided.length === 0) return answer;
  const actions = answer.value.undecided.join(', ');
  return {
    unknown: `conditions of role \`${roleArn}\` decide on ${actions}, and cannot be simulated`,
  };
}

function present<Value>(fact: Fact<Value | undefined>, otherwise: string): Fact<Value> {
  if ('unknown' in fact) return fact;
  return fact.value === undefined ? { unknown: otherwise } : { value: fact.value };
}
