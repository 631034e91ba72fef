import { newId } from './define-change.ts';
import type { RoutedNetwork, SecurityGroup, Tags, Vpc } from './network.ts';

/** Whom a rule lets in, or where it lets traffic go. */
export interface RulePeer {
  readonly kind: 'ipv4' | 'ipv6' | 'prefixList' | 'group';
  /** A range, or the id of a prefix list or group. */
  readonly value: string;
}

/** What a rule allows. */
export interface RuleBody {
  readonly isEgress: boolean;
  /** `tcp`, `udp`, `icmp`, `icmpv6`, another protocol's number, or `-1` for all. */
  readonly protocol: string;
  /** The first port or the type of ICMP; -1 where the protocol has none, or all are meant. */
  readonly fromPort: number;
  /** The last port or the code of ICMP. */
  readonly toPort: number;
  readonly peer: RulePeer;
  readonly description?: string;
}

/** A rule of a security group. */
export interface SecurityGroupRule extends RuleBody {
  readonly ruleId: string;
  readonly groupId: string;
  readonly tags?: Tags;
}

/** The rules of a group, the oldest first. */
export function rulesOf(
  { securityGroupRules }: Pick<RoutedNetwork, 'securityGroupRules'>,
  groupId: string,
): readonly SecurityGroupRule[] {
  return [...securityGroupRules.values()].filter((rule) => rule.groupId === groupId);
}

/** Tells whether two rules allow the same: descriptions do not count. */
export function isSameRule(one: RuleBody, other: RuleBody): boolean {
  return keyOf(one) === keyOf(other);
}

function keyOf({ isEgress, protocol, fromPort, toPort, peer }: RuleBody): string {
  return [isEgress, protocol, fromPort, toPort, peer.kind, peer.value].join();
}

/** Adds a group with the rules that AWS gives it: all may go out, and to default groups comes what they send. */
export function addGroup(network: RoutedNetwork, group: SecurityGroup, vpc: Vpc): void {
  network.securityGroups.set(group.groupId, group);
  addRules(network, group.groupId, firstRules(group, vpc));
}

/** The rules that a group has from the start. */
export function firstRules(
  { groupId, groupName }: SecurityGroup,
  { ipv6CidrBlock }: Pick<Vpc, 'ipv6CidrBlock'>,
): readonly RuleBody[] {
  const all = { protocol: '-1', fromPort: -1, toPort: -1 };
  const itself = { ...all, isEgress: false, peer: { kind: 'group', value: groupId } } as const;
  const out = { ...all, isEgress: true };
  return [
    ...(groupName === 'default' ? [itself] : []),
    { ...out, peer: { kind: 'ipv4', value: '0.0.0.0/0' } },
    ...(ipv6CidrBlock === undefined
      ? []
      : [{ ...out, peer: { kind: 'ipv6', value: '::/0' } } as const]),
  ];
}

/** Adds rules to a group. */
export function addRules(
  { securityGroupRules }: RoutedNetwork,
  groupId: string,
  bodies: readonly (RuleBody & Pick<SecurityGroupRule, 'tags'>)[],
): readonly SecurityGroupRule[] {
  const added = bodies.map((body) => ({ ...body, ruleId: newId('sgr'), groupId }));
  for (const rule of added) securityGroupRules.set(rule.ruleId, rule);
  return added;
}

/** Removes a group with its rules. */
export function removeGroup(network: RoutedNetwork, groupId: string): void {
  for (const { ruleId } of rulesOf(network, groupId)) network.securityGroupRules.delete(ruleId);
  network.securityGroups.delete(groupId);
}

/** Tells whether a rule of another group refers to a group. */
export function isReferredTo({ securityGroupRules }: RoutedNetwork, id: string): boolean {
  return [...securityGroupRules.values()].some(
    ({ groupId, peer }) => groupId !== id && peer.kind === 'group' && peer.value === id,
  );
}
