import type { RouteTargetKind } from './network.ts';

const KINDS: ReadonlyMap<string | undefined, RouteTargetKind> = new Map<string, RouteTargetKind>([
  ['local', 'local'],
  ['igw', 'internet-gateway'],
  ['eigw', 'egress-only-gateway'],
  ['nat', 'nat-gateway'],
  ['tgw', 'transit-gateway'],
  ['pcx', 'peering'],
  ['i', 'instance'],
  ['eni', 'interface'],
  ['vpce', 'endpoint'],
]);

/** What a route leads to, by what the id of its target begins with. */
export function kindOfTarget(targetId: string): RouteTargetKind {
  return KINDS.get(targetId.split('-')[0]) ?? 'other';
}
