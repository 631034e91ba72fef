import type {
  IpPermission,
  RevokedSecurityGroupRule,
  SecurityGroupRule as SecurityGroupRuleView,
  SecurityGroup as SecurityGroupView,
} from '@aws-sdk/client-ec2';
import type { FilterTable } from './filters.ts';
import type { RoutedNetwork, SecurityGroup } from './network.ts';
import { hasNumbers } from './rule-protocols.ts';
import { peeringOfReference } from './rule-references.ts';
import { type RuleBody, rulesOf, type SecurityGroupRule } from './security-group-rules.ts';
import { ec2Arn, type Place, toGroupView, toTags } from './views.ts';

/** How the ranges and prefix list of a rule are named. */
const PEER_MEMBERS = { ipv4: 'CidrIpv4', ipv6: 'CidrIpv6', prefixList: 'PrefixListId' } as const;

/** A rule as EC2 describes it. */
export function toRuleView(
  place: Place,
  network: RoutedNetwork,
  rule: SecurityGroupRule,
): SecurityGroupRuleView {
  const { kind, value } = rule.peer;
  const VpcId = network.securityGroups.get(value)?.vpcId;
  return {
    ...toCommonView(rule),
    GroupOwnerId: place.accountId,
    ...(kind === 'group'
      ? {
          ReferencedGroupInfo: {
            GroupId: value,
            UserId: place.accountId,
            VpcId,
            ...peeringOfReference(network, rule),
          },
        }
      : {}),
    SecurityGroupRuleArn: ec2Arn(place, 'security-group-rule', rule.ruleId),
    Tags: toTags(rule.tags ?? {}),
  };
}

/** A rule that was removed, as EC2 tells it. */
export function toRevokedView(rule: SecurityGroupRule): RevokedSecurityGroupRule {
  const { kind, value } = rule.peer;
  return { ...toCommonView(rule), ...(kind === 'group' ? { ReferencedGroupId: value } : {}) };
}

function toCommonView(rule: SecurityGroupRule) {
  const { peer, description } = rule;
  return {
    SecurityGroupRuleId: rule.ruleId,
    GroupId: rule.groupId,
    IsEgress: rule.isEgress,
    IpProtocol: rule.protocol,
    FromPort: rule.fromPort,
    ToPort: rule.toPort,
    ...(peer.kind === 'group' ? {} : { [PEER_MEMBERS[peer.kind]]: peer.value }),
    ...(description === undefined ? {} : { Description: description }),
  };
}

/** Rules as EC2 lists them with their group: one entry for each protocol and range of ports. */
export function toPermissions(
  { accountId }: Place,
  network: RoutedNetwork,
  rules: readonly SecurityGroupRule[],
): IpPermission[] {
  const byPorts = Map.groupBy(rules, ({ protocol, fromPort, toPort }) =>
    [protocol, fromPort, toPort].join(),
  );
  return [...byPorts.values()].map((same) => {
    const peersOf = (wanted: RuleBody['peer']['kind']) =>
      same
        .filter(({ peer: { kind } }) => kind === wanted)
        .map((rule) => ({
          rule,
          value: rule.peer.value,
          told: rule.description === undefined ? {} : { Description: rule.description },
        }));
    const [{ protocol = '-1', fromPort = -1, toPort = -1 } = {}] = same;
    return {
      IpProtocol: protocol,
      ...(hasNumbers(protocol) ? { FromPort: fromPort, ToPort: toPort } : {}),
      IpRanges: peersOf('ipv4').map(({ value, told }) => ({ CidrIp: value, ...told })),
      Ipv6Ranges: peersOf('ipv6').map(({ value, told }) => ({ CidrIpv6: value, ...told })),
      PrefixListIds: peersOf('prefixList').map(({ value, told }) => ({
        PrefixListId: value,
        ...told,
      })),
      UserIdGroupPairs: peersOf('group').map(({ rule, value, told }) => ({
        GroupId: value,
        UserId: accountId,
        ...peeringOfReference(network, rule),
        ...told,
      })),
    };
  });
}

/** A security group as EC2 describes it. */
export function toRuledGroupView(
  place: Place,
  network: RoutedNetwork,
  group: SecurityGroup,
): SecurityGroupView {
  const rules = rulesOf(network, group.groupId);
  return {
    ...toGroupView(place, group),
    IpPermissions: toPermissions(
      place,
      network,
      rules.filter(({ isEgress }) => !isEgress),
    ),
    IpPermissionsEgress: toPermissions(
      place,
      network,
      rules.filter(({ isEgress }) => isEgress),
    ),
  };
}

/** The filters of DescribeSecurityGroupRules. */
export const ruleFilters: FilterTable<SecurityGroupRule> = {
  'group-id': ({ groupId }) => [groupId],
  'security-group-rule-id': ({ ruleId }) => [ruleId],
};

/** The filters of DescribeSecurityGroups that look at rules. */
export function permissionFilters(
  { accountId }: Place,
  network: RoutedNetwork,
): FilterTable<SecurityGroup> {
  const look =
    (isEgress: boolean, read: (rule: SecurityGroupRule) => readonly string[]) =>
    ({ groupId }: SecurityGroup) =>
      rulesOf(network, groupId)
        .filter((rule) => rule.isEgress === isEgress)
        .flatMap(read);
  const peerOf =
    (wanted: RuleBody['peer']['kind']) =>
    ({ peer: { kind, value } }: SecurityGroupRule) =>
      kind === wanted ? [value] : [];
  const readers: Readonly<Record<string, (rule: SecurityGroupRule) => readonly string[]>> = {
    cidr: peerOf('ipv4'),
    'ipv6-cidr': peerOf('ipv6'),
    'prefix-list-id': peerOf('prefixList'),
    'group-id': peerOf('group'),
    'group-name': (rule) =>
      peerOf('group')(rule).flatMap((id) => network.securityGroups.get(id)?.groupName ?? []),
    'user-id': (rule) => peerOf('group')(rule).map(() => accountId),
    protocol: ({ protocol }) => [protocol],
    'from-port': ({ fromPort }) => [String(fromPort)],
    'to-port': ({ toPort }) => [String(toPort)],
  };
  return Object.fromEntries(
    Object.entries(readers).flatMap(([name, read]) => [
      [`ip-permission.${name}`, look(false, read)],
      [`egress.ip-permission.${name}`, look(true, read)],
    ]),
  );
}
