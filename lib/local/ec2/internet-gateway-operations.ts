import {
  AttachInternetGateway$,
  type AttachInternetGatewayRequest,
  CreateInternetGateway$,
  type CreateInternetGatewayRequest,
  DeleteInternetGateway$,
  type DeleteInternetGatewayRequest,
  DescribeInternetGateways$,
  type DescribeInternetGatewaysRequest,
  DetachInternetGateway$,
  type DetachInternetGatewayRequest,
} from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import type { Need, Operation } from '../wire/operation.ts';
import { defineChange, newId, readTags } from './define-change.ts';
import { defineDescribe } from './describe.ts';
import { ec2Fault, findById, hasDependencies } from './ec2-faults.ts';
import { type FilterTable, tagsOf } from './filters.ts';
import type { InternetGateway, RoutedNetwork } from './network.ts';
import { findOwnVpc } from './ownership.ts';
import { ec2Arn, type Place, toTags } from './views.ts';

type AttachInput = Given<AttachInternetGatewayRequest, 'InternetGatewayId' | 'VpcId'>;
type DetachInput = Given<DetachInternetGatewayRequest, 'InternetGatewayId' | 'VpcId'>;
type DeleteInput = Given<DeleteInternetGatewayRequest, 'InternetGatewayId'>;

/** The operations on internet gateways. */
export function internetGatewayOperations(
  core: AccountCore,
  network: RoutedNetwork,
): readonly Operation[] {
  const need = (action: string, id: string): Need => ({
    action: `ec2:${action}`,
    resource: ec2Arn(core, 'internet-gateway', id),
  });
  const needVpc = (action: string, id: string): Need => ({
    action: `ec2:${action}`,
    resource: ec2Arn(core, 'vpc', id),
  });
  return [
    defineDescribe(DescribeInternetGateways$, {
      kind: 'internetGateway',
      items: network.internetGateways,
      filters: gatewayFilters(core),
      idsOf: (input: DescribeInternetGatewaysRequest) => input.InternetGatewayIds,
      answer: (items) => ({ InternetGateways: items.map((item) => toGatewayView(core, item)) }),
    }),
    defineChange(CreateInternetGateway$, {
      needs: () => [need('CreateInternetGateway', '*')],
      handle: ({ TagSpecifications }: CreateInternetGatewayRequest) => {
        const gateway = { gatewayId: newId('igw'), ...readTags(TagSpecifications) };
        network.internetGateways.set(gateway.gatewayId, gateway);
        return { InternetGateway: toGatewayView(core, gateway) };
      },
    }),
    defineChange<AttachInput, void>(AttachInternetGateway$, {
      needs: ({ InternetGatewayId, VpcId }) => [
        need('AttachInternetGateway', InternetGatewayId),
        needVpc('AttachInternetGateway', VpcId),
      ],
      handle: (input) => attach(network, input),
    }),
    defineChange<DetachInput, void>(DetachInternetGateway$, {
      needs: ({ InternetGatewayId, VpcId }) => [
        need('DetachInternetGateway', InternetGatewayId),
        needVpc('DetachInternetGateway', VpcId),
      ],
      handle: (input) => detach(network, input),
    }),
    defineChange<DeleteInput, void>(DeleteInternetGateway$, {
      needs: ({ InternetGatewayId }) => [need('DeleteInternetGateway', InternetGatewayId)],
      handle: ({ InternetGatewayId: id }) => {
        const { vpcId } = findById(network.internetGateways, 'internetGateway', id);
        if (vpcId !== undefined) throw hasDependencies('internetGateway', id);
        network.internetGateways.delete(id);
      },
    }),
  ];
}

function attach(network: RoutedNetwork, { InternetGatewayId: id, VpcId }: AttachInput): void {
  const gateway = findById(network.internetGateways, 'internetGateway', id);
  const { vpcId } = findOwnVpc(network, VpcId);
  if (gateway.vpcId !== undefined) {
    const message = `resource ${id} is already attached to network ${gateway.vpcId}`;
    throw ec2Fault('Resource.AlreadyAssociated', message);
  }
  if ([...network.internetGateways.values()].some((other) => other.vpcId === vpcId)) {
    const message = `Network ${vpcId} already has an internet gateway attached`;
    throw ec2Fault('InvalidParameterValue', message);
  }
  network.internetGateways.set(id, { ...gateway, vpcId });
}

/** AWS: a gateway stays as long as public addresses of its VPC rely on it. */
function detach(network: RoutedNetwork, { InternetGatewayId: id, VpcId }: DetachInput): void {
  const { vpcId, ...gateway } = findById(network.internetGateways, 'internetGateway', id);
  findById(network.vpcs, 'vpc', VpcId);
  if (vpcId !== VpcId) {
    const message = `resource ${id} is not attached to network ${VpcId}`;
    throw ec2Fault('Gateway.NotAttached', message);
  }
  const isMapped = [...network.addresses.values()].some(
    ({ natGatewayId = '' }) => network.natGateways.get(natGatewayId)?.vpcId === VpcId,
  );
  if (isMapped) {
    const message = `Network ${VpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`;
    throw ec2Fault('DependencyViolation', message);
  }
  network.internetGateways.set(id, gateway);
}

/** AWS: an attached internet gateway is `available`, a state that the SDK does not list. */
function toGatewayView({ accountId }: Place, gateway: InternetGateway) {
  const { gatewayId, vpcId } = gateway;
  return {
    InternetGatewayId: gatewayId,
    OwnerId: accountId,
    Attachments: vpcId === undefined ? [] : [{ State: 'available', VpcId: vpcId }],
    Tags: toTags(tagsOf(gateway)),
  };
}

function gatewayFilters({ accountId }: Place): FilterTable<InternetGateway> {
  return {
    'internet-gateway-id': ({ gatewayId }) => [gatewayId],
    'attachment.vpc-id': ({ vpcId }) => (vpcId === undefined ? [] : [vpcId]),
    'attachment.state': ({ vpcId }) => (vpcId === undefined ? [] : ['available']),
    'owner-id': () => [accountId],
  };
}
