import {
  CreateRoute$,
  type CreateRouteRequest,
  type CreateRouteResult,
  DeleteRoute$,
  type DeleteRouteRequest,
  ReplaceRoute$,
  type ReplaceRouteRequest,
} from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import type { Need, Operation } from '../wire/operation.ts';
import { defineChange } from './define-change.ts';
import { ec2Fault, findById } from './ec2-faults.ts';
import type { Route, RoutedNetwork, RouteTable } from './network.ts';
import { readDestination, readTarget } from './route-request.ts';
import { ec2Arn } from './views.ts';

type CreateInput = Given<CreateRouteRequest, 'RouteTableId'>;
type ReplaceInput = Given<ReplaceRouteRequest, 'RouteTableId'>;
type DeleteInput = Given<DeleteRouteRequest, 'RouteTableId'>;

/** The operations that make, change and remove the routes of a table. */
export function routeOperations(core: AccountCore, network: RoutedNetwork): readonly Operation[] {
  const needs =
    (action: string) =>
    ({ RouteTableId }: { readonly RouteTableId: string }): readonly Need[] => [
      { action, resource: ec2Arn(core, 'route-table', RouteTableId) },
    ];
  return [
    defineChange<CreateInput, CreateRouteResult>(CreateRoute$, {
      needs: needs('ec2:CreateRoute'),
      handle: (input) => createRoute(network, input),
    }),
    defineChange<ReplaceInput, void>(ReplaceRoute$, {
      needs: needs('ec2:ReplaceRoute'),
      handle: (input) => replaceRoute(network, input),
    }),
    defineChange<DeleteInput, void>(DeleteRoute$, {
      needs: needs('ec2:DeleteRoute'),
      handle: (input) => deleteRoute(network, input),
    }),
  ];
}

function createRoute(network: RoutedNetwork, input: CreateInput): CreateRouteResult {
  const table = findById(network.routeTables, 'routeTable', input.RouteTableId);
  const destination = readDestination(input);
  if (findRoute(table, destination) !== undefined) {
    const message = `The route identified by ${destination} already exists.`;
    throw ec2Fault('RouteAlreadyExists', message);
  }
  const target = readTarget(network, table, input);
  checkFamily(destination, target);
  setRoutes(network, table, [...table.routes, { destination, target, origin: 'CreateRoute' }]);
  return { Return: true };
}

function replaceRoute(network: RoutedNetwork, input: ReplaceInput): void {
  const table = findById(network.routeTables, 'routeTable', input.RouteTableId);
  const destination = readDestination(input);
  const held = findRoute(table, destination);
  if (held === undefined) {
    const message = `There is no route defined for '${destination}' in the route table. Use CreateRoute instead.`;
    throw ec2Fault('InvalidParameterValue', message);
  }
  checkNotEndpoint(table, held, 'modify');
  const target = input.LocalTarget === true ? 'local' : readTarget(network, table, input);
  checkFamily(destination, target);
  const routes = table.routes.map((route) => (route === held ? { ...held, target } : route));
  setRoutes(network, table, routes);
}

function deleteRoute(network: RoutedNetwork, input: DeleteInput): void {
  const table = findById(network.routeTables, 'routeTable', input.RouteTableId);
  const destination = readDestination(input);
  const held = findRoute(table, destination);
  const where = `in route table ${table.routeTableId}`;
  if (held === undefined) {
    const message = `no route with destination-cidr-block ${destination} ${where}`;
    throw ec2Fault('InvalidRoute.NotFound', message);
  }
  if (held.origin === 'CreateRouteTable') {
    const message = `cannot remove local route ${destination} ${where}`;
    throw ec2Fault('InvalidParameterValue', message);
  }
  checkNotEndpoint(table, held, 'remove');
  const routes = table.routes.filter((route) => route !== held);
  setRoutes(network, table, routes);
}

/** AWS: the routes to gateway endpoints are changed through their endpoint only. */
function checkNotEndpoint({ routeTableId }: RouteTable, { target }: Route, verb: string): void {
  if (!target.startsWith('vpce-')) return;
  const message = `cannot ${verb} VPC endpoint route ${target} in route table ${routeTableId}`;
  throw ec2Fault('InvalidParameterValue', message);
}

/** AWS: an egress-only internet gateway carries IPv6 only. */
function checkFamily(destination: string, target: string): void {
  if (!target.startsWith('eigw-') || destination.includes(':')) return;
  const message = `Egress only internet gateway ${target} only supports IPv6 destinations`;
  throw ec2Fault('InvalidParameterValue', message);
}

function findRoute({ routes }: RouteTable, destination: string): Route | undefined {
  return routes.find((route) => route.destination === destination);
}

function setRoutes(network: RoutedNetwork, table: RouteTable, routes: readonly Route[]): void {
  network.routeTables.set(table.routeTableId, { ...table, routes });
}
