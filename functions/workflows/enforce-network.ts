import type { NetworkCause } from '../core/network-change.ts';
import type { NetworkOrder } from '../core/network-order.ts';
import type { Order } from '../core/order.ts';
import type { NetworkPorts } from './network-ports.ts';

/** What became of one change of the network. */
export type NetworkOutcome =
  /** The first change of its resource: a look at it is on its way. */
  | { readonly status: 'delayed'; readonly resourceId: string }
  /** Another change of the same resource asked for that look already. */
  | { readonly status: 'absorbed'; readonly resourceId: string }
  | {
      readonly status: 'looked';
      readonly resourceId: string;
      /** Absent where all functions are looked at that are in any VPC. */
      readonly vpcIds?: readonly string[];
      /** Why nobody knows the VPC. */
      readonly reason?: string;
      readonly functions: number;
    };

/** So long changes of one resource are gathered. */
const GATHERING_SECONDS = 25;

/**
 * So long after the first of them they are looked at together.
 *
 * More than the gathering takes: clocks differ a little, and a look may use what was read seconds before it.
 */
const LOOK_AFTER_SECONDS = 30;

/** So long after the look at what AWS still works on comes another one. */
const LOOK_AGAIN_SECONDS = 270;

/** So many orders are held before they are sent. */
const ORDERS_AT_A_TIME = 1000;

/**
 * Brings a change of the network to the functions that it may concern.
 *
 * INVARIANT: every change is followed by a look that begins after it: what comes when the claim is over claims
 * a look of its own.
 */
export async function enforceNetwork(
  { change, isDue }: NetworkOrder,
  ports: NetworkPorts,
): Promise<NetworkOutcome> {
  const { resourceId } = change;
  if (isDue) return lookAtFunctions(change, ports);
  if (!(await ports.claimNetworkLook(resourceId, GATHERING_SECONDS))) {
    return { status: 'absorbed', resourceId };
  }
  await ports.enqueueNetworkLook(change, LOOK_AFTER_SECONDS);
  return { status: 'delayed', resourceId };
}

async function lookAtFunctions(
  { isSlow, ...change }: NetworkOrder['change'],
  ports: NetworkPorts,
): Promise<NetworkOutcome> {
  const { resourceId, ids } = change;
  if (isSlow) await ports.enqueueNetworkLook(change, LOOK_AGAIN_SECONDS);
  const found = await ports.findVpcs(ids);
  if ('unknown' in found) {
    const functions = await enqueueEvery(ports.listAttachedFunctions(), change, ports);
    return { status: 'looked', resourceId, reason: found.unknown, functions };
  }
  let functions = 0;
  for (const vpcId of found.value) {
    functions += await enqueueEvery(ports.listFunctionsIn(vpcId), change, ports);
  }
  return { status: 'looked', resourceId, vpcIds: found.value, functions };
}

/** Answers how many functions were enqueued; no more are held in memory than are sent at a time. */
async function enqueueEvery(
  functionArns: AsyncIterable<string>,
  { resourceId, eventId }: NetworkCause,
  { enqueueAll }: NetworkPorts,
): Promise<number> {
  const after = { resourceId, eventId };
  let count = 0;
  let orders: Order[] = [];
  for await (const functionArn of functionArns) {
    orders.push({ functionArn, hops: 0, wake: false, isFresh: true, after });
    count += 1;
    if (orders.length === ORDERS_AT_A_TIME) {
      await enqueueAll(orders);
      orders = [];
    }
  }
  await enqueueAll(orders);
  return count;
}
