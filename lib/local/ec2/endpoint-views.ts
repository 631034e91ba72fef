import type { DnsEntry } from '@aws-sdk/client-ec2';
import type { FilterTable } from './filters.ts';
import { tagsOf } from './filters.ts';
import type { Endpoint, RoutedNetwork } from './network.ts';
import { type Place, toTags } from './views.ts';

/** A VPC endpoint as EC2 describes it: its state in lower case, whatever the SDK's list of states says. */
export function toEndpointView(
  { accountId, region }: Place,
  { securityGroups, subnets }: RoutedNetwork,
  endpoint: Endpoint,
) {
  const { interfaces, groupIds } = endpoint;
  const isInterface = endpoint.type === 'Interface';
  const zones = Object.keys(interfaces).flatMap((id) => subnets.get(id)?.availabilityZone ?? []);
  return {
    VpcEndpointId: endpoint.endpointId,
    VpcEndpointType: endpoint.type,
    VpcId: endpoint.vpcId,
    ServiceName: endpoint.serviceName,
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
    DnsEntries: isInterface ? toDnsEntries(region, zones, endpoint) : [],
    DnsOptions: { DnsRecordIpType: isInterface ? 'ipv4' : 'service-defined' } as const,
    CreationTimestamp: new Date(endpoint.createdMs),
    OwnerId: accountId,
    Tags: toTags(tagsOf(endpoint)),
  };
}

/** AWS: one name for the endpoint, one for each of its zones and, where it is to have it, the service's own. */
function toDnsEntries(
  region: string,
  zones: readonly string[],
  { endpointId, serviceName, hasPrivateDns, state }: Endpoint,
): DnsEntry[] {
  const service = serviceName.slice(`com.amazonaws.${region}.`.length).split('.').reverse();
  const host = `${service.join('.')}.${region}`;
  return [
    ...['', ...zones.map((zone) => `-${zone}`)].map((suffix) => ({
      DnsName: `${endpointId}${suffix}.${host}.vpce.amazonaws.com`,
      HostedZoneId: ENDPOINTS_ZONE,
    })),
    ...(hasPrivateDns
      ? [
          {
            DnsName: `${host}.amazonaws.com`,
            HostedZoneId: state === 'pending' ? 'ZONEIDPENDING' : toPrivateZone(endpointId),
          },
        ]
      : []),
  ];
}

/** The zone of `vpce.amazonaws.com` in the region that the account is in by default. */
const ENDPOINTS_ZONE = 'Z7HUB22UULQXV';

function toPrivateZone(endpointId: string): string {
  return `Z${endpointId.slice(-13).toUpperCase()}`;
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
