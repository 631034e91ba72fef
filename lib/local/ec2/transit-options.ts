import type { TransitGatewayOptions, TransitGatewayRequestOptions } from '@aws-sdk/client-ec2';
import { newId } from './define-change.ts';
import type { FilterTable } from './filters.ts';
import type { TransitGateway } from './transit-records.ts';
import type { Place } from './views.ts';

/** What AWS chooses where a request says nothing. */
const DEFAULTS = {
  AmazonSideAsn: 64_512,
  AutoAcceptSharedAttachments: 'disable',
  DefaultRouteTableAssociation: 'enable',
  DefaultRouteTablePropagation: 'enable',
  VpnEcmpSupport: 'enable',
  DnsSupport: 'enable',
  SecurityGroupReferencingSupport: 'disable',
  MulticastSupport: 'disable',
} as const;

/** The options of a new transit gateway; it gets a route table unless it is to have none. */
export function readGatewayOptions(
  asked: TransitGatewayRequestOptions = {},
): TransitGatewayOptions {
  const options: TransitGatewayOptions = { ...DEFAULTS, ...asked };
  const routeTableId = newId('tgw-rtb');
  return {
    ...options,
    ...(options.DefaultRouteTableAssociation === 'enable'
      ? { AssociationDefaultRouteTableId: routeTableId }
      : {}),
    ...(options.DefaultRouteTablePropagation === 'enable'
      ? { PropagationDefaultRouteTableId: routeTableId }
      : {}),
  };
}

/** The filters of DescribeTransitGateways. */
export function transitGatewayFilters({ accountId }: Place): FilterTable<TransitGateway> {
  const ofOptions =
    (name: keyof TransitGatewayOptions) =>
    ({ options }: TransitGateway): readonly string[] =>
      options[name] === undefined ? [] : [String(options[name])];
  return {
    'transit-gateway-id': ({ transitGatewayId }) => [transitGatewayId],
    state: ({ state }) => [state],
    'owner-id': () => [accountId],
    'options.amazon-side-asn': ofOptions('AmazonSideAsn'),
    'options.association-default-route-table-id': ofOptions('AssociationDefaultRouteTableId'),
    'options.auto-accept-shared-attachments': ofOptions('AutoAcceptSharedAttachments'),
    'options.default-route-table-association': ofOptions('DefaultRouteTableAssociation'),
    'options.default-route-table-propagation': ofOptions('DefaultRouteTablePropagation'),
    'options.dns-support': ofOptions('DnsSupport'),
    'options.propagation-default-route-table-id': ofOptions('PropagationDefaultRouteTableId'),
    'options.vpn-ecmp-support': ofOptions('VpnEcmpSupport'),
  };
}
