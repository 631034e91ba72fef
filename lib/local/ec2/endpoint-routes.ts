import { ec2Fault } from './ec2-faults.ts';
import type { Endpoint, RoutedNetwork } from './network.ts';
import { toEndpointRoute } from './route-targets.ts';

type Routed = Pick<Endpoint, 'endpointId' | 'vpcId' | 'serviceName'>;

/** Refuses tables that a gateway endpoint cannot be in: unknown, of another VPC, or served already. */
export function checkTables(
  { routeTables }: RoutedNetwork,
  endpoint: Routed,
  tableIds: readonly string[],
): void {
  const { destination } = toEndpointRoute(endpoint.endpointId, endpoint.serviceName);
  for (const id of tableIds) {
    const table = routeTables.get(id);
    if (table === undefined) {
      throw ec2Fault('InvalidRouteTableId.NotFound', `The routeTable ID '${id}' does not exist`);
    }
    if (table.vpcId !== endpoint.vpcId) {
      const message = `Route table ${id} belongs to a different network than ${endpoint.vpcId}.`;
      throw ec2Fault('InvalidParameter', message);
    }
    if (table.routes.some((route) => route.destination === destination)) {
      const message = `route table ${id} already has a route with destination-prefix-list-id ${destination}`;
      throw ec2Fault('RouteAlreadyExists', message);
    }
  }
}

/** Lets tables lead to a gateway endpoint. */
export function addEndpointRoutes(
  { routeTables }: RoutedNetwork,
  { endpointId, serviceName }: Routed,
  tableIds: readonly string[],
): void {
  for (const id of tableIds) {
    const table = routeTables.get(id);
    if (table === undefined) continue;
    const routes = [...table.routes, toEndpointRoute(endpointId, serviceName)];
    routeTables.set(id, { ...table, routes });
  }
}

/** Lets tables lead to a gateway endpoint no more. */
export function removeEndpointRoutes(
  { routeTables }: RoutedNetwork,
  endpointId: string,
  tableIds: readonly string[],
): void {
  for (const id of tableIds) {
    const table = routeTables.get(id);
    if (table === undefined) continue;
    const routes = table.routes.filter(({ target }) => target !== endpointId);
    routeTables.set(id, { ...table, routes });
  }
}
