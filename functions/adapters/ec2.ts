import {
  EC2Client,
  type EC2ClientConfig,
  paginateDescribeInternetGateways,
  paginateDescribeNatGateways,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  paginateDescribeVpcEndpoints,
  paginateDescribeVpcs,
  type VpcEndpoint as RawEndpoint,
  type InternetGateway as RawGateway,
  type NatGateway as RawNatGateway,
  type Route as RawRoute,
  type RouteTable as RawRouteTable,
  type SecurityGroup as RawSecurityGroup,
  type Subnet as RawSubnet,
  type Vpc as RawVpc,
} from '@aws-sdk/client-ec2';
import { cutInto } from '../core/cut-into.ts';
import {
  type Endpoint,
  indexNetwork,
  type ListedNetwork,
  type NatGateway,
  type NetworkFacts,
  type Route,
  type RouteTable,
  type SecurityGroup,
  type Subnet,
  type Vpc,
} from '../core/network.ts';
import { kindOfTarget } from '../core/route-target.ts';
import type { NetworkPlace } from '../workflows/ports.ts';
import { observationFailed } from './aws-errors.ts';

/** The values of one call's filter; undefined for no filter. */
type Chunk = readonly string[] | undefined;

/** AWS: a call with more values in its filters is refused. */
const MAX_FILTER_VALUES = 200;
/** AWS: calls that give neither filter nor page size share a small quota of their own. */
const PAGE_SIZE = 1000;
const ROUTE_TABLE_PAGE_SIZE = 100;

/** Builds the reader of the networks that functions are in: seven calls, however many VPCs there are. */
export function createReadNetwork(
  settings: EC2ClientConfig,
  prepare: (client: EC2Client) => EC2Client = (client) => client,
): (place: NetworkPlace) => Promise<NetworkFacts> {
  const client = prepare(new EC2Client(settings));
  return async (place) => {
    try {
      return indexNetwork(await readNetwork(client, toChunks(place)));
    } catch (error) {
      throw observationFailed(error, 'could not read the network');
    }
  };
}

/** Asked by filter and not by id: a VPC that is missing is an absence and not an error. */
async function readNetwork(client: EC2Client, chunks: readonly Chunk[]): Promise<ListedNetwork> {
  const read = <Page>(open: (chunk: Chunk) => AsyncIterable<Page>) => readPages(chunks, open);
  const paging = { client, pageSize: PAGE_SIZE };
  const tablePaging = { client, pageSize: ROUTE_TABLE_PAGE_SIZE };
  const by = (Name: string, chunk: Chunk) => ({ Filters: chunk && [{ Name, Values: [...chunk] }] });
  const inVpc = (chunk: Chunk) => by('vpc-id', chunk);
  const [vpcs, subnets, groups, tables, natGateways, endpoints, gateways] = await Promise.all([
    read((chunk) => paginateDescribeVpcs(paging, inVpc(chunk))),
    read((chunk) => paginateDescribeSubnets(paging, inVpc(chunk))),
    read((chunk) => paginateDescribeSecurityGroups(paging, inVpc(chunk))),
    read((chunk) => paginateDescribeRouteTables(tablePaging, inVpc(chunk))),
    // AWS: this call alone names its filters in the singular.
    read((chunk) => paginateDescribeNatGateways(paging, { Filter: inVpc(chunk).Filters })),
    read((chunk) => paginateDescribeVpcEndpoints(paging, inVpc(chunk))),
    read((chunk) => paginateDescribeInternetGateways(paging, by('attachment.vpc-id', chunk))),
  ]);
  return {
    vpcs: vpcs.flatMap(({ Vpcs = [] }) => Vpcs.map(toVpc)),
    subnets: subnets.flatMap(({ Subnets = [] }) => Subnets.map(toSubnet)),
    securityGroups: groups.flatMap(({ SecurityGroups = [] }) => SecurityGroups.map(toGroup)),
    routeTables: tables.flatMap(({ RouteTables = [] }) => RouteTables.map(toRouteTable)),
    natGateways: natGateways.flatMap(({ NatGateways = [] }) => NatGateways.map(toNatGateway)),
    endpoints: endpoints.flatMap(({ VpcEndpoints = [] }) => VpcEndpoints.map(toEndpoint)),
    attachedInternetGatewayIds: gateways.flatMap((page) =>
      (page.InternetGateways ?? []).flatMap(toAttachedId),
    ),
  };
}

function toChunks(place: NetworkPlace): readonly Chunk[] {
  return place === 'every' ? [undefined] : cutInto([...new Set(place)], MAX_FILTER_VALUES);
}

