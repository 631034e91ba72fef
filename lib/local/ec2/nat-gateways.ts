import type { NatGatewayAddress, NatGateway as NatGatewayView } from '@aws-sdk/client-ec2';
import { toAddressAssociation } from './address-operations.ts';
import { type FilterTable, tagsOf } from './filters.ts';
import type { NatGateway, RoutedNetwork, Subnet } from './network.ts';
import { toTags } from './views.ts';

/** Why a new gateway will fail; undefined where it will not. */
export function failureOf(
  { addresses, internetGateways }: RoutedNetwork,
  { vpcId, availableIpAddressCount }: Subnet,
  allocationId: string | undefined,
): NatGateway['failure'] {
  if (availableIpAddressCount < 1) {
    const message = 'Subnet has insufficient free addresses to create this NAT gateway';
    return { code: 'InsufficientFreeAddressesInSubnet', message };
  }
  if (allocationId === undefined) return undefined;
  if (![...internetGateways.values()].some((gateway) => gateway.vpcId === vpcId)) {
    const message = `Network ${vpcId} has no Internet gateway attached`;
    return { code: 'Gateway.NotAttached', message };
  }
  const address = addresses.get(allocationId);
  if (address === undefined) {
    const message = `Elastic IP address ${allocationId} could not be associated with this NAT gateway`;
    return { code: 'InvalidAllocationID.NotFound', message };
  }
  if (address.natGatewayId === undefined) return undefined;
  const message = `Elastic IP address ${allocationId} is already associated`;
  return { code: 'Resource.AlreadyAssociated', message };
}

/** A NAT gateway as EC2 describes it. */
export function toNatGatewayView(network: RoutedNetwork, gateway: NatGateway): NatGatewayView {
  const { state, failure, deletedMs } = gateway;
  return {
    NatGatewayId: gateway.natGatewayId,
    VpcId: gateway.vpcId,
    SubnetId: gateway.subnetId,
    ConnectivityType: gateway.connectivityType,
    AvailabilityMode: 'zonal',
    State: state,
    CreateTime: new Date(gateway.createdMs),
    ...(deletedMs === undefined ? {} : { DeleteTime: new Date(deletedMs) }),
    ...(state === 'failed' && failure !== undefined
      ? { FailureCode: failure.code, FailureMessage: failure.message }
      : {}),
    NatGatewayAddresses: [toAddressView(network, gateway)],
    Tags: toTags(tagsOf(gateway)),
  };
}

function toAddressView({ addresses }: RoutedNetwork, gateway: NatGateway): NatGatewayAddress {
  const { allocationId, failure, natGatewayId } = gateway;
  const address = addresses.get(allocationId ?? '');
  const isAssociated = address?.natGatewayId === natGatewayId;
  return {
    ...(allocationId === undefined ? {} : { AllocationId: allocationId }),
    ...(failure === undefined
      ? { NetworkInterfaceId: gateway.networkInterfaceId, PrivateIp: gateway.privateIp }
      : {}),
    ...(isAssociated && allocationId !== undefined
      ? { PublicIp: address.publicIp, AssociationId: toAddressAssociation(allocationId) }
      : {}),
    IsPrimary: true,
    Status: failure === undefined ? 'succeeded' : 'failed',
  };
}

/** The filters of DescribeNatGateways. */
export const natGatewayFilters: FilterTable<NatGateway> = {
  'nat-gateway-id': ({ natGatewayId }) => [natGatewayId],
  'vpc-id': ({ vpcId }) => [vpcId],
  'subnet-id': ({ subnetId }) => [subnetId],
  state: ({ state }) => [state],
};
