import {
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
  type EC2ClientConfig,
} from '@aws-sdk/client-ec2';
import { kindOfId } from '../core/network-ids.ts';
import { observationFailed } from './aws-errors.ts';

/** The VPCs that answers name. */
type VpcIds = readonly (string | undefined)[];

type Lookup = (client: EC2Client, ids: readonly string[]) => Promise<VpcIds>;

/** Finds the VPCs of resources of one kind; undefined where they do not lead to all of them. */
export type FindVpcs = (ids: readonly string[]) => Promise<readonly string[] | undefined>;

/** Builds the port that finds the VPCs of resources of one kind. */
export function createFindVpcs(settings: EC2ClientConfig): FindVpcs {
  const client = new EC2Client(settings);
  return async (ids) => {
    const [first = ''] = ids;
    const kind = kindOfId(first);
    if (kind === 'vpc') return ids;
    const look = LOOKUPS.get(kind);
    if (look === undefined) return;
    try {
      const found = await look(client, ids);
      const vpcIds = found.filter((vpcId) => vpcId !== undefined);
      return vpcIds.length < ids.length ? undefined : [...new Set(vpcIds)].sort();
    } catch (error) {
      throw observationFailed(error, `could not find the VPC of \`${first}\``);
    }
  };
}

// AWS: asked by filter and not by id, one that is missing is an absence and not an error.
const LOOKUPS: ReadonlyMap<string | undefined, Lookup> = new Map<string, Lookup>([
  [
    'rtb',
    async (client, ids) => {
      const command = new DescribeRouteTablesCommand(by('route-table-id', ids));
      const { RouteTables = [] } = await client.send(command);
      return RouteTables.map(({ VpcId }) => VpcId);
    },
  ],
  [
    'subnet',
    async (client, ids) => {
      const { Subnets = [] } = await client.send(new DescribeSubnetsCommand(by('subnet-id', ids)));
      return Subnets.map(({ VpcId }) => VpcId);
    },
  ],
  [
    'nat',
    async (client, ids) => {
      const { Filters } = by('nat-gateway-id', ids);
      const command = new DescribeNatGatewaysCommand({ Filter: Filters });
      const { NatGateways = [] } = await client.send(command);
      return NatGateways.map(({ VpcId }) => VpcId);
    },
  ],
  [
    'vpce',
    async (client, ids) => {
      const command = new DescribeVpcEndpointsCommand(by('vpc-endpoint-id', ids));
      const { VpcEndpoints = [] } = await client.send(command);
      return VpcEndpoints.map(({ VpcId }) => VpcId);
    },
  ],
  [
    'igw',
    async (client, ids) => {
      const command = new DescribeInternetGatewaysCommand(by('internet-gateway-id', ids));
      const { InternetGateways = [] } = await client.send(command);
      return InternetGateways.map(({ Attachments: [attachment] = [] }) => attachment?.VpcId);
    },
  ],
]);

function by(name: string, ids: readonly string[]) {
  return { Filters: [{ Name: name, Values: [...ids] }] };
}