async function readPages<Page>(
  chunks: readonly Chunk[],
  open: (chunk: Chunk) => AsyncIterable<Page>,
): Promise<readonly Page[]> {
  const pages: Page[] = [];
  for (const chunk of chunks) {
    for await (const page of open(chunk)) pages.push(page);
  }
  return pages;
}

function toVpc({ VpcId, InstanceTenancy }: RawVpc): Vpc {
  return { vpcId: required(VpcId, 'VpcId'), isDedicated: InstanceTenancy === 'dedicated' };
}

function toSubnet({ CidrBlock, Ipv6CidrBlockAssociationSet = [], ...subnet }: RawSubnet): Subnet {
  return {
    subnetId: required(subnet.SubnetId, 'SubnetId'),
    vpcId: required(subnet.VpcId, 'VpcId'),
    ownerId: required(subnet.OwnerId, 'OwnerId'),
    zone: required(subnet.AvailabilityZone, 'AvailabilityZone'),
    freeAddresses: required(subnet.AvailableIpAddressCount, 'AvailableIpAddressCount'),
    // AWS: a subnet for IPv6 alone has no IPv4 block, and a block that was taken away stays listed for a while.
    isDualStack:
      Boolean(CidrBlock) &&
      Ipv6CidrBlockAssociationSet.some((held) => held.Ipv6CidrBlockState?.State === 'associated'),
  };
}

function toGroup({ GroupId, GroupName, VpcId }: RawSecurityGroup): SecurityGroup {
  return {
    groupId: required(GroupId, 'GroupId'),
    groupName: required(GroupName, 'GroupName'),
    vpcId: required(VpcId, 'VpcId'),
  };
}

/** Associations that are over rule no subnet, nor do those with a gateway. */
function toRouteTable({ Associations = [], Routes = [], ...table }: RawRouteTable): RouteTable {
  const present = Associations.filter(({ AssociationState }) =>
    ['associated', 'associating'].includes(AssociationState?.State ?? 'associated'),
  );
  return {
    routeTableId: required(table.RouteTableId, 'RouteTableId'),
    vpcId: required(table.VpcId, 'VpcId'),
    isMain: present.some(({ Main }) => Main === true),
    subnetIds: present.flatMap(({ SubnetId }) => SubnetId ?? []),
    routes: Routes.map(toRoute),
  };
}

function toRoute(route: RawRoute): Route {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = route;
  // AWS: an instance is named together with its interface.
  const targetId =
    route.GatewayId ??
    route.EgressOnlyInternetGatewayId ??
    route.NatGatewayId ??
    route.TransitGatewayId ??
    route.VpcPeeringConnectionId ??
    route.InstanceId ??
    route.NetworkInterfaceId ??
    '';
  return {
    destination: DestinationCidrBlock ?? DestinationIpv6CidrBlock ?? DestinationPrefixListId ?? '',
    kind: kindOfTarget(targetId),
    targetId,
    isBlackhole: route.State === 'blackhole',
  };
}

/** A regional gateway has no subnet. */
function toNatGateway(gateway: RawNatGateway): NatGateway {
  return {
    natGatewayId: required(gateway.NatGatewayId, 'NatGatewayId'),
    subnetId: gateway.SubnetId ?? '',
    isPublic: gateway.ConnectivityType !== 'private',
    state: gateway.State ?? '',
  };
}

/** AWS: the state is spelt in either case, and some kinds of endpoints lead to no service. */
function toEndpoint(endpoint: RawEndpoint): Endpoint {
  return {
    endpointId: required(endpoint.VpcEndpointId, 'VpcEndpointId'),
    vpcId: required(endpoint.VpcId, 'VpcId'),
    serviceName: endpoint.ServiceName ?? '',
    type: endpoint.VpcEndpointType ?? '',
    state: (endpoint.State ?? '').toLowerCase(),
    routeTableIds: endpoint.RouteTableIds ?? [],
  };
}

/** AWS: an attachment that is there is `available` for this kind of gateway alone. */
function toAttachedId({ InternetGatewayId, Attachments = [] }: RawGateway): readonly string[] {
  const states: readonly unknown[] = Attachments.map(({ State }) => State);
  const isAttached = states.includes('available') || states.includes('attached');
  return isAttached ? [required(InternetGatewayId, 'InternetGatewayId')] : [];
}

/** Without these nothing is proved of a network. */
function required<Value>(value: Value | undefined, field: string): Value {
  if (value === undefined) throw new Error(`the answer has no ${field}`);
  return value;
}
