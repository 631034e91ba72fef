import type { RoutedNetwork, Subnet, Vpc } from './network.ts';

const VPC_ID = 'vpc-05ba4ed0000000004';

/** Lets another account share a VPC with one subnet: its subnet can be used, its route tables are not told. */
export function shareSubnet(
  network: RoutedNetwork,
  ownerId: string,
  region = 'us-east-1',
): { readonly vpc: Vpc; readonly subnet: Subnet } {
  const vpc: Vpc = {
    vpcId: VPC_ID,
    cidrBlock: '10.88.0.0/16',
    instanceTenancy: 'default',
    name: '',
    ownerId,
  };
  const subnet: Subnet = {
    subnetId: 'subnet-05ba4ed000000f001',
    vpcId: VPC_ID,
    cidrBlock: '10.88.1.0/24',
    availabilityZone: `${region}a`,
    name: '',
    mapPublicIpOnLaunch: false,
    availableIpAddressCount: 251,
    ownerId,
  };
  network.vpcs.set(vpc.vpcId, vpc);
  network.subnets.set(subnet.subnetId, subnet);
  return { vpc, subnet };
}
