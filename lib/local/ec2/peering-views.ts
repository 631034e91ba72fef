import type { VpcPeeringConnection, VpcPeeringConnectionVpcInfo } from '@aws-sdk/client-ec2';
import { overlaps, parseCidr } from './cidr.ts';
import { type FilterTable, tagsOf } from './filters.ts';
import type { Peering, PeeringEnd } from './network.ts';
import { toTags } from './views.ts';

/** Why a connection fails as soon as it is asked for; undefined where it does not. */
export function failureOfPeering(
  { cidrBlock: own = '' }: PeeringEnd,
  { cidrBlock: other = '' }: PeeringEnd,
  isLocal: boolean,
): string | undefined {
  if (isLocal && other === '') return 'Incorrect configuration parameters specified';
  const [one, two] = [parseCidr(own), parseCidr(other)];
  const isClash = one !== undefined && two !== undefined && overlaps(one, two);
  return isClash ? 'VPC CIDR blocks overlap' : undefined;
}

/** A peering connection as EC2 describes it. */
export function toPeeringView(peering: Peering): VpcPeeringConnection {
  const { peeringId, requester, accepter, state, message, expiresMs } = peering;
  return {
    VpcPeeringConnectionId: peeringId,
    RequesterVpcInfo: toEndView(requester, true),
    AccepterVpcInfo: toEndView(accepter, state === 'active'),
    Status: { Code: state, Message: message },
    ...(state === 'pending-acceptance' ? { ExpirationTime: new Date(expiresMs) } : {}),
    Tags: toTags(tagsOf(peering)),
  };
}

/** AWS: the address ranges and options of the accepter are told when the connection is active. */
function toEndView(
  { vpcId, ownerId, region, cidrBlock, ipv6CidrBlock }: PeeringEnd,
  isTold: boolean,
): VpcPeeringConnectionVpcInfo {
  return {
    VpcId: vpcId,
    OwnerId: ownerId,
    Region: region,
    ...(isTold && cidrBlock !== undefined
      ? { CidrBlock: cidrBlock, CidrBlockSet: [{ CidrBlock: cidrBlock }] }
      : {}),
    ...(isTold && ipv6CidrBlock !== undefined
      ? { Ipv6CidrBlockSet: [{ Ipv6CidrBlock: ipv6CidrBlock }] }
      : {}),
    ...(isTold ? { PeeringOptions: PEERING_OPTIONS } : {}),
  };
}

/** Nobody can change them here. */
const PEERING_OPTIONS = {
  AllowDnsResolutionFromRemoteVpc: false,
  AllowEgressFromLocalClassicLinkToRemoteVpc: false,
  AllowEgressFromLocalVpcToRemoteClassicLink: false,
};

/** The filters of DescribeVpcPeeringConnections. */
export const peeringFilters: FilterTable<Peering> = {
  'vpc-peering-connection-id': ({ peeringId }) => [peeringId],
  'expiration-time': ({ state, expiresMs }) =>
    state === 'pending-acceptance' ? [new Date(expiresMs).toISOString()] : [],
  'status-code': ({ state }) => [state],
  'status-message': ({ message }) => [message],
  'requester-vpc-info.vpc-id': ({ requester }) => [requester.vpcId],
  'requester-vpc-info.owner-id': ({ requester }) => [requester.ownerId],
  'requester-vpc-info.cidr-block': ({ requester }) => rangeOf(requester),
  'accepter-vpc-info.vpc-id': ({ accepter }) => [accepter.vpcId],
  'accepter-vpc-info.owner-id': ({ accepter }) => [accepter.ownerId],
  'accepter-vpc-info.cidr-block': ({ accepter }) => rangeOf(accepter),
};

function rangeOf({ cidrBlock }: PeeringEnd): readonly string[] {
  return cidrBlock === undefined ? [] : [cidrBlock];
}
