import type { CreateVpcEndpointRequest } from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import { newId, readTags } from './define-change.ts';
import { ec2Fault, missingParameter } from './ec2-faults.ts';
import {
  checkPrivateDns,
  checkSubnets,
  openInterfaces,
  readGroups,
} from './endpoint-interfaces.ts';
import { addEndpointRoutes, checkTables } from './endpoint-routes.ts';
import { checkService } from './endpoint-services.ts';
import { goThrough } from './lifecycle.ts';
import type { Endpoint, RoutedNetwork } from './network.ts';
import { findOwnVpc } from './ownership.ts';

type CreateInput = Given<CreateVpcEndpointRequest, 'VpcId'>;

/** AWS: the policy of an endpoint that is given none allows everything. */
export const FULL_ACCESS = JSON.stringify({
  Statement: [{ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }],
});

const PENDING_SECONDS = 60;

/** Makes a gateway endpoint, which is there at once, or an interface endpoint, which takes a while. */
export function createEndpoint(
  core: AccountCore,
  network: RoutedNetwork,
  input: CreateInput,
): Endpoint {
  const { VpcEndpointType: type = 'Gateway', ServiceName: serviceName } = input;
  if (type !== 'Gateway' && type !== 'Interface') {
    const message = 'The functionality you requested is not available in this region.';
    throw ec2Fault('UnsupportedOperation', message);
  }
  if (serviceName === undefined) throw missingParameter('serviceName');
  const { vpcId } = findOwnVpc(network, input.VpcId);
  checkService(core.region, serviceName, type);
  const endpoint: Endpoint = {
    endpointId: newId('vpce'),
    vpcId,
    type,
    serviceName,
    state: type === 'Gateway' ? 'available' : 'pending',
    policyDocument: readPolicy(input.PolicyDocument),
    routeTableIds: [],
    interfaces: {},
    groupIds: [],
    hasPrivateDns: false,
    createdMs: core.clock.nowMs(),
    ...readTags(input.TagSpecifications),
  };
  return type === 'Gateway'
    ? addGateway(network, endpoint, input)
    : addInterface(core, network, readInterface(core, network, { endpoint, input }));
}

/** Refuses a policy that is not even JSON. */
export function readPolicy(text = FULL_ACCESS): string {
  try {
    JSON.parse(text);
    return text;
  } catch (cause) {
    const fault = ec2Fault('InvalidPolicyDocument', 'The policy document is not valid JSON.');
    fault.cause = cause;
    throw fault;
  }
}

function addGateway(network: RoutedNetwork, made: Endpoint, input: CreateInput): Endpoint {
  const { SubnetIds = [], SecurityGroupIds = [] } = input;
  const routeTableIds = [...new Set(input.RouteTableIds)];
  if (SubnetIds.length + SecurityGroupIds.length > 0 || input.PrivateDnsEnabled === true) {
    const message =
      'Subnets, security groups and private DNS are only supported for Interface VPC Endpoints.';
    throw ec2Fault('InvalidParameter', message);
  }
  checkTables(network, made, routeTableIds);
  const endpoint = { ...made, routeTableIds };
  network.endpoints.set(made.endpointId, endpoint);
  addEndpointRoutes(network, made, routeTableIds);
  return endpoint;
}

/** Checks all that can be refused before anything is taken. */
function readInterface(
  core: AccountCore,
  network: RoutedNetwork,
  { endpoint, input }: { readonly endpoint: Endpoint; readonly input: CreateInput },
): Endpoint {
  const { SubnetIds = [], RouteTableIds = [], PrivateDnsEnabled: hasPrivateDns = true } = input;
  if (RouteTableIds.length > 0) {
    const message = 'Route table IDs are only supported for Gateway type VPC Endpoints.';
    throw ec2Fault('InvalidParameter', message);
  }
  checkSubnets(network, endpoint.vpcId, SubnetIds);
  const groupIds = readGroups(network, endpoint.vpcId, input.SecurityGroupIds);
  if (hasPrivateDns) checkPrivateDns(network, endpoint);
  const { endpointId } = endpoint;
  const interfaces = openInterfaces(core, network, { endpointId, groupIds, subnetIds: SubnetIds });
  return { ...endpoint, interfaces, groupIds, hasPrivateDns };
}

function addInterface(core: AccountCore, network: RoutedNetwork, endpoint: Endpoint): Endpoint {
  const { endpointId: id } = endpoint;
  network.endpoints.set(id, endpoint);
  goThrough<Endpoint>(core, { items: network.endpoints, id }, [
    { seconds: PENDING_SECONDS, change: (held) => ({ ...held, state: 'available' }) },
  ]);
  return endpoint;
}
