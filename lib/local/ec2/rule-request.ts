import type { IpPermission, UserIdGroupPair } from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import { parseCidr } from './cidr.ts';
import { ec2Fault, findById, missingParameter, notFound } from './ec2-faults.ts';
import { isPrefixList } from './endpoint-services.ts';
import { parseIpv6Cidr } from './ipv6-cidr.ts';
import type { RoutedNetwork, SecurityGroup } from './network.ts';
import { readProtocol } from './rule-protocols.ts';
import { isSameRule, type RuleBody, type RulePeer } from './security-group-rules.ts';

/** How requests on rules name permissions: as a list or, older, member by member. */
export interface PermissionRequest {
  readonly IpPermissions?: IpPermission[] | undefined;
  readonly IpProtocol?: string | undefined;
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
  readonly CidrIp?: string | undefined;
}

/** Whose rules a request is about. */
export interface RuleSubject {
  readonly core: AccountCore;
  readonly network: RoutedNetwork;
  readonly group: SecurityGroup;
  readonly isEgress: boolean;
}

interface DescribedPeer {
  readonly peer: RulePeer;
  readonly description: string | undefined;
}

/** Finds the group that a request on rules names. */
export function readGroup(
  { securityGroups }: RoutedNetwork,
  {
    GroupId,
    GroupName,
  }: { readonly GroupId?: string | undefined; readonly GroupName?: string | undefined },
): SecurityGroup {
  if (GroupId !== undefined) return findById(securityGroups, 'group', GroupId);
  if (GroupName === undefined) throw missingParameter('groupName or groupId');
  const message = `The security group '${GroupName}' does not exist in default VPC`;
  throw ec2Fault('InvalidGroup.NotFound', message);
}

/** Reads what a request wants to allow, one rule for each range, prefix list and group that it names. */
export function readRules(subject: RuleSubject, request: PermissionRequest): readonly RuleBody[] {
  const permissions = listPermissions(request);
  if (permissions.length === 0) throw missingParameter('ipPermissions');
  const { isEgress } = subject;
  const rules = permissions.flatMap((permission) => {
    const body = { isEgress, ...readProtocol(permission) };
    const peers = readPeers(subject, permission);
    if (peers.length === 0) {
      const message =
        'Missing source specification: include source security group or CIDR information';
      throw ec2Fault('MissingParameter', message);
    }
    return peers.map(({ peer, description }) =>
      description === undefined ? { ...body, peer } : { ...body, peer, description },
    );
  });
  refuseTwins(rules);
  return rules;
}

function listPermissions(request: PermissionRequest): readonly IpPermission[] {
  const { IpPermissions, IpProtocol, FromPort, ToPort, CidrIp } = request;
  if (IpPermissions !== undefined || IpProtocol === undefined) return IpPermissions ?? [];
  const IpRanges = CidrIp === undefined ? [] : [{ CidrIp }];
  return [{ IpProtocol, FromPort, ToPort, IpRanges }];
}

function readPeers(subject: RuleSubject, permission: IpPermission): readonly DescribedPeer[] {
  const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } = permission;
  return [
    ...IpRanges.map(({ CidrIp, Description: description }) => {
      const value = readRange(CidrIp, parseCidr);
      return { peer: { kind: 'ipv4', value }, description } as const;
    }),
    ...Ipv6Ranges.map(({ CidrIpv6, Description: description }) => {
      const value = readRange(CidrIpv6, parseIpv6Cidr);
      return { peer: { kind: 'ipv6', value }, description } as const;
    }),
    ...PrefixListIds.map(({ PrefixListId: value = '', Description: description }) => {
      if (!isPrefixList(value)) throw notFound('prefixList', [value]);
      return { peer: { kind: 'prefixList', value }, description } as const;
    }),
    ...UserIdGroupPairs.map((pair) => {
      const value = readReference(subject, pair);
      return { peer: { kind: 'group', value }, description: pair.Description } as const;
    }),
  ];
}

/** AWS: bits behind the prefix are cleared. */
function readRange(
  text = '',
  parse: (text: string) => { readonly text: string } | undefined,
): string {
  const range = parse(text);
  if (range !== undefined) return range.text;
  const code = text.includes('/') ? 'InvalidParameterValue' : 'InvalidPermission.Malformed';
  throw ec2Fault(code, `CIDR block ${text} is malformed`);
}

function readReference({ core, network, group }: RuleSubject, pair: UserIdGroupPair): string {
  const { GroupId, GroupName = '', UserId = core.accountId } = pair;
  if (GroupId === undefined) {
    const message = `Invalid value '${GroupName}' for groupName. You may not reference Amazon VPC security groups by name. Please use the corresponding id for this operation.`;
    throw ec2Fault('InvalidParameterValue', message);
  }
  if (UserId !== core.accountId) throw notFound('group', [GroupId]);
  const { vpcId } = findById(network.securityGroups, 'group', GroupId);
  if (vpcId === group.vpcId || isPeered(network, vpcId, group.vpcId)) return GroupId;
  const message = 'You have specified two resources that belong to different networks.';
  throw ec2Fault('InvalidGroup.NotFound', message);
}

function isPeered({ peerings }: RoutedNetwork, one: string, other: string): boolean {
  return [...peerings.values()].some(({ state, requester, accepter }) => {
    const ends = [requester.vpcId, accepter.vpcId];
    return state === 'active' && ends.includes(one) && ends.includes(other);
  });
}

function refuseTwins(rules: readonly RuleBody[]): void {
  const hasTwins = rules.some((rule, at) =>
    rules.slice(at + 1).some((other) => isSameRule(rule, other)),
  );
  if (!hasTwins) return;
  const message = 'The same permission must not appear multiple times';
  throw ec2Fault('InvalidParameterValue', message);
}
