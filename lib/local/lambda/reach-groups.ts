import { holdsRange } from '../ec2/ip-ranges.ts';
import type { RoutedNetwork, Subnet } from '../ec2/network.ts';
import { rulesOf, type SecurityGroupRule } from '../ec2/security-group-rules.ts';

/** Where a function is attached, and with what. */
export interface Attached {
  readonly subnet: Subnet;
  readonly groupIds: readonly string[];
  /** Whether it was attached with `Ipv6AllowedForDualStack`. */
  readonly sendsIpv6: boolean;
}

/** What traffic goes to. */
export interface Destination {
  readonly range: string;
  /** The TCP port; absent where any traffic will do. */
  readonly port?: number;
  /** Present where AWS keeps the addresses in a prefix list. */
  readonly prefixListId?: string;
  /** The network interface that is there, where one is known that listens. */
  readonly listener?: { readonly name: string; readonly groupIds: readonly string[] };
}

/** Says which groups stop traffic of a function; undefined where none do: all that some rule allows may pass. */
export function stoppedByGroups(
  network: RoutedNetwork,
  from: Attached,
  to: Destination,
): string | undefined {
  const what = to.port === undefined ? 'anything' : `tcp ${to.port}`;
  const isLetOut = rulesOfAll(network, from.groupIds, true).some(
    (rule) => covers(rule, to) && leadsTo(rule, to),
  );
  if (!isLetOut) {
    const target = to.prefixListId ?? wordsOf(to.range);
    return `no outbound rule of ${from.groupIds.join(', ')} allows ${what} to ${target}`;
  }
  if (to.listener === undefined) return undefined;
  const { name, groupIds } = to.listener;
  const source = sourceOf(network, from);
  const isLetIn = rulesOfAll(network, groupIds, false).some(
    (rule) => covers(rule, to) && comesFrom(rule, source, from.groupIds),
  );
  if (isLetIn) return undefined;
  return `no inbound rule of ${groupIds.join(', ')} of ${name} allows ${what} from ${wordsOf(source)}`;
}

function rulesOfAll(
  network: RoutedNetwork,
  groupIds: readonly string[],
  isEgress: boolean,
): readonly SecurityGroupRule[] {
  return groupIds
    .flatMap((groupId) => rulesOf(network, groupId))
    .filter((rule) => rule.isEgress === isEgress);
}

function covers({ protocol, fromPort, toPort }: SecurityGroupRule, { port }: Destination): boolean {
  if (protocol === '-1' || port === undefined) return true;
  return protocol === 'tcp' && fromPort <= port && port <= toPort;
}

function leadsTo({ peer: { kind, value } }: SecurityGroupRule, to: Destination): boolean {
  if (kind === 'prefixList') return value === to.prefixListId;
  if (kind === 'group') return to.listener?.groupIds.includes(value) === true;
  return holdsRange(value, to.range);
}

function comesFrom(
  { peer: { kind, value } }: SecurityGroupRule,
  source: string,
  groupIds: readonly string[],
): boolean {
  return kind === 'group' ? groupIds.includes(value) : holdsRange(value, source);
}

/** The address of the function's own interface in the subnet, else all addresses that it could have. */
function sourceOf({ networkInterfaces }: RoutedNetwork, { subnet, groupIds }: Attached): string {
  const groups = [...groupIds].sort().join();
  const own = [...networkInterfaces.values()].find(
    (held) =>
      held.interfaceType === 'lambda' &&
      held.subnetId === subnet.subnetId &&
      [...held.groupIds].sort().join() === groups,
  );
  return own === undefined ? subnet.cidrBlock : `${own.privateIp}/32`;
}

function wordsOf(range: string): string {
  return range.replace(/\/(32|128)$/, '');
}
