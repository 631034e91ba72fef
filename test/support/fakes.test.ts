import { describe, expect, it } from 'vitest';
import { inOrder } from '../../functions/core/history.ts';
import { newRecord } from '../../functions/core/record.ts';
import { describeBreakerContract } from './breaker-contract.ts';
import { type BudgetSubject, describeBudgetContract } from './budget-contract.ts';
import { describeExemptionContract } from './exemption-contract.ts';
import { fakeSnapshot } from './fake-functions.ts';
import { createFakeWorld } from './fakes.ts';
import { describeFunctionsContract } from './functions-contract.ts';
import { describeHistoryContract } from './history-contract.ts';
import { describeRecordContract } from './record-contract.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:orders-api';

describeRecordContract('the fake', async () => createFakeWorld().ports);

describeHistoryContract('the fake', async () => {
  const { ports, history } = createFakeWorld();
  return {
    keepHistory: ports.keepHistory,
    readHistory: async (functionArn) =>
      inOrder([...history.values()].filter((entry) => entry.functionArn === functionArn)),
  };
});

describeExemptionContract('the fake', async () => {
  const { ports, clock } = createFakeWorld();
  const { meetExemptions, claimEnd, noteEndTold, nowMs } = ports;
  return {
    meetExemptions,
    claimEnd,
    noteEndTold,
    nowMs,
    passMs: (ms) => {
      clock.nowMs += ms;
    },
  };
});

const createBudget = async (): Promise<BudgetSubject> => {
  const world = createFakeWorld();
  return {
    ...world.ports,
    setMode: async (mode) => {
      world.account.mode = mode;
    },
    resetBreaker: async () => {
      world.account.breaker = 'closed';
    },
    tripByHand: async () => {
      world.account.breaker = 'tripped';
    },
    approvePlan: async (plan) => {
      world.account.plan = plan;
      world.account.planSpent.clear();
    },
    passMinutes: (minutes) => {
      world.clock.nowMs += minutes * 60_000;
    },
  };
};

describeBudgetContract('the fake', createBudget);

describeBreakerContract('the fake', createBudget);

describeFunctionsContract('the fake', async () => {
  const world = createFakeWorld();
  return {
    ports: world.ports,
    create: async (snapshot) => {
      world.snapshots.set(snapshot.functionArn, snapshot);
    },
    settle: async (functionArn) => world.settle(functionArn),
  };
});

describe('createFakeWorld', () => {
  it('notes every call with its arguments', async () => {
    const { ports, calls } = createFakeWorld();

    await ports.readSnapshot(ARN);
    await ports.reserveConcurrency(ARN, 0);

    expect(calls).toEqual([
      { port: 'readSnapshot', args: [ARN] },
      { port: 'reserveConcurrency', args: [ARN, 0] },
    ]);
  });

  it('answers what was injected once and does nothing', async () => {
    const world = createFakeWorld();
    world.snapshots.set(ARN, fakeSnapshot());
    world.inject('reserveConcurrency', { answer: { status: 'busy' } });

    expect(await world.ports.reserveConcurrency(ARN, 0)).toEqual({ status: 'busy' });
    expect(world.snapshots.get(ARN)).not.toHaveProperty('reservedConcurrency');
    expect(await world.ports.reserveConcurrency(ARN, 0)).toEqual({ status: 'done' });
  });

  it.each([
    ['errorBefore', undefined],
    ['errorAfter', 1],
  ] as const)('throws at %s and leaves version %s', async (when, version) => {
    const world = createFakeWorld();
    const crash = { errorBefore: new Error('crash'), errorAfter: new Error('crash') };
    world.inject(
      'writeRecord',
      when === 'errorBefore'
        ? { errorBefore: crash.errorBefore }
        : { errorAfter: crash.errorAfter },
    );

    await expect(world.ports.writeRecord(newRecord(ARN))).rejects.toThrow('crash');
    expect(world.records.get(ARN)?.version).toBe(version);
  });

  it('wakes an idle function, which is pending until it settles', async () => {
    const world = createFakeWorld();
    world.snapshots.set(ARN, fakeSnapshot({ state: 'Inactive', stateReasonCode: 'Idle' }));

    expect(await world.ports.wake(ARN)).toEqual({ status: 'waking' });
    expect(world.snapshots.get(ARN)).toMatchObject({ state: 'Pending' });

    world.settle(ARN);

    expect(world.snapshots.get(ARN)).toMatchObject({ state: 'Active' });
    expect(await world.ports.wake(ARN)).toEqual({ status: 'ran' });
  });

  it('keeps what is enqueued and published, and what is missing of the network', async () => {
    const world = createFakeWorld();
    const order = { functionArn: ARN, hops: 0, wake: false };
    world.missingNetwork.add('subnet-2');

    await world.ports.enqueue(order, 15);
    const network = await world.ports.readNetwork('every', true);

    expect(world.queue).toEqual([{ order, delaySeconds: 15 }]);
    expect('value' in network && [...network.value.subnets.keys()]).toEqual([
      'subnet-1',
      'subnet-3',
      'subnet-8',
      'subnet-9',
    ]);
  });
});
