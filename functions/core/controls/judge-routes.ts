import { findPublicRoutes } from '../egress/public-routes.ts';
import type { Verdict } from '../finding.ts';
import { effectiveRouteTable, type NetworkFacts, type RouteTable } from '../network.ts';
import { quote } from '../quote.ts';
import type { Subject } from './control.ts';
import { type Doubt, judgeEach, NOT_FOUND } from './judge-each.ts';

/** One verdict on the subnets of an attachment, each by the route table that rules it. */
export function judgeRoutes(
  { attachment, functionArn }: Subject,
  network: NetworkFacts,
  judge: (table: RouteTable) => Doubt | undefined,
): Verdict {
  const [, , , , account] = functionArn.split(':');
  return judgeEach(attachment.subnetIds, (subnetId) => {
    const subnet = network.subnets.get(subnetId);
    if (subnet === undefined) return NOT_FOUND;
    if (subnet.ownerId !== account) {
      const owner = `belongs to account ${quote(subnet.ownerId)}`;
      return { status: 'unknown', reason: `${owner}, whose routes are not visible` };
    }
    const table = effectiveRouteTable(network, subnet);
    if (table !== undefined) return judge(table);
    return { status: 'unknown', reason: 'its route table was not found when the network was read' };
  });
}

/** Says which route of a table decided. */
export function describeRoute({ routeTableId }: RouteTable, destination: string): string {
  return `route table ${quote(routeTableId)} sends ${quote(destination)} to`;
}

/** Says that a table does not lead to every public address. */
export function describeLack(table: RouteTable): string {
  const { internet } = findPublicRoutes(table).ipv4;
  const lacking = internet.length === 0 ? 'the internet' : 'a part of the internet';
  return `route table ${quote(table.routeTableId)} has no route to ${lacking}`;
}
