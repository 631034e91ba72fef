import { asFact } from '../adapters/as-fact.ts';
import type { NetworkRecordPorts } from '../adapters/dynamodb-network.ts';
import type { Fact } from '../core/facts.ts';
import type { NetworkChange } from '../core/network-change.ts';
import type { Order } from '../core/order.ts';
import { clientSettings, dynamodbClient } from './clients.ts';
import { lazily } from './lazily.ts';
import { type CommonEnvironment, openQueues } from './ports.ts';

/** What brings a change of the network to the functions that it may concern. */
export interface NetworkChangePorts extends NetworkRecordPorts {
  readonly findVpcs: (ids: readonly string[]) => Promise<Fact<readonly string[]>>;
  readonly enqueueNetworkLook: (change: NetworkChange, delaySeconds: number) => Promise<void>;
  readonly enqueueAll: (orders: readonly Order[]) => Promise<void>;
}

const openLookup = lazily(async () => {
  const { createFindVpcs } = await import('../adapters/ec2-lookup.ts');
  return createFindVpcs(clientSettings);
});

/** Builds these ports; what they call is loaded when the first change comes. */
export function createNetworkChangePorts({
  TABLE_NAME: tableName,
  QUEUE_URL: queueUrl,
}: CommonEnvironment): NetworkChangePorts {
  const openRecords = lazily(async () => {
    const { createNetworkRecordPorts } = await import('../adapters/dynamodb-network.ts');
    return createNetworkRecordPorts({
      client: dynamodbClient,
      tableName,
      nowMs: () => Date.now(),
    });
  });
  return {
    claimNetworkLook: async (...claim) => (await openRecords()).claimNetworkLook(...claim),
    async *listFunctionsIn(vpcId) {
      yield* (await openRecords()).listFunctionsIn(vpcId);
    },
    async *listAttachedFunctions() {
      yield* (await openRecords()).listAttachedFunctions();
    },
    findVpcs: async (ids) => {
      const found = await asFact(async () => (await openLookup())(ids));
      if ('unknown' in found) return found;
      if (found.value !== undefined) return { value: found.value };
      return { unknown: 'what changed does not lead to a VPC' };
    },
    enqueueNetworkLook: async (...look) =>
      (await openQueues()).enqueueNetworkLook(queueUrl, ...look),
    enqueueAll: async (orders) => (await openQueues()).enqueueAll(queueUrl, orders),
  };
}
