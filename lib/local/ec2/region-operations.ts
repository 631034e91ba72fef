import {
  DescribeRegions$,
  type DescribeRegionsRequest,
  type DescribeRegionsResult,
} from '@aws-sdk/client-ec2';
import type { AccountCore } from '../account-core.ts';
import { type Operation, operation } from '../wire/operation.ts';
import { checkDryRun } from './define-change.ts';
import { ec2Fault } from './ec2-faults.ts';
import { type FilterTable, matchesFilters } from './filters.ts';

/** A region that is enabled. */
interface EnabledRegion {
  readonly RegionName: string;
  readonly Endpoint: string;
  readonly OptInStatus: 'opt-in-not-required';
}

/** The operation that lists regions: this account has the one that it stands in. */
export function regionOperations({ region }: Pick<AccountCore, 'region'>): readonly Operation[] {
  const own: EnabledRegion = {
    RegionName: region,
    Endpoint: `ec2.${region}.amazonaws.com`,
    OptInStatus: 'opt-in-not-required',
  };
  return [
    operation<DescribeRegionsRequest, DescribeRegionsResult>(DescribeRegions$, {
      needs: () => [{ action: 'ec2:DescribeRegions', resource: '*' }],
      handle: (input) => {
        checkDryRun(input);
        const unknown = (input.RegionNames ?? []).filter((name) => name !== region);
        if (unknown.length > 0) {
          const text = `Invalid region names provided: ${unknown.join(', ')}`;
          throw ec2Fault('InvalidParameterValue', text);
        }
        return { Regions: [own].filter(matchesFilters(FILTERS, input.Filters ?? [])) };
      },
    }),
  ];
}

const FILTERS: FilterTable<EnabledRegion> = {
  'region-name': ({ RegionName }) => [RegionName],
  endpoint: ({ Endpoint }) => [Endpoint],
  'opt-in-status': ({ OptInStatus }) => [OptInStatus],
};
