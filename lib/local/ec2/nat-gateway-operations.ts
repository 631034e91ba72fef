import {
  CreateNatGateway$,
  type CreateNatGatewayRequest,
  type CreateNatGatewayResult,
  DeleteNatGateway$,
  type DeleteNatGatewayRequest,
  type DeleteNatGatewayResult,
  DescribeNatGateways$,
  type DescribeNatGatewaysRequest,
} from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { defineWrappedChange, newId, readTags, toToken } from './define-change.ts';
import { defineDescribe } from './describe.ts';
import { ec2Fault, findById } from './ec2-faults.ts';
import { goThrough, type Stage } from './lifecycle.ts';
import { failureOf, natGatewayFilters, toNatGatewayView } from './nat-gateways.ts';
import { toNatRequest } from './nat-interfaces.ts';
import type { NatGateway, RoutedNetwork } from './network.ts';
import { addInterface, removeInterface } from './network-interface-records.ts';
import { findOwnSubnet } from './ownership.ts';
import { ec2Arn } from './views.ts';

type DeleteInput = Given<DeleteNatGatewayRequest, 'NatGatewayId'>;

const PENDING_SECONDS = 90;
const DELETING_SECONDS = 60;
/** AWS: a gateway that is deleted or failed stays to be seen for about an hour. */
const FORGOTTEN: Stage<NatGateway> = { seconds: 3600, change: () => undefined };

/** The operations on NAT gateways. */
export function natGatewayOperations(
  core: AccountCore,
  network: RoutedNetwork,
): readonly Operation[] {
  const toView = (gateway: NatGateway) => toNatGatewayView(network, gateway);
  return [
    defineDescribe(DescribeNatGateways$, {
      kind: 'natGateway',
      items: network.natGateways,
      filters: natGatewayFilters,
      filtersOf: ({ Filter }: DescribeNatGatewaysRequest) => Filter,
      idsOf: (input: DescribeNatGatewaysRequest) => input.NatGatewayIds,
      answer: (items) => ({
        NatGateways: items.map((item) => ({ ...toView(item), AttachedAppliances: [] })),
      }),
    }),
    defineWrappedChange<CreateNatGatewayRequest, CreateNatGatewayResult>(CreateNatGateway$, {
      needs: ({ SubnetId = '*', AllocationId }) =>
        [
          ec2Arn(core, 'natgateway', '*'),
          ec2Arn(core, 'subnet', SubnetId),
          ...(AllocationId === undefined ? [] : [ec2Arn(core, 'elastic-ip', AllocationId)]),
        ].map((resource) => ({ action: 'ec2:CreateNatGateway', resource })),
      handle: (input) => {
        const gateway = createGateway(core, network, input);
        return { NatGateway: toView(gateway), ...toToken(input.ClientToken) };
      },
    }),
    defineWrappedChange<DeleteInput, DeleteNatGatewayResult>(DeleteNatGateway$, {
      needs: ({ NatGatewayId }) => [
        { action: 'ec2:DeleteNatGateway', resource: ec2Arn(core, 'natgateway', NatGatewayId) },
      ],
      handle: ({ NatGatewayId }) => deleteGateway(core, network, NatGatewayId),
    }),
  ];
}

/** AWS: what is missing is told at once, what does not fit makes a gateway that fails later. */
function createGateway(
  core: AccountCore,
  network: RoutedNetwork,
  input: CreateNatGatewayRequest,
): NatGateway {
  const subnet = findOwnSubnet(network, readSubnetId(input));
  const { ConnectivityType = 'public', AllocationId } = input;
  checkAllocation(ConnectivityType, AllocationId);
  const failure = failureOf(network, subnet, AllocationId);
  const natGatewayId = newId('nat');
  const createdMs = core.clock.nowMs();
  const from = toNatRequest({ natGatewayId, subnetId: subnet.subnetId, createdMs });
  const held = failure === undefined ? addInterface(network, from) : undefined;
  const gateway: NatGateway = {
    natGatewayId,
    vpcId: subnet.vpcId,
    subnetId: subnet.subnetId,
    connectivityType: ConnectivityType,
    ...(AllocationId === undefined ? {} : { allocationId: AllocationId }),
    state: 'pending',
    ...(failure === undefined ? {} : { failure }),
    networkInterfaceId: held?.networkInterfaceId ?? '',
    privateIp: held?.privateIp ?? '',
    createdMs,
    ...readTags(input.TagSpecifications),
  };
  network.natGateways.set(gateway.natGatewayId, gateway);
  if (failure === undefined) occupy(network, gateway);
  const place = { items: network.natGateways, id: gateway.natGatewayId };
  const settled: Stage<NatGateway> = {
    seconds: PENDING_SECONDS,
    change: (held) => ({ ...held, state: failure === undefined ? 'available' : 'failed' }),
  };
  goThrough<NatGateway>(core, place, failure === undefined ? [settled] : [settled, FORGOTTEN]);
  return gateway;
}

function checkAllocation(type: NatGateway['connectivityType'], id: string | undefined): void {
  if (type === 'public' && id === undefined) throw missing('AllocationId');
  if (type === 'public' || id === undefined) return;
  const message = 'AllocationId cannot be specified for a private NAT gateway';
  throw ec2Fault('InvalidParameterCombination', message);
}

function readSubnetId({ AvailabilityMode, SubnetId }: CreateNatGatewayRequest): string {
  if (AvailabilityMode === 'regional') {
    const message = 'The functionality you requested is not available in this region.';
    throw ec2Fault('UnsupportedOperation', message);
  }
  if (SubnetId === undefined) throw missing('SubnetId');
  return SubnetId;
}

function deleteGateway(
  core: AccountCore,
  network: RoutedNetwork,
  natGatewayId: string,
): DeleteNatGatewayResult {
  const { natGateways } = network;
  const gateway = findById(natGateways, 'natGateway', natGatewayId);
  if (gateway.state === 'pending' || gateway.state === 'available') {
    natGateways.set(natGatewayId, { ...gateway, state: 'deleting' });
    goThrough<NatGateway>(core, { items: natGateways, id: natGatewayId }, [
      {
        seconds: DELETING_SECONDS,
        change: (held) => {
          if (held.failure === undefined) release(network, held);
          return { ...held, state: 'deleted', deletedMs: core.clock.nowMs() };
        },
      },
      FORGOTTEN,
    ]);
  }
  return { NatGatewayId: natGatewayId };
}

function occupy({ addresses }: RoutedNetwork, gateway: NatGateway): void {
  const { natGatewayId, allocationId = '' } = gateway;
  const address = addresses.get(allocationId);
  if (address !== undefined) addresses.set(allocationId, { ...address, natGatewayId });
}

function release(network: RoutedNetwork, gateway: NatGateway): void {
  const { allocationId = '', networkInterfaceId } = gateway;
  const address = network.addresses.get(allocationId);
  if (address !== undefined) {
    const { natGatewayId: _released, ...free } = address;
    network.addresses.set(allocationId, free);
  }
  removeInterface(network, networkInterfaceId);
}

function missing(name: string) {
  const message = `The request must include the ${name} parameter. Add the required parameter and retry the request.`;
  return ec2Fault('MissingParameter', message);
}
