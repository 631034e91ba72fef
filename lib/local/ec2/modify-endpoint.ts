import type { ModifyVpcEndpointRequest } from '@aws-sdk/client-ec2';
import type { Given } from '../wire/given.ts';
import { FULL_ACCESS, readPolicy } from './create-endpoint.ts';
import { ec2Fault, findById } from './ec2-faults.ts';
import { checkPrivateDns, checkSubnets, newInterfaces, readGroups } from './endpoint-interfaces.ts';
import { addEndpointRoutes, checkTables, removeEndpointRoutes } from './endpoint-routes.ts';
import type { Endpoint, RoutedNetwork } from './network.ts';
import { takeAddresses } from './subnet-addresses.ts';

type ModifyInput = Given<ModifyVpcEndpointRequest, 'VpcEndpointId'>;

/** Changes what an endpoint serves: route tables of a gateway, subnets and groups of an interface. */
export function modifyEndpoint(network: RoutedNetwork, input: ModifyInput): void {
  const endpoint = findById(network.endpoints, 'endpoint', input.VpcEndpointId);
  checkMembers(endpoint, input);
  const policyDocument =
    input.ResetPolicy === true
      ? FULL_ACCESS
      : readPolicy(input.PolicyDocument ?? endpoint.policyDocument);
  const changed =
    endpoint.type === 'Gateway'
      ? modifyGateway(network, endpoint, input)
      : modifyInterface(network, endpoint, input);
  network.endpoints.set(endpoint.endpointId, { ...changed, policyDocument });
}

function checkMembers({ type }: Endpoint, input: ModifyInput): void {
  const wrong =
    type === 'Gateway'
      ? [
          input.AddSubnetIds,
          input.RemoveSubnetIds,
          input.AddSecurityGroupIds,
          input.RemoveSecurityGroupIds,
        ]
      : [input.AddRouteTableIds, input.RemoveRouteTableIds];
  if (wrong.every((ids = []) => ids.length === 0)) return;
  const what = type === 'Gateway' ? 'Subnets and security groups' : 'Route tables';
  throw ec2Fault('InvalidParameter', `${what} are not supported for ${type} VPC Endpoints.`);
}

function modifyGateway(network: RoutedNetwork, endpoint: Endpoint, input: ModifyInput): Endpoint {
  const added = [...new Set(input.AddRouteTableIds)];
  const { RemoveRouteTableIds: removed = [] } = input;
  checkTables(network, endpoint, added);
  removeEndpointRoutes(network, endpoint.endpointId, removed);
  addEndpointRoutes(network, endpoint, added);
  const kept = endpoint.routeTableIds.filter((id) => !removed.includes(id));
  return { ...endpoint, routeTableIds: [...kept, ...added] };
}

function modifyInterface(network: RoutedNetwork, endpoint: Endpoint, input: ModifyInput): Endpoint {
  const { AddSubnetIds: added = [], RemoveSubnetIds: removed = [] } = input;
  const { vpcId, hasPrivateDns } = endpoint;
  const kept = Object.entries(endpoint.interfaces).filter(([id]) => !removed.includes(id));
  checkSubnets(network, vpcId, [...kept.map(([id]) => id), ...added]);
  const groupIds = readGroups(network, vpcId, [
    ...endpoint.groupIds.filter((id) => !input.RemoveSecurityGroupIds?.includes(id)),
    ...(input.AddSecurityGroupIds ?? []),
  ]);
  if (input.PrivateDnsEnabled === true && !hasPrivateDns) checkPrivateDns(network, endpoint);
  for (const id of removed) {
    if (Object.hasOwn(endpoint.interfaces, id)) takeAddresses(network, id, -1);
  }
  for (const id of added) takeAddresses(network, id, 1);
  return {
    ...endpoint,
    interfaces: { ...Object.fromEntries(kept), ...newInterfaces(added) },
    groupIds,
    hasPrivateDns: input.PrivateDnsEnabled ?? hasPrivateDns,
  };
}
