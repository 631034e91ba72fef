import { asFact } from '../adapters/as-fact.ts';
import type { Fact } from '../core/facts.ts';
import type { Ports } from '../workflows/ports.ts';
import { clientSettings, lambdaClient } from './clients.ts';
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

const openEc2 = lazily(async () => {
  const { createReadNetwork } = await import('../adapters/ec2.ts');
  return createReadNetwork(clientSettings, keepToBuckets);
});

const openIam = lazily(async () => {
  const { createReadFunctionCode, createReadRole } = await import('../adapters/iam.ts');
  const settings = { ...clientSettings, maxAttempts: 5 };
  return { readRole: createReadRole(settings), readCode: createReadFunctionCode(settings) };
});

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
  const { createReadInterfaceQuota } = await import('../adapters/service-quotas.ts');
  return createReadInterfaceQuota(clientSettings);
});

/** Builds the ports that controls get their facts from; each client is loaded when a control first needs it. */
export function createFactPorts(nowMs: () => number): FactPorts {
  const networks = remember<Awaited<ReturnType<Awaited<ReturnType<typeof openEc2>>>>>({
    ttlMs: NETWORK_TTL_MS,
    most: 20,
    nowMs,
  });
  return {
    readNetwork: (place, isFresh) => {
      const key = place === 'every' ? place : place.join(',');
      const notBeforeMs = isFresh ? nowMs() - FRESH_MS : 0;
      return asFact(() => networks(key, async () => (await openEc2())(place), notBeforeMs));
    },
    ...createRolePorts(nowMs),
    readVersions: (functionArn) => asFact(async () => (await openVersions())(functionArn)),
    readEventPaths: (functionArn) => asFact(async () => (await openEventPaths())(functionArn)),
    readCapacityProvider: async (arn) =>
      present(await asFact(async () => (await openCapacity())(arn)), `there is no \`${arn}\``),
    readInterfaceQuota: async () =>
      present(
        await asFact(async () => (await openQuotas())()),
        'Service Quotas lists no quota of network interfaces',
      ),
  };
}

function createRolePorts(nowMs: () => number): Pick<FactPorts, 'readRole' | 'readFunctionCode'> {
  const kept = { ttlMs: ROLE_TTL_MS, most: 1000, nowMs };
  const roles = remember<RoleAnswer>(kept);
  const codes = remember<CodeAnswer>(kept);
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

type Iam = Awaited<ReturnType<typeof openIam>>;
type RoleAnswer = Awaited<ReturnType<Iam['readRole']>>;
type CodeAnswer = Awaited<ReturnType<Iam['readCode']>>;

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
