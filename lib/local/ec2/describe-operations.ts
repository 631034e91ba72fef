import {
  DescribeAvailabilityZones$,
  type DescribeAvailabilityZonesRequest,
  type DescribeAvailabilityZonesResult,
  DescribeRouteTables$,
  type DescribeRouteTablesRequest,
  type DescribeRouteTablesResult,
  DescribeSecurityGroups$,
  type DescribeSecurityGroupsRequest,
  type DescribeSecurityGroupsResult,
  DescribeSubnets$,
  type DescribeSubnetsRequest,
  type DescribeSubnetsResult,
  DescribeVpcs$,
  type DescribeVpcsRequest,
  type DescribeVpcsResult,
} from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { type Described, type DescribeRequest, describePage } from './describe.ts';
import { ec2Fault } from './ec2-faults.ts';
import { groupFilters, routeTableFilters, subnetFilters, vpcFilters } from './filter-tables.ts';
import { matchesFilters } from './filters.ts';
import type { RoutedNetwork } from './network.ts';
import { toGroupView, toRouteTableView, toSubnetView, toVpcView } from './views.ts';
import { zonesOf } from './zones.ts';

interface PagedRequest {
  readonly Filters?: DescribeRequest['filters'];
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** The operations that describe the network. */
export function describeOperations(
  core: AccountCore,
  network: RoutedNetwork,
): readonly Operation[] {
  return [
    describeVpcs(core, network),
    describeSubnets(core, network),
    describeSecurityGroups(core, network),
    describeRouteTables(core, network),
    describeZones(core),
  ];
}

function describeVpcs(core: AccountCore, { vpcs }: RoutedNetwork): Operation {
  const described: Described<Parameters<typeof toVpcView>[1]> = {
    kind: 'vpc',
    items: vpcs,
    filters: vpcFilters(core),
  };
  return operation<DescribeVpcsRequest, DescribeVpcsResult>(DescribeVpcs$, {
    needs: () => [{ action: 'ec2:DescribeVpcs', resource: '*' }],
    handle: (input) => {
      const page = describePage(described, { ids: input.VpcIds, ...toPaging(input) });
      return { Vpcs: page.items.map((vpc) => toVpcView(core, vpc)), ...toToken(page) };
    },
  });
}

function describeSubnets(core: AccountCore, { subnets }: RoutedNetwork): Operation {
  const filters = subnetFilters(core);
  return operation<DescribeSubnetsRequest, DescribeSubnetsResult>(DescribeSubnets$, {
    needs: () => [{ action: 'ec2:DescribeSubnets', resource: '*' }],
    handle: (input) => {
      const page = describePage(
        { kind: 'subnet', items: subnets, filters },
        { ids: input.SubnetIds, ...toPaging(input) },
      );
      return { Subnets: page.items.map((subnet) => toSubnetView(core, subnet)), ...toToken(page) };
    },
  });
}

function describeSecurityGroups(core: AccountCore, { securityGroups }: RoutedNetwork): Operation {
  const filters = groupFilters(core);
  return operation<DescribeSecurityGroupsRequest, DescribeSecurityGroupsResult>(
    DescribeSecurityGroups$,
    {
      needs: () => [{ action: 'ec2:DescribeSecurityGroups', resource: '*' }],
      handle: (input) => {
        checkGroupIds(input.GroupIds ?? []);
        checkGroupNames(input.GroupNames ?? []);
        const page = describePage(
          { kind: 'group', items: securityGroups, filters },
          { ids: input.GroupIds, ...toPaging(input) },
        );
        return {
          SecurityGroups: page.items.map((group) => toGroupView(core, group)),
          ...toToken(page),
        };
      },
    },
  );
}

function describeRouteTables(core: AccountCore, { routeTables }: RoutedNetwork): Operation {
  const filters = routeTableFilters(core);
  return operation<DescribeRouteTablesRequest, DescribeRouteTablesResult>(DescribeRouteTables$, {
    needs: () => [{ action: 'ec2:DescribeRouteTables', resource: '*' }],
    handle: (input) => {
      const page = describePage(
        { kind: 'routeTable', items: routeTables, filters },
        { ids: input.RouteTableIds, ...toPaging(input) },
      );
      return {
        RouteTables: page.items.map((table) => toRouteTableView(core, table)),
        ...toToken(page),
      };
    },
  });
}

function describeZones(core: AccountCore): Operation {
  return operation<DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResult>(
    DescribeAvailabilityZones$,
    {
      needs: () => [{ action: 'ec2:DescribeAvailabilityZones', resource: '*' }],
      handle: ({ ZoneNames = [], ZoneIds = [], Filters = [] }) => {
        const zones = zonesOf(core.region);
        const unknown = [
          ...ZoneNames.filter((name) => !zones.some(({ ZoneName }) => ZoneName === name)),
          ...ZoneIds.filter((id) => !zones.some(({ ZoneId }) => ZoneId === id)),
        ];
        if (unknown.length > 0) {
          throw ec2Fault('InvalidParameterValue', `Invalid availability zone: [${unknown[0]}]`);
        }
        const isAsked = (asked: readonly string[], held: string) =>
          asked.length === 0 || asked.includes(held);
        return {
          AvailabilityZones: zones
            .filter(
              ({ ZoneName, ZoneId }) => isAsked(ZoneNames, ZoneName) && isAsked(ZoneIds, ZoneId),
            )
            .filter(
              matchesFilters(
                {
                  'zone-name': ({ ZoneName }) => [ZoneName],
                  'zone-id': ({ ZoneId }) => [ZoneId],
                  'region-name': ({ RegionName }) => [RegionName],
                  'zone-type': ({ ZoneType }) => [ZoneType],
                  state: ({ State }) => [State],
                },
                Filters,
              ),
            ),
        };
      },
    },
  );
}

function checkGroupIds(ids: readonly string[]): void {
  const malformed = ids.find((id) => !id.startsWith('sg-'));
  if (malformed === undefined) return;
  throw ec2Fault('InvalidGroupId.Malformed', `Invalid id: "${malformed}" (expecting "sg-...")`);
}

/** AWS: groups are found by name in the default VPC only, and this account has none. */
function checkGroupNames([first]: readonly string[]): void {
  if (first === undefined) return;
  const message = `The security group '${first}' does not exist in default VPC`;
  throw ec2Fault('InvalidGroup.NotFound', message);
}

function toPaging({ Filters, MaxResults, NextToken }: PagedRequest): DescribeRequest {
  return { filters: Filters, maxResults: MaxResults, nextToken: NextToken };
}

function toToken({ nextToken }: { readonly nextToken?: string }): { NextToken?: string } {
  return nextToken === undefined ? {} : { NextToken: nextToken };
}
