import type { FilterTable } from './filters.ts';
import { tagsOf } from './filters.ts';
import type { Endpoint, RoutedNetwork } from './network.ts';
import { type Place, toTags } from './views.ts';

/** A VPC endpoint as EC2 describes it: its state in lower case, whatever the SDK's list of states says. */
export function toEndpointView(
  { accountId, region }: Place,
  { securityGroups }: RoutedNetwork,
  endpoint: Endpoint,
) {
  const { endpointId, serviceName, interfaces, groupIds } = endpoint;
  const isInterface = endpoint.type === 'Interface';
  return {
    VpcEndpointId: endpointId,
    VpcEndpointType: endpoint.type,
    VpcId: endpoint.vpcId,
    ServiceName: serviceName,
    ServiceRegion: region,
    State: endpoint.state,
    PolicyDocument: endpoint.policyDocument,
    RouteTableIds: endpoint.routeTableIds,
    SubnetIds: Object.keys(interfaces),
    NetworkInterfaceIds: Object.values(interfaces),
    Groups: groupIds.map((GroupId) => ({
      GroupId,
      GroupName: securityGroups.get(GroupId)?.groupName ?? '',
    })),
    PrivateDnsEnabled: endpoint.hasPrivateDns,
    RequesterManaged: false,
    IpAddressType: 'ipv4',
    DnsEntries: isInterface ? [{ DnsName: toDnsName(endpointId, serviceName, region) }] : [],
    CreationTimestamp: new Date(endpoint.createdMs),
    OwnerId: accountId,
    Tags: toTags(tagsOf(endpoint)),
  };
}

function toDnsName(endpointId: string, serviceName: string, region: string): string {
  const service = serviceName.slice(`com.amazonaws.${region}.`.length);
  return `${endpointId}.${service.split('.').reverse().join('.')}.${region}.vpce.amazonaws.com`;
}

/** The filters of DescribeVpcEndpoints. */
export function endpointFilters({ region }: Place): FilterTable<Endpoint> {
  return {
    'vpc-endpoint-id': ({ endpointId }) => [endpointId],
    'vpc-endpoint-state': ({ state }) => [state],
    'vpc-endpoint-type': ({ type }) => [type],
    'vpc-id': ({ vpcId }) => [vpcId],
    'service-name': ({ serviceName }) => [serviceName],
    'service-region': () => [region],
    'ip-address-type': () => ['ipv4'],
  };
}
