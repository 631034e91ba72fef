import type { Filter } from '@aws-sdk/client-ec2';
import { cutPage } from '../wire/paging.ts';
import { ec2Fault, type NetworkKind, notFound } from './ec2-faults.ts';
import { type FilterTable, matchesFilters } from './filters.ts';

/** What every describe call may ask for. */
export interface DescribeRequest {
  readonly ids?: readonly string[] | undefined;
  readonly filters?: readonly Filter[] | undefined;
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/** What is described: by id, with the filters it knows. */
export interface Described<Item extends object> {
  readonly kind: NetworkKind;
  readonly items: ReadonlyMap<string, Item>;
  readonly filters: FilterTable<Item>;
}

/** Answers one page of what ids and filters select; unknown ids and filters are errors. */
export function describePage<Item extends object>(
  { kind, items, filters }: Described<Item>,
  request: DescribeRequest,
): { readonly items: readonly Item[]; readonly nextToken?: string } {
  const { ids = [], maxResults, nextToken } = request;
  checkMaxResults(ids, maxResults);
  const missing = ids.filter((id) => !items.has(id));
  if (missing.length > 0) throw notFound(kind, missing);
  const wanted = new Set(ids);
  const selected = [...items]
    .filter(([id]) => wanted.size === 0 || wanted.has(id))
    .map(([, item]) => item)
    .filter(matchesFilters(filters, request.filters ?? []));
  const page = cutPage(selected, { limit: maxResults ?? 1000, token: nextToken });
  if (page === undefined) throw ec2Fault('InvalidNextToken', `The token '${nextToken}' is invalid`);
  return page;
}

function checkMaxResults(ids: readonly string[], maxResults: number | undefined): void {
  if (maxResults === undefined) return;
  if (ids.length > 0) {
    throw ec2Fault(
      'InvalidParameterCombination',
      'The parameter maxResults cannot be used together with a list of ids',
    );
  }
  if (maxResults >= 5 && maxResults <= 1000) return;
  const bound = maxResults < 5 ? 'greater than or equal to 5' : 'less than or equal to 1000';
  throw ec2Fault(
    'InvalidParameterValue',
    `Value ( ${maxResults} ) for parameter maxResults is invalid. Expecting a value ${bound}.`,
  );
}
