import type { Order } from '../core/order.ts';
import { lowerMode } from '../core/policy.ts';
import type { RescanRequest } from '../core/rescan-request.ts';
import type { Ports } from './ports.ts';
import type { Settings } from './settings.ts';
import { tellTrip } from './tell-trip.ts';

/** What the orders of a sweep go through on their way to the queue. */
export interface OrderGate {
  /** Takes an order; `isCounted` says whether a remediation comes with it that costs budget. */
  readonly send: (order: Order, isCounted: boolean) => Promise<void>;
  /** Notes that one function could not be read, so that nobody knows what it needs. */
  readonly miss: () => void;
  /** Tells whether orders wait here, that would be lost with whoever holds them. */
  readonly isHolding: () => boolean;
  /** Lets go of what waits. Where everything was looked at, the policy is known to be within the limit. */
  readonly close: (isEverything: boolean) => Promise<void>;
}

/**
 * Opens the gate for the orders of one sweep.
 *
 * A policy that nobody has approved yet is not let loose on the account: what it would remedy is held back until
 * it is known to be within the limit. What named functions need says nothing about that.
 */
export async function openGate(
  request: Pick<RescanRequest, 'functions' | 'mode'>,
  ports: Ports,
  settings: Settings,
): Promise<OrderGate> {
  if (await isUnproved(request, ports, settings)) return holdOrders(ports, settings);
  return {
    send: (order) => ports.enqueue(order, 0),
    miss: () => undefined,
    isHolding: () => false,
    close: async () => undefined,
  };
}

async function isUnproved(
  { functions, mode }: Pick<RescanRequest, 'functions' | 'mode'>,
  ports: Ports,
  { policy }: Settings,
): Promise<boolean> {
  const isEverything = functions.some((pattern) => /^\*+$/.test(pattern));
  if (!isEverything || lowerMode(policy.mode, mode) === 'audit') return false;
  const { isTripped, approvedPolicy } = await ports.readBreaker();
  return !isTripped && approvedPolicy !== policy.hash;
}

function holdOrders(ports: Ports, settings: Settings): OrderGate {
  const { policy } = settings;
  const { max } = policy.limits.accountRemediations;
  const held: Order[] = [];
  let isHolding = true;
  let isEverythingRead = true;
  let opening: Promise<void> | undefined;
  const letGo = async (): Promise<void> => {
    isHolding = false;
    for (const order of held) await ports.enqueue(order, 0);
    // Not before: what is not in the queue yet is still held.
    held.length = 0;
  };
  const tripAndLetGo = async (): Promise<void> => {
    // INVARIANT: the breaker is tripped before the first of them can be handled.
    await trip(held.length, ports, settings);
    await letGo();
  };
  return {
    send: async (order, isCounted) => {
      if (!isHolding || !isCounted) return ports.enqueue(order, 0);
      held.push(order);
      if (held.length <= max) return;
      // Many functions are looked at together: the first one over the limit does it for all.
      opening ??= tripAndLetGo();
      await opening;
    },
    miss: () => {
      isEverythingRead = false;
    },
    isHolding: () => held.length > 0,
    close: async (isEverything) => {
      if (isHolding && isEverything && isEverythingRead) await ports.approvePolicy(policy.hash);
      await letGo();
    },
  };
}

/** Nothing is to be told where another one tripped it first. */
async function trip(count: number, ports: Ports, { policy, deployment }: Settings): Promise<void> {
  const tripped = await ports.tripBreaker({
    reason: 'new-policy',
    policyHash: policy.hash,
    limit: policy.limits.accountRemediations,
    count,
  });
  if (tripped !== undefined) await tellTrip(tripped, deployment, ports);
}
