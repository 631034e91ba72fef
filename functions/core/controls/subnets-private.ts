import { parseBlock } from '../egress/address-block.ts';
import { isInternetWide } from '../egress/public-addresses.ts';
import type { Route, RouteTable } from '../network.ts';
import { quote } from '../quote.ts';
import { ANY_WISH, defineControl } from './control.ts';
import type { Doubt } from './judge-each.ts';
import { describeRoute, judgeRoutes } from './judge-routes.ts';
import { whyNotAttached } from './not-attached.ts';

/**
 * LVG.3: no subnet is public.
 *
 * A function gets no public IP there, so the internet gateway does not give it the internet.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html
 */
export const subnetsPrivate = defineControl({
  id: 'LVG.3',
  title: 'No subnet is public',
  fix: 'Attach it to private subnets',
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
  parameters: {},
  whyNotApplicable: whyNotAttached,
  evaluate: ({ subject, facts: { network } }) => judgeRoutes(subject, network, judgeTable),
});

function judgeTable(table: RouteTable): Doubt | undefined {
  const doubts = table.routes
    .toSorted((left, right) => (toText(left) < toText(right) ? -1 : 1))
    .flatMap((route) => judgeRoute(table, route) ?? []);
  return doubts.find(({ status }) => status === 'violation') ?? doubts[0];
}

function judgeRoute(
  table: RouteTable,
  { destination, kind, targetId, isBlackhole }: Route,
): Doubt | undefined {
  if (kind !== 'internet-gateway' || isBlackhole) return undefined;
  const block = parseBlock(destination);
  const sent = `${describeRoute(table, destination)} internet gateway ${quote(targetId)}`;
  if (block === undefined) {
    return { status: 'unknown', reason: `${sent}, and which addresses these are is not visible` };
  }
  if (!isInternetWide(block)) return undefined;
  const reason = `${sent}: public, where functions have no internet and no public IP`;
  return { status: 'violation', reason };
}

function toText({ destination, targetId }: Route): string {
  return `${destination} ${targetId}`;
}
