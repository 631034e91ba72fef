import {
  DescribeAvailabilityZones$,
  type DescribeAvailabilityZonesRequest,
  type DescribeAvailabilityZonesResult,
  DescribePrefixLists$,
  type DescribePrefixListsRequest,
  DescribeSecurityGroups$,
  type DescribeSecurityGroupsRequest,
  DescribeSubnets$,
  type DescribeSubnetsRequest,
  DescribeVpcs$,
  type DescribeVpcsRequest,
} from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { defineDescribe } from './describe.ts';
import { ec2Fault } from './ec2-faults.ts';
import { prefixListsOf } from './endpoint-services.ts';
import { groupFilters, subnetFilters, vpcFilters } from './filter-tables.ts';
import { type FilterTable, matchesFilters } from './filters.ts';
import type { RoutedNetwork } from './network.ts';
import { permissionFilters, toRuledGroupView } from './security-group-rule-views.ts';
import { toSubnetView, toVpcView } from './views.ts';
import { type Zone, zonesOf } from './zones.ts';

/** The operations that describe what every network has. */
export function describeOperations(
  core: AccountCore,
  network: RoutedNetwork,
): readonly Operation[] {
  const { vpcs, subnets, securityGroups } = network;
  return [
    defineDescribe(DescribeVpcs$, {
      kind: 'vpc',
      items: vpcs,
      filters: vpcFilters(core),
      idsOf: (input: DescribeVpcsRequest) => input.VpcIds,
      answer: (items) => ({ Vpcs: items.map((vpc) => toVpcView(core, vpc)) }),
    }),
    defineDescribe(DescribeSubnets$, {
      kind: 'subnet',
      items: subnets,
      filters: subnetFilters(core),
      idsOf: (input: DescribeSubnetsRequest) => input.SubnetIds,
      answer: (items) => ({ Subnets: items.map((subnet) => toSubnetView(core, subnet)) }),
    }),
    defineDescribe(DescribeSecurityGroups$, {
      kind: 'group',
      items: securityGroups,
      filters: { ...groupFilters(core), ...permissionFilters(core, network) },
      idsOf: ({ GroupIds, GroupNames }: DescribeSecurityGroupsRequest) => {
        checkGroupIds(GroupIds ?? []);
        checkGroupNames(GroupNames ?? []);
        return GroupIds;
      },
      answer: (items) => ({
        SecurityGroups: items.map((group) => toRuledGroupView(core, network, group)),
      }),
    }),
    describePrefixLists(core),
    describeZones(core),
  ];
}

function describePrefixLists({ region }: AccountCore): Operation {
  const lists = prefixListsOf(region);
  return defineDescribe(DescribePrefixLists$, {
    kind: 'prefixList',
    items: new Map(lists.map((list) => [list.PrefixListId, list])),
    filters: {
      'prefix-list-id': ({ PrefixListId }) => [PrefixListId],
      'prefix-list-name': ({ PrefixListName }) => [PrefixListName],
    },
    pageSizes: [1, 1000],
    idsOf: (input: DescribePrefixListsRequest) => input.PrefixListIds,
    answer: (items) => ({ PrefixLists: items }),
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
            .filter(matchesFilters(ZONE_FILTERS, Filters)),
        };
      },
    },
  );
}

const ZONE_FILTERS: FilterTable<Zone> = {
  'zone-name': ({ ZoneName }) => [ZoneName],
  'zone-id': ({ ZoneId }) => [ZoneId],
  'region-name': ({ RegionName }) => [RegionName],
  'zone-type': ({ ZoneType }) => [ZoneType],
  'group-name': ({ GroupName }) => [GroupName],
  'opt-in-status': ({ OptInStatus }) => [OptInStatus],
  'group-long-name': () => [],
  message: () => [],
  'parent-zone-id': () => [],
  'parent-zone-name': () => [],
  state: ({ State }) => [State],
};

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
