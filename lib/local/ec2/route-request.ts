import type { CreateRouteRequest, ReplaceRouteRequest } from '@aws-sdk/client-ec2';
import { parseCidr } from './cidr.ts';
import { ec2Fault, invalidValue, missingParameter, notFound } from './ec2-faults.ts';
import { isPrefixList } from './endpoint-services.ts';
import { parseIpv6Cidr } from './ipv6-cidr.ts';
import type { RoutedNetwork, RouteTable } from './network.ts';
import { TARGET_MEMBERS, type TargetMember, targetKindOf } from './route-targets.ts';

type Destination = Pick<
  CreateRouteRequest,
  'DestinationCidrBlock' | 'DestinationIpv6CidrBlock' | 'DestinationPrefixListId'
>;

const NOT_HERE = [
  'VpcEndpointId',
  'LocalGatewayId',
  'CarrierGatewayId',
  'CoreNetworkArn',
  'OdbNetworkArn',
] as const;

/** Reads a route's destination in canonical form: AWS clears the bits behind the prefix. */
export function readDestination(input: Destination): string {
  const given = [
    input.DestinationCidrBlock,
    input.DestinationIpv6CidrBlock,
    input.DestinationPrefixListId,
  ].filter((text) => text !== undefined);
  if (given.length === 0) {
    throw missingParameter('destinationCidrBlock or destinationIpv6CidrBlock');
  }
  if (given.length > 1) {
    const message = 'The request must contain exactly one destination';
    throw ec2Fault('InvalidParameterCombination', message);
  }
  return readRange(input);
}

function readRange(input: Destination): string {
  const { DestinationCidrBlock: ipv4, DestinationIpv6CidrBlock: ipv6 } = input;
  const why = 'This is not a valid CIDR block.';
  if (ipv4 !== undefined) {
    const range = parseCidr(ipv4);
    if (range === undefined) throw invalidValue('destinationCidrBlock', ipv4, why);
    return range.text;
  }
  if (ipv6 !== undefined) {
    const range = parseIpv6Cidr(ipv6);
    if (range === undefined) throw invalidValue('destinationIpv6CidrBlock', ipv6, why);
    return range.text;
  }
  const { DestinationPrefixListId: list = '' } = input;
  if (!isPrefixList(list)) throw notFound('prefixList', [list]);
  return list;
}

/** Reads where a route leads to, which has to be reachable from the table's VPC. */
export function readTarget(
  network: RoutedNetwork,
  table: RouteTable,
  input: CreateRouteRequest | ReplaceRouteRequest,
): string {
  if (NOT_HERE.some((name) => input[name] !== undefined)) {
    const message = 'The functionality you requested is not available in this region.';
    throw ec2Fault('UnsupportedOperation', message);
  }
  const members = Object.keys(TARGET_MEMBERS) as TargetMember[];
  const [first, second] = members.filter((member) => input[member] !== undefined);
  if (first === undefined) throw missingParameter(members.map(toLowerCamel).join(', '));
  if (second !== undefined) {
    const message = 'The request must contain exactly one target';
    throw ec2Fault('InvalidParameterCombination', message);
  }
  return checkTarget(network, table, { member: first, id: input[first] ?? '' });
}

/** AWS: a peering connection that nobody has accepted yet may be a target; its route is a black hole. */
function checkTarget(
  network: RoutedNetwork,
  { routeTableId, vpcId }: RouteTable,
  { member, id }: { readonly member: TargetMember; readonly id: string },
): string {
  const kind = targetKindOf(id);
  const isTarget = kind?.member === member && kind.isPlanted === undefined;
  const reached = isTarget ? kind.reach(network, vpcId, id) : 'missing';
  if (reached === 'missing') throw notFound(TARGET_MEMBERS[member], [id]);
  if (reached === 'elsewhere') {
    throw ec2Fault(
      'InvalidParameterValue',
      `route table ${routeTableId} and ${kind?.words} ${id} belong to different networks`,
    );
  }
  return id;
}

function toLowerCamel(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
