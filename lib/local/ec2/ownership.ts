import { ec2Fault, findById } from './ec2-faults.ts';
import type { RoutedNetwork, Subnet, Vpc } from './network.ts';

/** Finds a VPC that this account may change: others share theirs for use only. */
export function findOwnVpc({ vpcs }: RoutedNetwork, vpcId: string): Vpc {
  return refuseForeign(findById(vpcs, 'vpc', vpcId));
}

/** Finds a subnet that this account may change: others share theirs for use only. */
export function findOwnSubnet({ subnets }: RoutedNetwork, subnetId: string): Subnet {
  return refuseForeign(findById(subnets, 'subnet', subnetId));
}

function refuseForeign<Item extends { readonly ownerId?: string }>(item: Item): Item {
  if (item.ownerId === undefined) return item;
  const message = 'You are not authorized to perform this operation.';
  throw ec2Fault('UnauthorizedOperation', message, 403);
}
