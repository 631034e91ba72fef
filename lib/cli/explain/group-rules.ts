import type { IpPermission, UserIdGroupPair } from '@aws-sdk/client-ec2';

/** Whom a rule lets in, or where it lets traffic go. */
export interface RulePeer {
  readonly kind: 'ipv4' | 'ipv6' | 'prefix-list' | 'group';
  /** A block of addresses, or the id of a prefix list or group. */
  readonly id: string;
  /** Of a group in another account: whose it is. */
  readonly account?: string;
  /** Of a group at the other end of a peering connection. */
  readonly peeringId?: string;
  readonly peeringStatus?: string;
  readonly description?: string;
}

/** What a rule of a security group allows. */
export interface GroupRule {
  /** `all`, a name such as `tcp`, or the number of another protocol. */
  readonly protocol: string;
  /** The first port, or the type of ICMP; absent where all are meant. */
  readonly from?: number;
  /** The last port, or the code of ICMP; absent where all are meant. */
  readonly to?: number;
  readonly peers: readonly RulePeer[];
}

/** Protocols by the number that stands for them. */
const NAMES: Readonly<Record<string, string>> = {
  '-1': 'all',
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
};
const LAST_PORT = 65_535;
const ANY = -1;

/**
 * Reads the permissions of a security group, each with everybody whom it is about.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 */
export function toGroupRules(
  permissions: readonly IpPermission[],
  account: string,
): readonly GroupRule[] {
  return permissions.map((permission) => {
    const { IpProtocol = '-1' } = permission;
    const protocol = NAMES[IpProtocol] ?? IpProtocol;
    return { protocol, ...numbersOf(protocol, permission), peers: peersOf(permission, account) };
  });
}

/** Says what a rule allows, for people: who follows. */
export function sayTraffic({ protocol, from, to }: GroupRule): string {
  if (protocol === 'all') return 'all traffic';
  const name = /^\d+$/.test(protocol) ? `protocol ${protocol}` : protocol;
  if (from === undefined) return hasPorts(protocol) ? `${name}, all ports` : name;
  if (isIcmp(protocol)) return `${name} type ${from}${to === undefined ? '' : ` code ${to}`}`;
  return to === undefined || to === from ? `${name} ${from}` : `${name} ${from}-${to}`;
}

/** Says whom a rule is about, for people. */
export function sayPeer({ id, account, peeringId, peeringStatus }: RulePeer): string {
  const where = [
    ...(account === undefined ? [] : [`of account ${account}`]),
    ...(peeringId === undefined ? [] : [`by ${peeringId}`]),
    // AWS: a rule stays when the peering connection that it needs is gone.
    ...(peeringStatus === undefined || peeringStatus === 'active' ? [] : [peeringStatus]),
  ];
  return where.length === 0 ? id : `${id} (${where.join(', ')})`;
}

/** AWS: protocols without ports allow all of it, and for ICMP -1 means every type or code. */
function numbersOf(
  protocol: string,
  { FromPort, ToPort }: IpPermission,
): Pick<GroupRule, 'from' | 'to'> {
  if (hasPorts(protocol)) return portsOf(FromPort, ToPort);
  if (!isIcmp(protocol) || FromPort === undefined || FromPort === ANY) return {};
  return { from: FromPort, ...(ToPort === undefined || ToPort === ANY ? {} : { to: ToPort }) };
}

function portsOf(from: number | undefined, to: number | undefined): Pick<GroupRule, 'from' | 'to'> {
  if (from === undefined || from === ANY || (from === 0 && to === LAST_PORT)) return {};
  return { from, ...(to === undefined ? {} : { to }) };
}

function hasPorts(protocol: string): boolean {
  return protocol === 'tcp' || protocol === 'udp';
}

function isIcmp(protocol: string): boolean {
  return protocol.startsWith('icmp');
}

function peersOf(permission: IpPermission, own: string): readonly RulePeer[] {
  const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } = permission;
  return [
    ...IpRanges.map(({ CidrIp, Description }) => peer('ipv4', CidrIp, Description)),
    ...Ipv6Ranges.map(({ CidrIpv6, Description }) => peer('ipv6', CidrIpv6, Description)),
    ...PrefixListIds.map(({ PrefixListId, Description }) =>
      peer('prefix-list', PrefixListId, Description),
    ),
    ...UserIdGroupPairs.map((pair) => toGroupPeer(pair, own)),
  ];
}

function toGroupPeer(pair: UserIdGroupPair, own: string): RulePeer {
  const { GroupId, GroupName, UserId, VpcPeeringConnectionId, PeeringStatus, Description } = pair;
  return {
    ...peer('group', GroupId ?? GroupName, Description),
    ...(UserId === undefined || UserId === own ? {} : { account: UserId }),
    ...(VpcPeeringConnectionId === undefined ? {} : { peeringId: VpcPeeringConnectionId }),
    ...(PeeringStatus === undefined ? {} : { peeringStatus: PeeringStatus }),
  };
}

function peer(
  kind: RulePeer['kind'],
  id: string | undefined,
  description: string | undefined,
): RulePeer {
  return { kind, id: id ?? '?', ...(description === undefined ? {} : { description }) };
}
