import {
  CreateEgressOnlyInternetGateway$,
  type CreateEgressOnlyInternetGatewayRequest,
  type CreateEgressOnlyInternetGatewayResult,
  DeleteEgressOnlyInternetGateway$,
  type DeleteEgressOnlyInternetGatewayRequest,
  type DeleteEgressOnlyInternetGatewayResult,
  DescribeEgressOnlyInternetGateways$,
  type DescribeEgressOnlyInternetGatewaysRequest,
  type EgressOnlyInternetGateway,
} from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { defineWrappedChange, newId, readTags, toToken } from './define-change.ts';
import { defineDescribe } from './describe.ts';
import { findById } from './ec2-faults.ts';
import { tagsOf } from './filters.ts';
import type { InternetGateway, RoutedNetwork } from './network.ts';
import { findOwnVpc } from './ownership.ts';
import { ec2Arn, toTags } from './views.ts';

type CreateInput = Given<CreateEgressOnlyInternetGatewayRequest, 'VpcId'>;
type DeleteInput = Given<DeleteEgressOnlyInternetGatewayRequest, 'EgressOnlyInternetGatewayId'>;

const KIND = 'egress-only-internet-gateway';

/** The operations on gateways for outgoing IPv6. */
export function egressOnlyGatewayOperations(
  core: AccountCore,
  network: RoutedNetwork,
): readonly Operation[] {
  const { egressOnlyGateways } = network;
  return [
    defineDescribe(DescribeEgressOnlyInternetGateways$, {
      kind: 'egressOnlyGateway',
      items: egressOnlyGateways,
      filters: {},
      pageSizes: [5, 255],
      idsOf: (input: DescribeEgressOnlyInternetGatewaysRequest) =>
        input.EgressOnlyInternetGatewayIds,
      answer: (items) => ({ EgressOnlyInternetGateways: items.map(toView) }),
    }),
    defineWrappedChange<CreateInput, CreateEgressOnlyInternetGatewayResult>(
      CreateEgressOnlyInternetGateway$,
      {
        needs: ({ VpcId }) =>
          [ec2Arn(core, KIND, '*'), ec2Arn(core, 'vpc', VpcId)].map((resource) => ({
            action: 'ec2:CreateEgressOnlyInternetGateway',
            resource,
          })),
        handle: ({ VpcId, TagSpecifications, ClientToken }) => {
          const { vpcId } = findOwnVpc(network, VpcId);
          const gateway = { gatewayId: newId('eigw'), vpcId, ...readTags(TagSpecifications) };
          egressOnlyGateways.set(gateway.gatewayId, gateway);
          return { EgressOnlyInternetGateway: toView(gateway), ...toToken(ClientToken) };
        },
      },
    ),
    defineWrappedChange<DeleteInput, DeleteEgressOnlyInternetGatewayResult>(
      DeleteEgressOnlyInternetGateway$,
      {
        needs: ({ EgressOnlyInternetGatewayId: id }) => [
          { action: 'ec2:DeleteEgressOnlyInternetGateway', resource: ec2Arn(core, KIND, id) },
        ],
        handle: ({ EgressOnlyInternetGatewayId: id }) => {
          findById(egressOnlyGateways, 'egressOnlyGateway', id);
          egressOnlyGateways.delete(id);
          return { ReturnCode: true };
        },
      },
    ),
  ];
}

function toView(gateway: InternetGateway): EgressOnlyInternetGateway {
  const { gatewayId, vpcId = '' } = gateway;
  return {
    EgressOnlyInternetGatewayId: gatewayId,
    Attachments: [{ State: 'attached', VpcId: vpcId }],
    Tags: toTags(tagsOf(gateway)),
  };
}
