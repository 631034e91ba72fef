import { isEqual, type JsonObject } from '../json-value.ts';
import type { PropertyShape } from '../property-shape.ts';
import { objectsAt, only } from '../property-value.ts';
import type { ResourceWork } from '../resource-type.ts';

/** Which rules of a group are meant: what comes in, or what goes out. */
export type Direction = 'Ingress' | 'Egress';

/** What a rule names as its other end, by direction: a prefix list and a group. */
const PEERS: Readonly<Record<Direction, readonly [prefixList: string, group: string]>> = {
  Ingress: ['SourcePrefixListId', 'SourceSecurityGroupId'],
  Egress: ['DestinationPrefixListId', 'DestinationSecurityGroupId'],
};

const COMMON = ['CidrIp', 'CidrIpv6', 'Description', 'FromPort', 'IpProtocol', 'ToPort'];

/** The properties of a rule in a template. */
export function ruleShape(direction: Direction): PropertyShape {
  const names = [...COMMON, ...PEERS[direction]];
  if (direction === 'Ingress') names.push('SourceSecurityGroupOwnerId');
  return Object.fromEntries(names.map((name) => [name, true]));
}

/** A rule of a template as EC2's calls want it. */
export function toPermission(direction: Direction, rule: JsonObject): JsonObject {
  const [prefixList, group] = PEERS[direction];
  const told = only(rule, ['Description']);
  const peer = (list: string, member: string, name: string): JsonObject =>
    name in rule ? { [list]: [{ [member]: rule[name], ...told }] } : {};
  const owner = rule['SourceSecurityGroupOwnerId'];
  const userId = owner === undefined ? {} : { UserId: owner };
  return {
    ...only(rule, ['IpProtocol', 'FromPort', 'ToPort']),
    ...peer('IpRanges', 'CidrIp', 'CidrIp'),
    ...peer('Ipv6Ranges', 'CidrIpv6', 'CidrIpv6'),
    ...peer('PrefixListIds', 'PrefixListId', prefixList),
    ...(group in rule ? { UserIdGroupPairs: [{ GroupId: rule[group], ...userId, ...told }] } : {}),
  };
}

/** Gives a new group the rules of its template; with rules for what goes out, not all goes out any more. */
export async function applyFirstRules(
  work: ResourceWork,
  groupId: string,
  properties: JsonObject,
): Promise<void> {
  const out = rulesAt('Egress', properties);
  if (out.length > 0) await revokeAllOut(work, groupId);
  await authorize(work, 'Ingress', { groupId, rules: rulesAt('Ingress', properties) });
  await authorize(work, 'Egress', { groupId, rules: out });
}

/** Changes the rules of a group as its template changed; what goes out is not allowed again by itself. */
export async function applyChangedRules(
  work: ResourceWork,
  groupId: string,
  { now, before }: { readonly now: JsonObject; readonly before: JsonObject },
): Promise<void> {
  for (const direction of ['Ingress', 'Egress'] as const) {
    const [wanted, held] = [rulesAt(direction, now), rulesAt(direction, before)];
    const isFirst = direction === 'Egress' && held.length === 0 && wanted.length > 0;
    if (isFirst) await revokeAllOut(work, groupId);
    await revoke(work, direction, { groupId, rules: without(held, wanted) });
    await authorize(work, direction, { groupId, rules: without(wanted, held) });
  }
}

interface Rules {
  readonly groupId: string;
  readonly rules: readonly JsonObject[];
}

async function authorize(work: ResourceWork, direction: Direction, rules: Rules): Promise<void> {
  await send(work, `AuthorizeSecurityGroup${direction}`, { direction, ...rules });
}

async function revoke(work: ResourceWork, direction: Direction, rules: Rules): Promise<void> {
  await send(work, `RevokeSecurityGroup${direction}`, { direction, ...rules });
}

interface RulesAnswer {
  readonly SecurityGroupRules: readonly {
    readonly SecurityGroupRuleId: string;
    readonly IsEgress: boolean;
    readonly IpProtocol: string;
    readonly CidrIpv4?: string;
    readonly CidrIpv6?: string;
  }[];
}

/** Removes what AWS lets out of a group that is made without rules, in both families. */
async function revokeAllOut(work: ResourceWork, GroupId: string): Promise<void> {
  const Filters = [{ Name: 'group-id', Values: [GroupId] }];
  const { SecurityGroupRules } = await work.call<RulesAnswer>('ec2', 'DescribeSecurityGroupRules', {
    Filters,
  });
  const SecurityGroupRuleIds = SecurityGroupRules.filter(
    ({ IsEgress, IpProtocol, CidrIpv4, CidrIpv6 }) =>
      IsEgress && IpProtocol === '-1' && (CidrIpv4 === '0.0.0.0/0' || CidrIpv6 === '::/0'),
  ).map((rule) => rule.SecurityGroupRuleId);
  if (SecurityGroupRuleIds.length === 0) return;
  await work.call('ec2', 'RevokeSecurityGroupEgress', { GroupId, SecurityGroupRuleIds });
}

async function send(
  work: ResourceWork,
  operation: string,
  { direction, groupId: GroupId, rules }: Rules & { readonly direction: Direction },
): Promise<void> {
  if (rules.length === 0) return;
  const IpPermissions = rules.map((rule) => toPermission(direction, rule));
  await work.call('ec2', operation, { GroupId, IpPermissions });
}

function rulesAt(direction: Direction, properties: JsonObject): readonly JsonObject[] {
  return objectsAt(properties, `SecurityGroup${direction}`);
}

function without(
  rules: readonly JsonObject[],
  others: readonly JsonObject[],
): readonly JsonObject[] {
  return rules.filter((rule) => !others.some((other) => isEqual(rule, other)));
}
