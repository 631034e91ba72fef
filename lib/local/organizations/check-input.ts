import { PolicyType } from '@aws-sdk/client-organizations';
import { cutPage } from '../wire/paging.ts';
import { invalidInput } from './organizations-faults.ts';

/** What every list may ask for. */
export interface PageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

const LARGEST_PAGE = 20;
const LONGEST_NAME = 128;
const POLICY_ID = /^p-\w{8,128}$/;
const TARGET_ID = /^(r-[0-9a-z]{4,32}|\d{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/;
const BAD_PATTERN = 'You provided a value that does not match the required pattern.';

/** Refuses a type of policies that AWS does not know. */
export function checkType(type: string): void {
  if (Object.values<string>(PolicyType).includes(type)) return;
  throw invalidInput('INVALID_ENUM_POLICY_TYPE', 'You specified an invalid value.');
}

/** Refuses an id that no policy can have. */
export function checkPolicyId(id: string): void {
  if (!POLICY_ID.test(id)) throw invalidInput('INVALID_PATTERN', BAD_PATTERN);
}

/** Refuses an id that nothing can have to which policies are attached. */
export function checkTargetId(id: string): void {
  if (!TARGET_ID.test(id)) throw invalidInput('INVALID_PATTERN_TARGET_ID', BAD_PATTERN);
}

/** Refuses a name that a policy cannot have. */
export function checkName(name: string): void {
  if (name === '') {
    throw invalidInput('MIN_LENGTH_EXCEEDED', 'You provided a value that is too short.');
  }
  if (name.length <= LONGEST_NAME) return;
  throw invalidInput('MAX_LENGTH_EXCEEDED', 'You provided a value that is too long.');
}

/** Cuts one page out of a list. */
export function pageOf<Item>(
  items: readonly Item[],
  { MaxResults: limit = LARGEST_PAGE, NextToken: token }: PageRequest,
): { readonly items: Item[]; readonly end: { readonly NextToken?: string } } {
  if (limit < 1) throw invalidInput('MIN_VALUE_EXCEEDED', 'You provided a value that is too low.');
  if (limit > LARGEST_PAGE) {
    throw invalidInput('MAX_VALUE_EXCEEDED', 'You provided a value that is too high.');
  }
  const page = cutPage(items, { limit, token });
  if (page === undefined) {
    throw invalidInput('INVALID_NEXT_TOKEN', 'You specified an invalid value.');
  }
  const { nextToken } = page;
  return {
    items: [...page.items],
    end: nextToken === undefined ? {} : { NextToken: nextToken },
  };
}
