import type { Filter } from '@aws-sdk/client-ec2';
import type { StaticOperationSchema } from '@smithy/types';
import { type Operation, operation } from '../wire/operation.ts';
import { cutPage } from '../wire/paging.ts';
import { checkDryRun } from './define-change.ts';
import { ec2Fault, type NetworkKind, notFound } from './ec2-faults.ts';
import { type FilterTable, matchesFilters } from './filters.ts';

/** What every describe call may ask for. */
export interface DescribeRequest {
  readonly DryRun?: boolean | undefined;
  readonly Filters?: readonly Filter[] | undefined;
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** What is described: by id, with the filters it knows. */
export interface Described<Item extends object> {
  readonly kind: NetworkKind;
  readonly items: ReadonlyMap<string, Item>;
  readonly filters: FilterTable<Item>;
  /** The least and the greatest page; 5 and 1000 where nothing else is said. */
  readonly pageSizes?: readonly [number, number];
}

/** How one describe operation reads its request and writes its answer. */
interface Description<Input, Item extends object, Output> extends Described<Item> {
  readonly idsOf: (input: Input) => readonly string[] | undefined;
  /** Where the request names its filters otherwise. */
  readonly filtersOf?: (input: Input) => readonly Filter[] | undefined;
  readonly answer: (items: readonly Item[]) => Output;
}

/** Binds an operation that describes things of one kind, by ids, filters and pages. */
export function defineDescribe<Input extends DescribeRequest, Item extends object, Output>(
  schema: StaticOperationSchema,
  {
    idsOf,
    filtersOf = ({ Filters }) => Filters,
    answer,
    ...described
  }: Description<Input, Item, Output>,
): Operation {
  return operation<Input, Output & { readonly NextToken?: string }>(schema, {
    needs: () => [{ action: `ec2:${schema[2]}`, resource: '*' }],
    handle: (input) => {
      checkDryRun(input);
      const { items, nextToken } = describePage(described, idsOf(input) ?? [], {
        ...input,
        Filters: filtersOf(input),
      });
      return { ...answer(items), ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
    },
  });
}

/** Answers one page of what ids and filters select; unknown ids and filters are errors. */
export function describePage<Item extends object>(
  { kind, items, filters, pageSizes = [5, 1000] }: Described<Item>,
  ids: readonly string[],
  { Filters = [], MaxResults, NextToken }: DescribeRequest,
): { readonly items: readonly Item[]; readonly nextToken?: string } {
  checkMaxResults(ids, MaxResults, pageSizes);
  const missing = ids.filter((id) => !items.has(id));
  if (missing.length > 0) throw notFound(kind, missing);
  const wanted = new Set(ids);
  const selected = [...items]
    .filter(([id]) => wanted.size === 0 || wanted.has(id))
    .map(([, item]) => item)
    .filter(matchesFilters(filters, Filters));
  const page = cutPage(selected, { limit: MaxResults ?? 1000, token: NextToken });
  if (page === undefined) throw ec2Fault('InvalidNextToken', `The token '${NextToken}' is invalid`);
  return page;
}

function checkMaxResults(
  ids: readonly string[],
  maxResults: number | undefined,
  [least, most]: readonly [number, number],
): void {
  if (maxResults === undefined) return;
  if (ids.length > 0) {
    throw ec2Fault(
      'InvalidParameterCombination',
      'The parameter maxResults cannot be used together with a list of ids',
    );
  }
  if (maxResults >= least && maxResults <= most) return;
  const bound =
    maxResults < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
  throw ec2Fault(
    'InvalidParameterValue',
    `Value ( ${maxResults} ) for parameter maxResults is invalid. Expecting a value ${bound}.`,
  );
}
