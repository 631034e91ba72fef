import {
  CreateTransitGatewayVpcAttachment$,
  type CreateTransitGatewayVpcAttachmentRequest,
  type CreateTransitGatewayVpcAttachmentResult,
  DeleteTransitGatewayVpcAttachment$,
  type DeleteTransitGatewayVpcAttachmentRequest,
  type DeleteTransitGatewayVpcAttachmentResult,
  DescribeTransitGatewayVpcAttachments$,
  type DescribeTransitGatewayVpcAttachmentsRequest,
  type TransitGatewayVpcAttachment,
} from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { defineWrappedChange, newId, readTags } from './define-change.ts';
import { defineDescribe } from './describe.ts';
import { ec2Fault, findById } from './ec2-faults.ts';
import { checkSubnets } from './endpoint-interfaces.ts';
import { tagsOf } from './filters.ts';
import { goThrough } from './lifecycle.ts';
import type { RoutedNetwork } from './network.ts';
import type { TransitAttachment } from './transit-records.ts';
import { ec2Arn, toTags } from './views.ts';

type CreateInput = Given<
  CreateTransitGatewayVpcAttachmentRequest,
  'TransitGatewayId' | 'VpcId' | 'SubnetIds'
>;
type DeleteInput = Given<DeleteTransitGatewayVpcAttachmentRequest, 'TransitGatewayAttachmentId'>;

const DEFAULT_OPTIONS = {
  DnsSupport: 'enable',
  SecurityGroupReferencingSupport: 'enable',
  Ipv6Support: 'disable',
  ApplianceModeSupport: 'disable',
} as const;

const PENDING_SECONDS = 60;
const DELETING_SECONDS = 60;
const VISIBLE_SECONDS = 3600;

/** The operations on the attachments of transit gateways to VPCs. */
export function transitAttachmentOperations(
  core: AccountCore,
  network: RoutedNetwork,
): readonly Operation[] {
  const { transitAttachments } = network;
  const toView = (attachment: TransitAttachment) => toAttachmentView(core, attachment);
  return [
    defineDescribe(DescribeTransitGatewayVpcAttachments$, {
      kind: 'transitAttachment',
      items: transitAttachments,
      filters: {
        'transit-gateway-attachment-id': ({ attachmentId }) => [attachmentId],
        'transit-gateway-id': ({ transitGatewayId }) => [transitGatewayId],
        'vpc-id': ({ vpcId }) => [vpcId],
        state: ({ state }) => [state],
      },
      idsOf: (input: DescribeTransitGatewayVpcAttachmentsRequest) =>
        input.TransitGatewayAttachmentIds,
      answer: (items) => ({ TransitGatewayVpcAttachments: items.map(toView) }),
    }),
    defineWrappedChange<CreateInput, CreateTransitGatewayVpcAttachmentResult>(
      CreateTransitGatewayVpcAttachment$,
      {
        needs: ({ TransitGatewayId, VpcId, SubnetIds }) =>
          [
            ec2Arn(core, 'transit-gateway-attachment', '*'),
            ec2Arn(core, 'transit-gateway', TransitGatewayId),
            ec2Arn(core, 'vpc', VpcId),
            ...SubnetIds.map((id) => ec2Arn(core, 'subnet', id)),
          ].map((resource) => ({ action: 'ec2:CreateTransitGatewayVpcAttachment', resource })),
        handle: (input) => ({
          TransitGatewayVpcAttachment: toView(createAttachment(core, network, input)),
        }),
      },
    ),
    defineWrappedChange<DeleteInput, DeleteTransitGatewayVpcAttachmentResult>(
      DeleteTransitGatewayVpcAttachment$,
      {
        needs: ({ TransitGatewayAttachmentId: id }) => [
          {
            action: 'ec2:DeleteTransitGatewayVpcAttachment',
            resource: ec2Arn(core, 'transit-gateway-attachment', id),
          },
        ],
        handle: ({ TransitGatewayAttachmentId: id }) => ({
          TransitGatewayVpcAttachment: toView(deleteAttachment(core, network, id)),
        }),
      },
    ),
  ];
}

function createAttachment(
  core: AccountCore,
  network: RoutedNetwork,
  { TransitGatewayId, VpcId, SubnetIds, Options, TagSpecifications }: CreateInput,
): TransitAttachment {
  const { transitAttachments } = network;
  const gateway = findById(network.transitGateways, 'transitGateway', TransitGatewayId);
  findById(network.vpcs, 'vpc', VpcId);
  checkSubnets(network, VpcId, SubnetIds);
  if (gateway.state !== 'available') {
    throw ec2Fault('IncorrectState', `${TransitGatewayId} is in invalid state`);
  }
  const isAttached = [...transitAttachments.values()].some(
    ({ transitGatewayId, vpcId, state }) =>
      transitGatewayId === TransitGatewayId && vpcId === VpcId && state !== 'deleted',
  );
  if (isAttached) {
    const message = `${TransitGatewayId} has non-deleted Transit Gateway Attachments with same VPC ID.`;
    throw ec2Fault('DuplicateTransitGatewayAttachment', message);
  }
  const id = newId('tgw-attach');
  const attachment: TransitAttachment = {
    attachmentId: id,
    transitGatewayId: TransitGatewayId,
    vpcId: VpcId,
    subnetIds: SubnetIds,
    options: { ...DEFAULT_OPTIONS, ...Options },
    state: 'pending',
    createdMs: core.clock.nowMs(),
    ...readTags(TagSpecifications),
  };
  transitAttachments.set(id, attachment);
  goThrough<TransitAttachment>(core, { items: transitAttachments, id }, [
    { seconds: PENDING_SECONDS, change: (held) => ({ ...held, state: 'available' }) },
  ]);
  return attachment;
}

function deleteAttachment(
  core: AccountCore,
  { transitAttachments }: RoutedNetwork,
  id: string,
): TransitAttachment {
  const attachment = findById(transitAttachments, 'transitAttachment', id);
  const deleting: TransitAttachment = { ...attachment, state: 'deleting' };
  transitAttachments.set(id, deleting);
  goThrough<TransitAttachment>(core, { items: transitAttachments, id }, [
    { seconds: DELETING_SECONDS, change: (held) => ({ ...held, state: 'deleted' }) },
    { seconds: VISIBLE_SECONDS, change: () => undefined },
  ]);
  return deleting;
}

function toAttachmentView(
  { accountId }: AccountCore,
  attachment: TransitAttachment,
): TransitGatewayVpcAttachment {
  return {
    TransitGatewayAttachmentId: attachment.attachmentId,
    TransitGatewayId: attachment.transitGatewayId,
    VpcId: attachment.vpcId,
    VpcOwnerId: accountId,
    SubnetIds: [...attachment.subnetIds],
    State: attachment.state,
    CreationTime: new Date(attachment.createdMs),
    Options: attachment.options,
    Tags: toTags(tagsOf(attachment)),
  };
}
