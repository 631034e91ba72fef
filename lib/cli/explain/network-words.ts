import { nameSome } from '../../../functions/core/name-some.ts';
import type { Route } from '../../../functions/core/network.ts';
import { type GroupRule, sayPeer, sayTraffic } from './group-rules.ts';
import type { LiveGroup, LiveNetwork, LiveRouteTable, LiveSubnet } from './live.ts';
import type { Row } from './record-words.ts';

const MOST_ROUTES = 8;
const MOST_RULES = 50;

const INTERNET: Readonly<Record<LiveRouteTable['internet'], string>> = {
  reached: 'the internet is reached',
  unseen: 'whether the internet is reached is not visible',
  unreached: 'the internet is not reached',
};

/** Says what is around a function: its subnets, where their route tables lead, and what its groups let through. */
export function networkRows(network: LiveNetwork): readonly Row[] {
  const { subnets, routeTables, securityGroups, endpoints } = network;
  const unseen = sayUnseen();
  return [
    ...subnets.map((subnet): Row => [subnet.subnetId, [saySubnet(subnet, unseen)]]),
    ...routeTables.map((table): Row => [table.routeTableId, sayTable(table)]),
    ...(endpoints.length === 0 ? [] : [['endpoints', endpoints.map(sayEndpoint)] as const]),
    ...securityGroups.map((group): Row => [group.groupId, sayGroup(group, unseen)]),
  ];
}

/** A reason is told once: one denial is often about all of them. */
function sayUnseen(): (reason: string) => string {
  const told = new Set<string>();
  return (reason) => {
    if (told.has(reason)) return 'not seen, for the same reason';
    told.add(reason);
    return `not seen: ${reason}`;
  };
}

function saySubnet(
  { zone, freeAddresses, isDualStack, routeTableId, unseen }: LiveSubnet,
  say: (reason: string) => string,
): string {
  const words = [
    zone,
    freeAddresses === undefined ? undefined : `${freeAddresses} free addresses`,
    isDualStack === true ? 'dual-stack' : undefined,
    routeTableId,
    unseen === undefined ? undefined : say(unseen),
  ];
  return words.filter((word) => word !== undefined).join(', ');
}

function sayTable({ isMain, defaultRoutes, internet, routes }: LiveRouteTable): readonly string[] {
  const main = isMain ? 'the main one of the VPC: ' : '';
  const chosen = new Set(defaultRoutes.map(({ destination }) => destination));
  const others = routes.filter(
    ({ destination, kind }) => !chosen.has(destination) && kind !== 'local',
  );
  return [
    `${main}${INTERNET[internet]}`,
    ...(defaultRoutes.length === 0 ? ['no default route'] : []),
    ...defaultRoutes.map(({ destination, leadsTo }) => `${destination} → ${leadsTo}`),
    ...(others.length === 0 ? [] : [`beside: ${nameSome(others.map(sayRoute), MOST_ROUTES)}`]),
  ];
}

function sayRoute({ destination, targetId, isBlackhole }: Route): string {
  return `${destination} → ${targetId}${isBlackhole ? ' (gone)' : ''}`;
}

function sayEndpoint({
  endpointId,
  serviceName,
  type,
  state,
}: LiveNetwork['endpoints'][number]): string {
  const condition = state === 'available' ? '' : `, ${state}`;
  return `${serviceName} (${type} ${endpointId}${condition})`;
}

function sayGroup(
  { groupName, inbound, outbound, unseen }: LiveGroup,
  say: (reason: string) => string,
): readonly string[] {
  if (unseen !== undefined) return [say(unseen)];
  return [
    ...(groupName === undefined ? [] : [groupName]),
    ...sayRules('in', 'from', inbound ?? []),
    ...sayRules('out', 'to', outbound ?? []),
  ];
}

function sayRules(
  direction: 'in' | 'out',
  preposition: string,
  rules: readonly GroupRule[],
): readonly string[] {
  const label = direction.padEnd('out'.length + 2);
  if (rules.length === 0) return [`${label}nothing`];
  const more = rules.length - MOST_RULES;
  return [
    ...rules.slice(0, MOST_RULES).map((rule) => {
      const peers = nameSome(rule.peers.map(sayPeer), MOST_RULES);
      return `${label}${sayTraffic(rule)} ${preposition} ${peers}`;
    }),
    ...(more > 0 ? [`${label}and ${more} more: --format json has them all`] : []),
  ];
}
