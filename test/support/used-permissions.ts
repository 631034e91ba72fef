import type { IAMClient } from '@aws-sdk/client-iam';
import type { AskedOnce } from '../../lib/local/identity/asked-permissions.ts';
import type { LocalAccount } from '../../lib/local/start-local-account.ts';
import { type Grant, readGrantedRole } from './granted-actions.ts';
import { wordFor } from './permissions-page.ts';

/** What came of what one role is granted; resources are in the words of the page. */
export interface UsedPermissions {
  readonly used: readonly Grant[];
  readonly unused: readonly Grant[];
  /** Asked for and not allowed. */
  readonly refused: readonly Pick<AskedOnce, 'action' | 'resource'>[];
}

/** Notes from here on what IAM is asked for; the list grows with every question. */
export function noteAsked({ core }: Pick<LocalAccount, 'core'>): readonly AskedOnce[] {
  const noted: AskedOnce[] = [];
  core.principals.asked.listeners.push((asked) => noted.push(asked));
  return noted;
}

/** Compares what a role is granted with what was asked for in its name. */
export async function compareUse(
  iam: IAMClient,
  nameLike: string,
  all: readonly AskedOnce[],
): Promise<UsedPermissions> {
  const { arn, grants } = await readGrantedRole(iam, nameLike);
  const asked = all.filter(({ principal }) => principal === arn);
  const isUsed = (grant: Grant) => asked.some((one) => one.isAllowed && isCovered(one, grant));
  return {
    used: inWords(grants.filter(isUsed)),
    unused: inWords(grants.filter((grant) => !isUsed(grant))),
    refused: asked
      .filter(({ isAllowed }) => !isAllowed)
      .map(({ action, resource }) => ({ action, resource })),
  };
}

/** Sorts grants, so that lists of them can be compared. */
export function sorted(grants: readonly Grant[]): readonly Grant[] {
  const textOf = ({ action, resource }: Grant) => `${action} ${resource}`;
  return grants.toSorted((left, right) => (textOf(left) < textOf(right) ? -1 : 1));
}

function inWords(grants: readonly Grant[]): readonly Grant[] {
  return grants.map(({ action, resource }) => ({ action, resource: wordFor(resource) }));
}

function isCovered(asked: Pick<AskedOnce, 'action' | 'resource'>, grant: Grant): boolean {
  if (asked.action !== grant.action) return false;
  const [head = '', tail] = grant.resource.split('*');
  return tail === undefined ? asked.resource === head : asked.resource.startsWith(head);
}
