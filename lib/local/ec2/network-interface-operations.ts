import {
  DeleteNetworkInterface$,
  type DeleteNetworkInterfaceRequest,
  DescribeNetworkInterfaces$,
  type DescribeNetworkInterfacesRequest,
} from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { defineChange } from './define-change.ts';
import { defineDescribe } from './describe.ts';
import { ec2Fault, findById } from './ec2-faults.ts';
import type { RoutedNetwork } from './network.ts';
import { interfaceFilters } from './network-interface-filters.ts';
import { removeInterface } from './network-interface-records.ts';
import { toInterfaceView } from './network-interface-views.ts';
import { ec2Arn } from './views.ts';

type DeleteInput = Given<DeleteNetworkInterfaceRequest, 'NetworkInterfaceId'>;

/** The operations on network interfaces: those of functions, NAT gateways and interface endpoints. */
export function networkInterfaceOperations(
  core: AccountCore,
  network: RoutedNetwork,
): readonly Operation[] {
  return [
    defineDescribe(DescribeNetworkInterfaces$, {
      kind: 'networkInterface',
      items: network.networkInterfaces,
      filters: interfaceFilters(core, network),
      idsOf: (input: DescribeNetworkInterfacesRequest) => input.NetworkInterfaceIds,
      answer: (items) => ({
        NetworkInterfaces: items.map((held) => toInterfaceView(core, network, held)),
      }),
    }),
    defineChange<DeleteInput, void>(DeleteNetworkInterface$, {
      needs: ({ NetworkInterfaceId }) => [
        {
          action: 'ec2:DeleteNetworkInterface',
          resource: ec2Arn(core, 'network-interface', NetworkInterfaceId),
        },
      ],
      handle: ({ NetworkInterfaceId }) => deleteInterface(network, NetworkInterfaceId),
    }),
  ];
}

/**
 * AWS: what a service uses stays; what Lambda left behind for want of its role is deleted by hand.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
function deleteInterface(network: RoutedNetwork, id: string): void {
  const held = findById(network.networkInterfaces, 'networkInterface', id);
  if (held.status === 'in-use') {
    const message = `Network interface '${id}' is currently in use.`;
    throw ec2Fault('InvalidParameterValue', message);
  }
  removeInterface(network, id);
}
