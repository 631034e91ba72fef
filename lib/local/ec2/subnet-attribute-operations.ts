import { ModifySubnetAttribute$, type ModifySubnetAttributeRequest } from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { defineChange } from './define-change.ts';
import { ec2Fault, missingParameter } from './ec2-faults.ts';
import type { RoutedNetwork, Subnet } from './network.ts';
import { findOwnSubnet } from './ownership.ts';
import { ec2Arn } from './views.ts';

type Input = Given<ModifySubnetAttributeRequest, 'SubnetId'>;

/** The operations that change the attributes of subnets. */
export function subnetAttributeOperations(
  core: AccountCore,
  network: RoutedNetwork,
): readonly Operation[] {
  return [
    defineChange<Input, void>(ModifySubnetAttribute$, {
      needs: ({ SubnetId }) => [
        { action: 'ec2:ModifySubnetAttribute', resource: ec2Arn(core, 'subnet', SubnetId) },
      ],
      handle: (input) => {
        const subnet = findOwnSubnet(network, input.SubnetId);
        network.subnets.set(subnet.subnetId, { ...subnet, ...readAttribute(subnet, input) });
      },
    }),
  ];
}

/** AWS: a call changes one attribute. */
function readAttribute(subnet: Subnet, input: Input): Partial<Subnet> {
  const { SubnetId, MapPublicIpOnLaunch, AssignIpv6AddressOnCreation, EnableDns64 } = input;
  const count = Object.values(input).filter((value) => value !== undefined).length - 1;
  if (count === 0) throw missingParameter('mapPublicIpOnLaunch');
  if (count > 1) {
    const message = 'Only one subnet attribute can be modified at a time';
    throw ec2Fault('InvalidParameterCombination', message);
  }
  if (AssignIpv6AddressOnCreation !== undefined) {
    const assignIpv6AddressOnCreation = AssignIpv6AddressOnCreation.Value === true;
    if (assignIpv6AddressOnCreation && subnet.ipv6CidrBlock === undefined) {
      const message = `The subnet '${SubnetId}' has no IPv6 CIDR block`;
      throw ec2Fault('InvalidParameterValue', message);
    }
    return { assignIpv6AddressOnCreation };
  }
  if (MapPublicIpOnLaunch !== undefined) {
    return { mapPublicIpOnLaunch: MapPublicIpOnLaunch.Value === true };
  }
  if (EnableDns64 !== undefined) return { enableDns64: EnableDns64.Value === true };
  const message = 'The functionality you requested is not available in this region.';
  throw ec2Fault('UnsupportedOperation', message);
}
