import {
  AssociateRouteTable$,
  type AssociateRouteTableRequest,
  type AssociateRouteTableResult,
  CreateRouteTable$,
  type CreateRouteTableRequest,
  type CreateRouteTableResult,
  DeleteRouteTable$,
  type DeleteRouteTableRequest,
  DescribeRouteTables$,
  type DescribeRouteTablesRequest,
  DisassociateRouteTable$,
  type DisassociateRouteTableRequest,
  ReplaceRouteTableAssociation$,
  type ReplaceRouteTableAssociationRequest,
  type ReplaceRouteTableAssociationResult,
} from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import type { Given } from '../wire/given.ts';
import type { Operation } from '../wire/operation.ts';
import { defineChange, newId, readTags, toToken } from './define-change.ts';
import { defineDescribe } from './describe.ts';
import { findById, hasDependencies } from './ec2-faults.ts';
import type { RoutedNetwork, RouteTable } from './network.ts';
import { findOwnVpc } from './ownership.ts';
import {
  associateTable,
  disassociateTable,
  replaceAssociation,
  tableOfAssociation,
} from './route-table-associations.ts';
import { routeTableFilters, toRouteTableView } from './route-table-views.ts';
import { toLocalRoutes } from './route-targets.ts';
import { ec2Arn } from './views.ts';

type CreateInput = Given<CreateRouteTableRequest, 'VpcId'>;
type DeleteInput = Given<DeleteRouteTableRequest, 'RouteTableId'>;
type AssociateInput = Given<AssociateRouteTableRequest, 'RouteTableId'>;
type DisassociateInput = Given<DisassociateRouteTableRequest, 'AssociationId'>;
type ReplaceInput = Given<ReplaceRouteTableAssociationRequest, 'AssociationId' | 'RouteTableId'>;

/** The operations on route tables and on what they are associated with. */
export function routeTableOperations(
  core: AccountCore,
  network: RoutedNetwork,
): readonly Operation[] {
  return [
    defineDescribe(DescribeRouteTables$, {
      kind: 'routeTable',
      items: network.routeTables,
      filters: routeTableFilters(core, network),
      pageSizes: [5, 100],
      idsOf: (input: DescribeRouteTablesRequest) => input.RouteTableIds,
      answer: (items) => ({
        RouteTables: items.map((table) => toRouteTableView(core, network, table)),
      }),
    }),
    defineChange<CreateInput, CreateRouteTableResult>(CreateRouteTable$, {
      needs: ({ VpcId }) => [
        { action: 'ec2:CreateRouteTable', resource: ec2Arn(core, 'route-table', '*') },
        { action: 'ec2:CreateRouteTable', resource: ec2Arn(core, 'vpc', VpcId) },
      ],
      handle: (input) => ({
        RouteTable: toRouteTableView(core, network, createTable(network, input)),
        ...toToken(input.ClientToken),
      }),
    }),
    defineChange<DeleteInput, void>(DeleteRouteTable$, {
      needs: ({ RouteTableId }) => [
        { action: 'ec2:DeleteRouteTable', resource: ec2Arn(core, 'route-table', RouteTableId) },
      ],
      handle: ({ RouteTableId }) => deleteTable(network, RouteTableId),
    }),
    ...associationOperations(core, network),
  ];
}

function associationOperations(core: AccountCore, network: RoutedNetwork): readonly Operation[] {
  const tableArn = (id: string) => ec2Arn(core, 'route-table', id);
  const heldArn = (associationId: string) =>
    tableArn(tableOfAssociation(network, associationId)?.routeTableId ?? '*');
  return [
    defineChange<AssociateInput, AssociateRouteTableResult>(AssociateRouteTable$, {
      needs: ({ RouteTableId, SubnetId = '*' }) => [
        { action: 'ec2:AssociateRouteTable', resource: tableArn(RouteTableId) },
        { action: 'ec2:AssociateRouteTable', resource: ec2Arn(core, 'subnet', SubnetId) },
      ],
      handle: (input) => ({
        AssociationId: associateTable(network, input),
        AssociationState: { State: 'associated' },
      }),
    }),
    defineChange<DisassociateInput, void>(DisassociateRouteTable$, {
      needs: ({ AssociationId }) => [
        { action: 'ec2:DisassociateRouteTable', resource: heldArn(AssociationId) },
      ],
      handle: ({ AssociationId }) => disassociateTable(network, AssociationId),
    }),
    defineChange<ReplaceInput, ReplaceRouteTableAssociationResult>(ReplaceRouteTableAssociation$, {
      needs: ({ AssociationId, RouteTableId }) =>
        [heldArn(AssociationId), tableArn(RouteTableId)].map((resource) => ({
          action: 'ec2:ReplaceRouteTableAssociation',
          resource,
        })),
      handle: ({ AssociationId, RouteTableId }) => ({
        NewAssociationId: replaceAssociation(network, AssociationId, RouteTableId),
        AssociationState: { State: 'associated' },
      }),
    }),
  ];
}

function createTable(network: RoutedNetwork, input: CreateInput): RouteTable {
  const vpc = findOwnVpc(network, input.VpcId);
  const table: RouteTable = {
    routeTableId: newId('rtb'),
    vpcId: vpc.vpcId,
    associations: [],
    routes: toLocalRoutes(vpc),
    ...readTags(input.TagSpecifications),
  };
  network.routeTables.set(table.routeTableId, table);
  return table;
}

function deleteTable({ routeTables }: RoutedNetwork, id: string): void {
  const { associations } = findById(routeTables, 'routeTable', id);
  if (associations.length > 0) throw hasDependencies('routeTable', id);
  routeTables.delete(id);
}
