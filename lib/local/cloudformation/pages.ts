import { cutPage, type Page } from '../wire/paging.ts';
import { validationError } from './validation-error.ts';

const PAGE_SIZE = 100;

/** Cuts one page out of a list; throws AWS's `ValidationError` for a token that the account never gave. */
export function pageOf<Item>(items: readonly Item[], token: string | undefined): Page<Item> {
  const page = cutPage(items, { limit: PAGE_SIZE, token });
  if (page !== undefined) return page;
  throw validationError('Next token is invalid.');
}

/** How an answer says that there is more. */
export function endOf({ nextToken }: { readonly nextToken?: string }): {
  readonly NextToken?: string;
} {
  return nextToken === undefined ? {} : { NextToken: nextToken };
}
