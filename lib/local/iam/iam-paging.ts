import { cutPage } from '../wire/paging.ts';
import { iamFault } from './iam-faults.ts';

/** What every list of IAM may ask for. */
interface ListRequest {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/** What every list of IAM answers beside its items. */
interface PageEnd {
  readonly IsTruncated: boolean;
  readonly Marker?: string;
}

/** Cuts the page of a list that a request asks for. */
export function pageOf<Item>(
  items: readonly Item[],
  { Marker, MaxItems = 100 }: ListRequest,
): { readonly items: Item[]; readonly end: PageEnd } {
  if (MaxItems < 1 || MaxItems > 1000) {
    throw iamFault(
      'ValidationError',
      `1 validation error detected: Value '${MaxItems}' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and 1000`,
    );
  }
  const page = cutPage(items, { limit: MaxItems, token: Marker });
  if (page === undefined) throw iamFault('ValidationError', 'Invalid value for Marker');
  return {
    items: [...page.items],
    end: {
      IsTruncated: page.nextToken !== undefined,
      ...(page.nextToken === undefined ? {} : { Marker: page.nextToken }),
    },
  };
}
