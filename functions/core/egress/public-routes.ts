import type { Route, RouteTable } from '../network.ts';
import { type AddressFamily, parseBlock } from './address-block.ts';
import { type BlockEntry, type BlockNode, nestBlocks } from './block-tree.ts';
import { isInternetWide, NOT_PUBLIC, overlapsPublic } from './public-addresses.ts';

/** Where a route table sends the public addresses of one family; routes that never win are left out. */
export interface FamilyRoutes {
  /** The default route, or the routes that take its place. */
  readonly internet: readonly Route[];
  /** Routes to single networks beside them. */
  readonly networks: readonly Route[];
  /** Some route is there for every public address. */
  readonly isComplete: boolean;
}

/** Where a route table sends public addresses. */
export interface PublicRoutes extends Readonly<Record<AddressFamily, FamilyRoutes>> {
  /** Routes of prefix lists: nobody can see which addresses they are about. */
  readonly unseen: readonly Route[];
}

type RouteEntry = BlockEntry<readonly Route[]>;
type RouteNode = BlockNode<readonly Route[]>;

/** The facts are read for many functions at a time: each table is worked out once. */
const known = new WeakMap<RouteTable, PublicRoutes>();

/**
 * Finds the routes that decide where public addresses go.
 *
 * The longest prefix wins, so `0.0.0.0/1` and `128.0.0.0/1` together replace a default route.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
 */
export function findPublicRoutes(table: RouteTable): PublicRoutes {
  const found = known.get(table) ?? sortOut(table.routes);
  known.set(table, found);
  return found;
}

/** Every route that decides, of the families that a function sends. */
export function routesOf({ ipv4, ipv6 }: PublicRoutes, hasIpv6: boolean): readonly Route[] {
  const families = hasIpv6 ? [ipv4, ipv6] : [ipv4];
  return families.flatMap(({ internet, networks }) => [...internet, ...networks]);
}

function sortOut(routes: readonly Route[]): PublicRoutes {
  const unseen: Route[] = [];
  const entries: RouteEntry[] = [];
  const byDestination = Map.groupBy(routes.toSorted(byText), ({ destination }) => destination);
  for (const [destination, content] of byDestination) {
    const block = parseBlock(destination);
    if (block === undefined) unseen.push(...content);
    else if (overlapsPublic(block)) entries.push({ block, content });
  }
  return { ipv4: toRoutes('ipv4', entries), ipv6: toRoutes('ipv6', entries), unseen };
}

function toRoutes(family: AddressFamily, entries: readonly RouteEntry[]): FamilyRoutes {
  const unrouted = NOT_PUBLIC.map((block) => ({ block, content: [] }));
  const [all, ...nodes] = nestBlocks<readonly Route[]>(
    { block: { family, first: 0n, prefixLength: 0 }, content: [] },
    [...unrouted, ...entries].filter(({ block }) => block.family === family),
  );
  const winning = nodes.filter(isWinning);
  const toContent = (chosen: readonly RouteNode[]) => chosen.flatMap(({ content }) => content);
  return {
    internet: toContent(winning.filter(isOfInternet)),
    networks: toContent(winning.filter((node) => !isOfInternet(node))),
    isComplete: all.left === 0n,
  };
}

/** Tells whether some address is not taken by a longer prefix. */
function isWinning({ content, left }: RouteNode): boolean {
  return content.length > 0 && left > 0n;
}

/** A block within another route's is a single network, unless nobody holds one so large. */
function isOfInternet(node: RouteNode): boolean {
  return isInternetWide(node.block) || !isWithinRoute(node);
}

function isWithinRoute({ parent }: RouteNode): boolean {
  return parent !== undefined && (isWinning(parent) || isWithinRoute(parent));
}

function byText(left: Route, right: Route): number {
  return toText(left) < toText(right) ? -1 : 1;
}

function toText({ destination, targetId, kind, isBlackhole }: Route): string {
  return [destination, targetId, kind, isBlackhole].join(' ');
}
