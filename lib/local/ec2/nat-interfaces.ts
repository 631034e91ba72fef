import type { NatGateway } from './network.ts';
import {
  type InterfaceRequest,
  type NetworkInterface,
  newInterface,
} from './network-interface-records.ts';

/** AWS: an account of the service's own asks for it; it has one in every region. */
const REQUESTER_ID = '036872051663';

/** What the network interface of a NAT gateway is made from; it has no security group. */
export function toNatRequest({
  natGatewayId,
  subnetId,
  createdMs,
}: Pick<NatGateway, 'natGatewayId' | 'subnetId' | 'createdMs'>): InterfaceRequest {
  return {
    interfaceType: 'nat_gateway',
    subnetId,
    groupIds: [],
    description: `Interface for NAT Gateway ${natGatewayId}`,
    requesterId: REQUESTER_ID,
    createdMs,
  };
}

/** The network interface that a NAT gateway of the seeded network has. */
export function toNatInterface(gateway: NatGateway): NetworkInterface {
  const { networkInterfaceId, vpcId, privateIp } = gateway;
  return newInterface({ ...toNatRequest(gateway), networkInterfaceId, vpcId, privateIp });
}
