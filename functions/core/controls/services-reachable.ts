import { reachOf } from '../egress/nat-reach.ts';
import { findPublicRoutes, routesOf } from '../egress/public-routes.ts';
import { findEgress, type Origin } from '../egress/route-egress.ts';
import { nameSome } from '../name-some.ts';
import type { Endpoint, Route } from '../network.ts';
import { quote } from '../quote.ts';
import { ANY_WISH, defineControl } from './control.ts';
import type { Doubt } from './judge-each.ts';
import { describeLack, describeRoute, judgeRoutes } from './judge-routes.ts';
import { whyNotAttached } from './not-attached.ts';

/** What LVG.5 may be told. */
export type ServicesParameters = {
  /** As endpoints name them after the region: `s3`, `sts`, `ecr.api`. */
  readonly services: readonly string[];
};

const DEFAULTS: ServicesParameters = { services: [] };
const MOST_NAMED = 5;

/**
 * LVG.5: every AWS service that the policy lists is reachable.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/what-is-privatelink.html
 */
export const servicesReachable = defineControl({
  id: 'LVG.5',
  title: 'Every AWS service that the policy lists is reachable',
  fix: 'Add the missing endpoints to the VPC, or a way out through a NAT gateway',
  scope: 'event',
  needs: ['network'],
  wishes: ANY_WISH,
  defaults: {
    enabled: true,
    severity: 'medium',
    onCreate: 'notify',
    onChange: 'notify',
    onFound: 'notify',
    contain: false,
  },
  parameters: DEFAULTS,
  whyNotApplicable: (subject, { services }) =>
    whyNotAttached(subject) ?? (services.length === 0 ? 'the policy lists no services' : undefined),
  evaluate: ({ subject, facts: { network }, parameters: { services } }) => {
    const [, , , region] = subject.functionArn.split(':');
    const hasIpv6 = subject.attachment.ipv6AllowedForDualStack;
    return judgeRoutes(subject, network, (table) => {
      const endpoints = network.endpoints.get(table.vpcId) ?? [];
      const carrying = endpoints.filter((endpoint) => carriesFor(endpoint, table.routeTableId));
      const names = new Set(carrying.map(({ serviceName }) => serviceName.replace(/^cn\./u, '')));
      const missing = services.filter(
        (service) => !names.has(`com.amazonaws.${region}.${service}`),
      );
      return missing.length === 0 ? undefined : judgeMissing({ network, table, hasIpv6 }, missing);
    });
  },
});

function carriesFor({ state, type, routeTableIds }: Endpoint, routeTableId: string): boolean {
  if (state !== 'available') return false;
  return type === 'Interface' || (type === 'Gateway' && routeTableIds.includes(routeTableId));
}

function judgeMissing(origin: Origin, missing: readonly string[]): Doubt | undefined {
  const { table, hasIpv6 } = origin;
  const routes = findPublicRoutes(table);
  const reachBy = (route: Route) => findEgress(origin, route).reach;
  const reach = reachOf(routes, hasIpv6, reachBy);
  if (reach === 'reached') return undefined;
  const deciding = [...routesOf(routes, hasIpv6), ...routes.unseen].find(
    (route) => (reachBy(route) === 'unreached') === (reach === 'unreached'),
  );
  const services = nameSome(missing.map(quote), MOST_NAMED);
  return {
    status: reach === 'unseen' ? 'unknown' : 'violation',
    reason: `no endpoint for ${services}, and ${describeWay(origin, deciding)}`,
  };
}

function describeWay(origin: Origin, route: Route | undefined): string {
  const { table } = origin;
  if (route === undefined) return describeLack(table);
  return `${describeRoute(table, route.destination)} ${findEgress(origin, route).target}`;
}
