import type { Fact } from '../core/facts.ts';
import type { NetworkChange } from '../core/network-change.ts';
import type { Order } from '../core/order.ts';

/** Everything that a look at a change of the network may ask of the outside world. */
export interface NetworkPorts {
  /** True for the first who asks for this resource within so many seconds. */
  readonly claimNetworkLook: (resourceId: string, seconds: number) => Promise<boolean>;
  readonly enqueueNetworkLook: (change: NetworkChange, delaySeconds: number) => Promise<void>;
  /** The VPCs of resources; unknown where these are gone or lead to none. */
  readonly findVpcs: (ids: readonly string[]) => Promise<Fact<readonly string[]>>;
  /** The functions whose last seen attachment is in a VPC. */
  readonly listFunctionsIn: (vpcId: string) => AsyncIterable<string>;
  /** The functions whose last seen attachment is in any VPC. */
  readonly listAttachedFunctions: () => AsyncIterable<string>;
  readonly enqueueAll: (orders: readonly Order[]) => Promise<void>;
}
