import { FULL_ACCESS } from './create-endpoint.ts';
import type {
  Address,
  Endpoint,
  InternetGateway,
  NatGateway,
  Network,
  Route,
  RoutedNetwork,
  RouteTable,
} from './network.ts';
import { toEndpointRoute } from './route-targets.ts';

const APPROVED = 'vpc-0a1b2c3d4e5f60001';
const FORBIDDEN = 'vpc-0f0e0d0c0b0a00002';
const DEDICATED = 'vpc-0dedd1ca7ed000003';
const PRIVATE_TABLE = 'rtb-0a1b2c3d4e5f6e002';
const CREATED_MS = Date.UTC(2026, 0, 1);

const GATEWAY: InternetGateway = {
  gatewayId: 'igw-0a1b2c3d4e5f6c002',
  vpcId: APPROVED,
  name: 'internet',
};

const ADDRESS: Address = {
  allocationId: 'eipalloc-0a1b2c3d4e5f6c003',
  publicIp: '203.0.113.1',
  natGatewayId: 'nat-0a1b2c3d4e5f6c001',
  name: 'nat',
};

const NAT: NatGateway = {
  natGatewayId: 'nat-0a1b2c3d4e5f6c001',
  vpcId: APPROVED,
  subnetId: 'subnet-0a1b2c3d4e5f6a001',
  connectivityType: 'public',
  allocationId: ADDRESS.allocationId,
  state: 'available',
  networkInterfaceId: 'eni-0a1b2c3d4e5f6c004',
  privateIp: '172.31.0.4',
  createdMs: CREATED_MS,
  name: 'nat',
};

/** The approved VPC leads out, one NAT gateway for both zones; the others lead nowhere. */
export function seedRouting(
  region: string,
): Omit<RoutedNetwork, keyof Network | 'securityGroupRules'> {
  const endpoints = [
    toGatewayEndpoint('vpce-0a1b2c3d4e5f6c005', `com.amazonaws.${region}.s3`),
    toGatewayEndpoint('vpce-0a1b2c3d4e5f6c006', `com.amazonaws.${region}.dynamodb`),
  ];
  const tables = toTables(endpoints);
  return {
    routeTables: new Map(tables.map((table) => [table.routeTableId, table])),
    internetGateways: new Map([[GATEWAY.gatewayId, GATEWAY]]),
    egressOnlyGateways: new Map(),
    addresses: new Map([[ADDRESS.allocationId, ADDRESS]]),
    natGateways: new Map([[NAT.natGatewayId, NAT]]),
    endpoints: new Map(endpoints.map((endpoint) => [endpoint.endpointId, endpoint])),
    peerings: new Map(),
    transitGateways: new Map(),
    transitAttachments: new Map(),
  };
}

function toTables(endpoints: readonly Endpoint[]): readonly RouteTable[] {
  const toApproved = (routeTableId: string, name: string, subnetIds: readonly string[]) => ({
    ...toTable(routeTableId, APPROVED, '172.31.0.0/16'),
    name,
    associations: subnetIds.map((subnetId) => ({ associationId: toId(subnetId), subnetId })),
  });
  const privateSubnets = ['subnet-071f712345678e7c8', 'subnet-07fd123456788a036'];
  return [
    toTable('rtb-0a1b2c3d4e5f6e001', APPROVED, '172.31.0.0/16'),
    lead(
      toApproved(PRIVATE_TABLE, 'private', privateSubnets),
      toDefaultRoute(NAT.natGatewayId),
      ...endpoints.map(({ endpointId, serviceName }) => toEndpointRoute(endpointId, serviceName)),
    ),
    lead(
      toApproved('rtb-0a1b2c3d4e5f6e003', 'public', ['subnet-0a1b2c3d4e5f6a001']),
      toDefaultRoute(GATEWAY.gatewayId),
    ),
    toTable('rtb-0f0e0d0c0b0a0e001', FORBIDDEN, '10.99.0.0/16'),
    toTable('rtb-0dedd1ca7ed00e001', DEDICATED, '10.77.0.0/16'),
  ];
}

/** The main table of a VPC, from which traffic stays inside. */
function toTable(routeTableId: string, vpcId: string, cidrBlock: string): RouteTable {
  return {
    routeTableId,
    vpcId,
    name: 'main',
    associations: [{ associationId: toId(routeTableId) }],
    routes: [{ destination: cidrBlock, target: 'local', origin: 'CreateRouteTable' }],
  };
}

function lead(table: RouteTable, ...routes: readonly Route[]): RouteTable {
  return { ...table, routes: [...table.routes, ...routes] };
}

function toDefaultRoute(target: string): Route {
  return { destination: '0.0.0.0/0', target, origin: 'CreateRoute' };
}

function toId(id: string): string {
  return `rtbassoc-${id.slice(id.indexOf('-') + 1)}`;
}

function toGatewayEndpoint(endpointId: string, serviceName: string): Endpoint {
  return {
    endpointId,
    vpcId: APPROVED,
    type: 'Gateway',
    serviceName,
    state: 'available',
    policyDocument: FULL_ACCESS,
    routeTableIds: [PRIVATE_TABLE],
    interfaces: {},
    groupIds: [],
    hasPrivateDns: false,
    createdMs: CREATED_MS,
    name: serviceName.endsWith('s3') ? 's3' : 'dynamodb',
  };
}
