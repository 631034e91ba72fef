import { toAttachment } from '../../functions/core/attachment.ts';
import type { Control } from '../../functions/core/controls/control.ts';
import type { Verdict } from '../../functions/core/finding.ts';
import type {
  Endpoint,
  ListedNetwork,
  NatGateway,
  Route,
  RouteTable,
  Subnet,
} from '../../functions/core/network.ts';
import { judgeCase } from './judge-case.ts';

const OWN_ACCOUNT = '123456789012';

/** One row of the case file of a control that judges by the network. */
export interface NetworkCase {
  readonly name: string;
  /** What differs from {@link sampleNetwork}. */
  readonly network?: object;
  /** What differs from a function in `subnet-a`. */
  readonly subject?: object;
  readonly parameters?: object;
}

/** What differs from {@link sampleNetwork}. */
interface NetworkChange {
  /** By table: all of its routes, as {@link parseRoute} reads them. */
  readonly routes?: Readonly<Record<string, readonly string[]>>;
  readonly natGateways?: readonly Partial<NatGateway>[];
  readonly endpoints?: readonly Partial<Endpoint>[];
  /** Ids of what is not there. */
  readonly without?: readonly string[];
}

/**
 * A VPC with two private subnets behind a NAT gateway, one that its main table rules, one public one, and
 * endpoints for S3 and STS; beside it a dedicated VPC and a subnet that another account shares.
 */
export function sampleNetwork(change: NetworkChange = {}): ListedNetwork {
  const { routes = {}, without = [] } = change;
  const isThere = (id: string): boolean => !without.includes(id);
  return {
    vpcs: [
      { vpcId: 'vpc-1', isDedicated: false },
      { vpcId: 'vpc-dedicated', isDedicated: true },
    ].filter(({ vpcId }) => isThere(vpcId)),
    subnets: [
      subnetOf('subnet-a', { isDualStack: true }),
      subnetOf('subnet-b', { isDualStack: true, zone: 'us-east-1b' }),
      subnetOf('subnet-main', { zone: 'us-east-1b' }),
      subnetOf('subnet-public'),
      subnetOf('subnet-dedicated', { vpcId: 'vpc-dedicated' }),
      subnetOf('subnet-shared', { vpcId: 'vpc-shared', ownerId: '210987654321' }),
    ].filter(({ subnetId }) => isThere(subnetId)),
    securityGroups: [
      { groupId: 'sg-1', groupName: 'orders', vpcId: 'vpc-1' },
      { groupId: 'sg-default', groupName: 'default', vpcId: 'vpc-1' },
    ],
    routeTables: [
      tableOf('rtb-main', [], routes['rtb-main'] ?? []),
      tableOf('rtb-private', ['subnet-a', 'subnet-b'], routes['rtb-private'] ?? [TO_NAT]),
      tableOf('rtb-public', ['subnet-public'], routes['rtb-public'] ?? [TO_INTERNET]),
    ].filter(({ routeTableId }) => isThere(routeTableId)),
    natGateways: [NAT, ...(change.natGateways ?? []).map((other) => ({ ...NAT, ...other }))].filter(
      ({ natGatewayId }) => isThere(natGatewayId),
    ),
    attachedInternetGatewayIds: ['igw-1'].filter(isThere),
    endpoints: [S3, STS, ...(change.endpoints ?? []).map((other) => ({ ...STS, ...other }))].filter(
      ({ endpointId }) => isThere(endpointId),
    ),
  };
}

/** Asks a control about one row of its case file. */
export function judgeNetworkCase(control: Control, row: NetworkCase): Verdict | undefined {
  const { attachment, ...subject } = { attachment: {}, ...row.subject };
  return judgeCase(control, {
    ...row,
    facts: { network: { value: sampleNetwork(row.network) } },
    subject: { ...subject, attachment: toAttachment({ ...IN_SUBNET_A, ...attachment }) },
  });
}

/** Reads a route as the case files write it: destination, kind, target, and `blackhole` where it is one. */
export function parseRoute(text: string): Route {
  const [destination = '', kind = '', targetId = '', state] = text.split(' ');
  return { destination, kind: kind as Route['kind'], targetId, isBlackhole: state === 'blackhole' };
}

const IN_SUBNET_A = {
  vpcId: 'vpc-1',
  subnetIds: ['subnet-a'],
  securityGroupIds: ['sg-1'],
  ipv6AllowedForDualStack: false,
};

const TO_NAT = '0.0.0.0/0 nat-gateway nat-1';
const TO_INTERNET = '0.0.0.0/0 internet-gateway igw-1';

const NAT: NatGateway = {
  natGatewayId: 'nat-1',
  subnetId: 'subnet-public',
  isPublic: true,
  state: 'available',
};

const S3: Endpoint = {
  endpointId: 'vpce-s3',
  vpcId: 'vpc-1',
  serviceName: 'com.amazonaws.us-east-1.s3',
  type: 'Gateway',
  state: 'available',
  routeTableIds: ['rtb-private'],
};

const STS: Endpoint = {
  endpointId: 'vpce-sts',
  vpcId: 'vpc-1',
  serviceName: 'com.amazonaws.us-east-1.sts',
  type: 'Interface',
  state: 'available',
  routeTableIds: [],
};

function subnetOf(subnetId: string, parts: Partial<Subnet> = {}): Subnet {
  return {
    subnetId,
    vpcId: 'vpc-1',
    ownerId: OWN_ACCOUNT,
    zone: 'us-east-1a',
    freeAddresses: 250,
    isDualStack: false,
    ...parts,
  };
}

function tableOf(
  routeTableId: string,
  subnetIds: readonly string[],
  routes: readonly string[],
): RouteTable {
  const all = ['10.0.0.0/16 local local', ...routes].map(parseRoute);
  const isMain = routeTableId === 'rtb-main';
  return { routeTableId, vpcId: 'vpc-1', isMain, subnetIds, routes: all };
}
