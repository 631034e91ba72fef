import { beforeEach, describe, expect, it } from 'vitest';
import type { Fact } from '../../functions/core/facts.ts';
import { toResourceId } from '../../functions/core/network-change.ts';
import type { Order } from '../../functions/core/order.ts';
import { enforceNetwork } from '../../functions/workflows/enforce-network.ts';
import type { NetworkPorts } from '../../functions/workflows/network-ports.ts';

let calls: unknown[];
let functionsIn: Record<string, readonly string[]>;
let vpcs: Fact<readonly string[]>;
let isClaimed: boolean;
let batches: (readonly Order[])[];

const ports: NetworkPorts = {
  claimNetworkLook: async (...claim) => {
    calls.push(['claim', ...claim]);
    return !isClaimed;
  },
  enqueueNetworkLook: async (change, delaySeconds) => {
    calls.push(['look', change.ids, delaySeconds]);
  },
  findVpcs: async (ids) => {
    calls.push(['find', ids]);
    return vpcs;
  },
  listFunctionsIn: (vpcId) => toPages(functionsIn[vpcId] ?? []),
  listAttachedFunctions: () => toPages(Object.values(functionsIn).flat()),
  enqueueAll: async (orders) => {
    batches.push(orders);
  },
};

beforeEach(() => {
  calls = [];
  functionsIn = { 'vpc-1': ['orders', 'pay'], 'vpc-2': ['ship'], 'vpc-3': ['mail'] };
  vpcs = { value: ['vpc-1'] };
  isClaimed = false;
  batches = [];
});

describe('a change of the network that comes', () => {
  it('is claimed, and looked at later than the claim is over', async () => {
    expect(await enforceNetwork(orderOf('rtb-1'), ports)).toEqual({
      status: 'delayed',
      resourceId: 'rtb-1',
    });
    expect(calls).toEqual([
      ['claim', 'rtb-1', 25],
      ['look', ['rtb-1'], 30],
    ]);
    expect(batches).toEqual([]);
  });

  it('is absorbed when another of the same resource was first', async () => {
    isClaimed = true;

    expect(await enforceNetwork(orderOf('rtb-1'), ports)).toEqual({
      status: 'absorbed',
      resourceId: 'rtb-1',
    });
    expect(calls).toEqual([['claim', 'rtb-1', 25]]);
  });
});

describe('a change of the network that is due', () => {
  it('has every function of the VPC looked at with fresh facts', async () => {
    expect(await enforceNetwork(orderOf('rtb-1', true), ports)).toEqual({
      status: 'looked',
      resourceId: 'rtb-1',
      vpcIds: ['vpc-1'],
      functions: 2,
    });
    expect(calls).toEqual([['find', ['rtb-1']]]);
    const after = { resourceId: 'rtb-1', eventId: 'event-1' };
    expect(batches.flat()).toEqual([
      { functionArn: 'orders', hops: 0, wake: false, isFresh: true, after },
      { functionArn: 'pay', hops: 0, wake: false, isFresh: true, after },
    ]);
  });

  it('has the functions of all its VPCs looked at', async () => {
    vpcs = { value: ['vpc-1', 'vpc-2', 'vpc-9'] };

    expect(await enforceNetwork(orderOf('pcx-1', true), ports)).toMatchObject({ functions: 3 });
    expect(batches.flat().map(({ functionArn }) => functionArn)).toEqual(['orders', 'pay', 'ship']);
  });

  it('has every attached function looked at where nobody knows the VPC', async () => {
    vpcs = { unknown: 'rtb-1 is gone' };

    expect(await enforceNetwork(orderOf('rtb-1', true), ports)).toEqual({
      status: 'looked',
      resourceId: 'rtb-1',
      reason: 'rtb-1 is gone',
      functions: 4,
    });
    expect(batches.flat()).toHaveLength(4);
  });

  it('is looked at once more where AWS works on it for minutes', async () => {
    const order = orderOf('nat-1', true);

    await enforceNetwork({ ...order, change: { ...order.change, isSlow: true } }, ports);
    await enforceNetwork(order, ports);

    expect(calls.filter((call) => JSON.stringify(call).includes('look'))).toEqual([
      ['look', ['nat-1'], 270],
    ]);
  });

  it('sends as it lists, a thousand at a time', async () => {
    functionsIn = { 'vpc-1': Array.from({ length: 2500 }, (_, index) => `f${index}`) };

    expect(await enforceNetwork(orderOf('rtb-1', true), ports)).toMatchObject({ functions: 2500 });
    expect(batches.map(({ length }) => length)).toEqual([1000, 1000, 500]);
  });
});

function orderOf(id: string, isDue = false) {
  const ids = [id];
  const change = { eventId: 'event-1', eventTimeMs: 1, ids, resourceId: toResourceId(ids) };
  return { change, isDue };
}

async function* toPages(items: readonly string[]) {
  yield* items;
}
