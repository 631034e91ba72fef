import {
  CreateVpcEndpoint$,
  type CreateVpcEndpointRequest,
  DeleteVpcEndpoints$,
  type DeleteVpcEndpointsRequest,
  type DeleteVpcEndpointsResult,
  DescribeVpcEndpoints$,
  type DescribeVpcEndpointsRequest,
  ModifyVpcEndpoint$,
  type ModifyVpcEndpointRequest,
  type ModifyVpcEndpointResult,
} from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { createEndpoint } from './create-endpoint.ts';
import { defineWrappedChange, toToken } from './define-change.ts';
import { deleteEndpoint } from './delete-endpoint.ts';
import { defineDescribe } from './describe.ts';
import { endpointFilters, toEndpointView } from './endpoint-views.ts';
import { modifyEndpoint } from './modify-endpoint.ts';
import type { Endpoint, RoutedNetwork } from './network.ts';
import { ec2Arn } from './views.ts';

type CreateInput = Given<CreateVpcEndpointRequest, 'VpcId'>;
type ModifyInput = Given<ModifyVpcEndpointRequest, 'VpcEndpointId'>;
type DeleteInput = Given<DeleteVpcEndpointsRequest, 'VpcEndpointIds'>;

/** The operations on VPC endpoints. */
export function endpointOperations(
  core: AccountCore,
  network: RoutedNetwork,
): readonly Operation[] {
  const toView = (endpoint: Endpoint) => toEndpointView(core, network, endpoint);
  const arns = (kind: string, ids: readonly string[] = []) =>
    ids.map((id) => ec2Arn(core, kind, id));
  const needsOn = (action: string, resources: readonly string[]) =>
    resources.map((resource) => ({ action: `ec2:${action}`, resource }));
  return [
    defineDescribe(DescribeVpcEndpoints$, {
      kind: 'endpoint',
      items: network.endpoints,
      filters: endpointFilters(core),
      pageSizes: [1, 1000],
      idsOf: (input: DescribeVpcEndpointsRequest) => input.VpcEndpointIds,
      answer: (items) => ({ VpcEndpoints: items.map(toView) }),
    }),
    defineWrappedChange(CreateVpcEndpoint$, {
      needs: (input: CreateInput) =>
        needsOn('CreateVpcEndpoint', [
          ...arns('vpc-endpoint', ['*']),
          ...arns('vpc', [input.VpcId]),
          ...arns('route-table', input.RouteTableIds),
          ...arns('subnet', input.SubnetIds),
          ...arns('security-group', input.SecurityGroupIds),
        ]),
      handle: (input) => ({
        VpcEndpoint: toView(createEndpoint(core, network, input)),
        ...toToken(input.ClientToken),
      }),
    }),
    defineWrappedChange<ModifyInput, ModifyVpcEndpointResult>(ModifyVpcEndpoint$, {
      needs: (input) =>
        needsOn('ModifyVpcEndpoint', [
          ...arns('vpc-endpoint', [input.VpcEndpointId]),
          ...arns('route-table', input.AddRouteTableIds),
          ...arns('route-table', input.RemoveRouteTableIds),
          ...arns('subnet', input.AddSubnetIds),
          ...arns('subnet', input.RemoveSubnetIds),
          ...arns('security-group', input.AddSecurityGroupIds),
          ...arns('security-group', input.RemoveSecurityGroupIds),
        ]),
      handle: (input) => {
        modifyEndpoint(core, network, input);
        return { Return: true };
      },
    }),
    defineWrappedChange<DeleteInput, DeleteVpcEndpointsResult>(DeleteVpcEndpoints$, {
      needs: ({ VpcEndpointIds }) =>
        needsOn('DeleteVpcEndpoints', arns('vpc-endpoint', VpcEndpointIds)),
      handle: ({ VpcEndpointIds }) => ({
        Unsuccessful: VpcEndpointIds.flatMap((id) => deleteEndpoint(core, network, id)),
      }),
    }),
  ];
}
