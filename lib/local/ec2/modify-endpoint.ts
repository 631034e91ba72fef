import type { ModifyVpcEndpointRequest } from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import { FULL_ACCESS, readPolicy } from './create-endpoint.ts';
import { ec2Fault, findById } from './ec2-faults.ts';
import {
  checkPrivateDns,
  checkSubnets,
  closeInterfaces,
  openInterfaces,
  readGroups,
  regroupInterfaces,
} from './endpoint-interfaces.ts';
import { addEndpointRoutes, checkTables, removeEndpointRoutes } from './endpoint-routes.ts';
import type { Endpoint, RoutedNetwork } from './network.ts';

type ModifyInput = Given<ModifyVpcEndpointRequest, 'VpcEndpointId'>;

/** Changes what an endpoint serves: route tables of a gateway, subnets and groups of an interface. */
export function modifyEndpoint(
  core: AccountCore,
  network: RoutedNetwork,
  input: ModifyInput,
): void {
  const endpoint = findById(network.endpoints, 'endpoint', input.VpcEndpointId);
  checkMembers(endpoint, input);
  const policyDocument =
    input.ResetPolicy === true
      ? FULL_ACCESS
      : readPolicy(input.PolicyDocument ?? endpoint.policyDocument);
  const changed =
    endpoint.type === 'Gateway'
      ? modifyGateway(network, endpoint, input)
      : modifyInterface(core, network, { endpoint, input });
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

function modifyInterface(
  core: AccountCore,
  network: RoutedNetwork,
  { endpoint, input }: { readonly endpoint: Endpoint; readonly input: ModifyInput },
): Endpoint {
  const { AddSubnetIds: added = [], RemoveSubnetIds: removed = [] } = input;
  const { endpointId, vpcId, hasPrivateDns } = endpoint;
  const held = Object.entries(endpoint.interfaces);
  const kept = Object.fromEntries(held.filter(([id]) => !removed.includes(id)));
  const gone = Object.fromEntries(held.filter(([id]) => removed.includes(id)));
  checkSubnets(network, vpcId, [...Object.keys(kept), ...added]);
  const groupIds = readGroups(network, vpcId, [
    ...endpoint.groupIds.filter((id) => !input.RemoveSecurityGroupIds?.includes(id)),
    ...(input.AddSecurityGroupIds ?? []),
  ]);
  if (input.PrivateDnsEnabled === true && !hasPrivateDns) checkPrivateDns(network, endpoint);
  const opened = openInterfaces(core, network, { endpointId, groupIds, subnetIds: added });
  closeInterfaces(network, gone);
  regroupInterfaces(network, kept, groupIds);
  return {
    ...endpoint,
    interfaces: { ...kept, ...opened },
    groupIds,
    hasPrivateDns: input.PrivateDnsEnabled ?? hasPrivateDns,
  };
}
