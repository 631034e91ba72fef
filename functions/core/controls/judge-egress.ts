import { findPublicRoutes, routesOf } from '../egress/public-routes.ts';
import { type Egress, type Fulfilment, findEgress, type Origin } from '../egress/route-egress.ts';
import type { Route } from '../network.ts';
import type { Doubt } from './judge-each.ts';
import { describeLack, describeRoute } from './judge-routes.ts';

/** One route, and how it fulfils a wish. */
interface Leg {
  readonly route: Route;
  readonly egress: Egress;
  readonly fulfilment: Fulfilment;
}

/** Says what keeps a NAT gateway from being the way to the internet, and the only one. */
export function judgeNat(origin: Origin): Doubt | undefined {
  const { table, hasIpv6 } = origin;
  const { ipv4, ipv6 } = findPublicRoutes(table);
  const wanted = 'the policy wants a NAT gateway that works';
  if (!ipv4.isComplete) {
    return { status: 'violation', reason: `${describeLack(table)}; ${wanted}` };
  }
  // AWS: the addresses of a VPC's own IPv6 block are public ones, and stay in it all the same.
  const outward = hasIpv6 ? ipv6.internet.filter(({ kind }) => kind !== 'local') : [];
  const legs = [...ipv4.internet, ...outward].map((route): Leg => {
    const egress = findEgress(origin, route);
    return { route, egress, fulfilment: egress.asNat };
  });
  return findWorst(origin, legs, wanted);
}

/** Says what leads out. */
export function judgeNone(origin: Origin): Doubt | undefined {
  const { table, hasIpv6 } = origin;
  const routes = findPublicRoutes(table);
  const seen = routesOf(routes, hasIpv6).map((route): Leg => {
    const egress = findEgress(origin, route);
    return { route, egress, fulfilment: egress.asNone };
  });
  const unseen = routes.unseen.map((route): Leg => {
    const egress = findEgress(origin, route);
    const fulfilment = egress.asNone === 'violation' ? 'unknown' : egress.asNone;
    return { route, egress, fulfilment };
  });
  return findWorst(origin, [...seen, ...unseen], 'the policy wants no way out');
}

function findWorst({ table }: Origin, legs: readonly Leg[], wanted: string): Doubt | undefined {
  for (const status of ['violation', 'unknown'] as const) {
    const leg = legs.find(({ fulfilment }) => fulfilment === status);
    if (leg === undefined) continue;
    const { route, egress } = leg;
    const sent = `${describeRoute(table, route.destination)} ${egress.target}`;
    return { status, reason: `${sent}; ${wanted}` };
  }
  return undefined;
}
