import type { AssociateRouteTableRequest } from '@aws-sdk/client-ec2';
import type { Given } from '../wire/given.ts';
import { newId } from './define-change.ts';
import { ec2Fault, findById, missingParameter, notFound } from './ec2-faults.ts';
import type { RoutedNetwork, RouteTable, RouteTableAssociation } from './network.ts';
import { findOwnSubnet } from './ownership.ts';

/** The table that an association belongs to. */
export function tableOfAssociation(
  { routeTables }: RoutedNetwork,
  associationId: string,
): RouteTable | undefined {
  return [...routeTables.values()].find(({ associations }) =>
    associations.some((held) => held.associationId === associationId),
  );
}

/** Associates a subnet with a table, and answers the new association's id. */
export function associateTable(
  network: RoutedNetwork,
  { RouteTableId, SubnetId, GatewayId }: Given<AssociateRouteTableRequest, 'RouteTableId'>,
): string {
  const table = findById(network.routeTables, 'routeTable', RouteTableId);
  if (GatewayId !== undefined) {
    const message = 'The functionality you requested is not available in this region.';
    throw ec2Fault('UnsupportedOperation', message);
  }
  if (SubnetId === undefined) throw missingParameter('subnetId or gatewayId');
  const subnet = findOwnSubnet(network, SubnetId);
  if (subnet.vpcId !== table.vpcId) throw notTogether(RouteTableId, `subnet ${SubnetId}`);
  const isTaken = [...network.routeTables.values()].some(({ associations }) =>
    associations.some((held) => held.subnetId === SubnetId),
  );
  if (isTaken) {
    const message = `the specified association for route table ${RouteTableId} conflicts with an existing association`;
    throw ec2Fault('Resource.AlreadyAssociated', message);
  }
  return add(network, RouteTableId, SubnetId);
}

/** Gives a subnet back to the main table of its VPC. */
export function disassociateTable(network: RoutedNetwork, associationId: string): void {
  const { table, association } = findAssociation(network, associationId);
  if (association.subnetId === undefined) {
    const message = `cannot disassociate the main route table association ${associationId}`;
    throw ec2Fault('InvalidParameterValue', message);
  }
  remove(network, table, association);
}

/** Moves an association, also the main one, to another table, and answers its new id. */
export function replaceAssociation(
  network: RoutedNetwork,
  associationId: string,
  routeTableId: string,
): string {
  const { table, association } = findAssociation(network, associationId);
  const next = findById(network.routeTables, 'routeTable', routeTableId);
  if (next.vpcId !== table.vpcId) throw notTogether(routeTableId, `association ${associationId}`);
  remove(network, table, association);
  return add(network, routeTableId, association.subnetId);
}

/** Forgets the associations of a subnet that is gone. */
export function forgetSubnet(network: RoutedNetwork, subnetId: string): void {
  for (const table of network.routeTables.values()) {
    const association = table.associations.find((held) => held.subnetId === subnetId);
    if (association !== undefined) remove(network, table, association);
  }
}

function findAssociation(network: RoutedNetwork, associationId: string) {
  const table = tableOfAssociation(network, associationId);
  const association = table?.associations.find((held) => held.associationId === associationId);
  if (table === undefined || association === undefined) {
    throw notFound('association', [associationId]);
  }
  return { table, association };
}

function add({ routeTables }: RoutedNetwork, routeTableId: string, subnetId?: string): string {
  const table = findById(routeTables, 'routeTable', routeTableId);
  const associationId = newId('rtbassoc');
  const association = { associationId, ...(subnetId === undefined ? {} : { subnetId }) };
  routeTables.set(routeTableId, { ...table, associations: [...table.associations, association] });
  return associationId;
}

function remove(
  { routeTables }: RoutedNetwork,
  table: RouteTable,
  association: RouteTableAssociation,
): void {
  const associations = table.associations.filter((held) => held !== association);
  routeTables.set(table.routeTableId, { ...table, associations });
}

function notTogether(routeTableId: string, what: string) {
  const message = `Route table ${routeTableId} and ${what} belong to different networks`;
  return ec2Fault('InvalidParameterValue', message);
}
