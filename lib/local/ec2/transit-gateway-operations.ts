import {
  CreateTransitGateway$,
  type CreateTransitGatewayRequest,
  type CreateTransitGatewayResult,
  DeleteTransitGateway$,
  type DeleteTransitGatewayRequest,
  type DeleteTransitGatewayResult,
  DescribeTransitGateways$,
  type DescribeTransitGatewaysRequest,
  type TransitGateway as TransitGatewayView,
} from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { defineWrappedChange, newId, readTags } from './define-change.ts';
import { defineDescribe } from './describe.ts';
import { ec2Fault, findById } from './ec2-faults.ts';
import { tagsOf } from './filters.ts';
import { goThrough } from './lifecycle.ts';
import type { RoutedNetwork } from './network.ts';
import { readGatewayOptions, transitGatewayFilters } from './transit-options.ts';
import type { TransitGateway } from './transit-records.ts';
import { ec2Arn, toTags } from './views.ts';

type DeleteInput = Given<DeleteTransitGatewayRequest, 'TransitGatewayId'>;

const PENDING_SECONDS = 120;
const DELETING_SECONDS = 60;
const VISIBLE_SECONDS = 3600;

/** The operations on transit gateways. */
export function transitGatewayOperations(
  core: AccountCore,
  network: RoutedNetwork,
): readonly Operation[] {
  const arn = (id: string) => ec2Arn(core, 'transit-gateway', id);
  const toView = (gateway: TransitGateway) => toTransitGatewayView(core, gateway);
  return [
    defineDescribe(DescribeTransitGateways$, {
      kind: 'transitGateway',
      items: network.transitGateways,
      filters: transitGatewayFilters(core),
      idsOf: (input: DescribeTransitGatewaysRequest) => input.TransitGatewayIds,
      answer: (items) => ({ TransitGateways: items.map(toView) }),
    }),
    defineWrappedChange<CreateTransitGatewayRequest, CreateTransitGatewayResult>(
      CreateTransitGateway$,
      {
        needs: () => [{ action: 'ec2:CreateTransitGateway', resource: arn('*') }],
        handle: (input) => ({ TransitGateway: toView(createGateway(core, network, input)) }),
      },
    ),
    defineWrappedChange<DeleteInput, DeleteTransitGatewayResult>(DeleteTransitGateway$, {
      needs: ({ TransitGatewayId: id }) => [
        { action: 'ec2:DeleteTransitGateway', resource: arn(id) },
      ],
      handle: ({ TransitGatewayId: id }) => ({
        TransitGateway: toView(deleteGateway(core, network, id)),
      }),
    }),
  ];
}

function createGateway(
  core: AccountCore,
  { transitGateways }: RoutedNetwork,
  { Description: description = '', Options, TagSpecifications }: CreateTransitGatewayRequest,
): TransitGateway {
  const id = newId('tgw');
  const gateway: TransitGateway = {
    transitGatewayId: id,
    description,
    options: readGatewayOptions(Options),
    state: 'pending',
    createdMs: core.clock.nowMs(),
    ...readTags(TagSpecifications),
  };
  transitGateways.set(id, gateway);
  goThrough<TransitGateway>(core, { items: transitGateways, id }, [
    { seconds: PENDING_SECONDS, change: (held) => ({ ...held, state: 'available' }) },
  ]);
  return gateway;
}

function deleteGateway(
  core: AccountCore,
  { transitGateways, transitAttachments }: RoutedNetwork,
  id: string,
): TransitGateway {
  const gateway = findById(transitGateways, 'transitGateway', id);
  const attached = [...transitAttachments.values()].find(
    ({ transitGatewayId, state }) => transitGatewayId === id && state !== 'deleted',
  );
  if (attached !== undefined) {
    const message = `${id} has non-deleted VPC Attachments: ${attached.attachmentId}.`;
    throw ec2Fault('IncorrectState', message);
  }
  const deleting: TransitGateway = { ...gateway, state: 'deleting' };
  transitGateways.set(id, deleting);
  goThrough<TransitGateway>(core, { items: transitGateways, id }, [
    { seconds: DELETING_SECONDS, change: (held) => ({ ...held, state: 'deleted' }) },
    { seconds: VISIBLE_SECONDS, change: () => undefined },
  ]);
  return deleting;
}

function toTransitGatewayView(core: AccountCore, gateway: TransitGateway): TransitGatewayView {
  return {
    TransitGatewayId: gateway.transitGatewayId,
    TransitGatewayArn: ec2Arn(core, 'transit-gateway', gateway.transitGatewayId),
    OwnerId: core.accountId,
    Description: gateway.description,
    State: gateway.state,
    CreationTime: new Date(gateway.createdMs),
    Options: gateway.options,
    Tags: toTags(tagsOf(gateway)),
  };
}
