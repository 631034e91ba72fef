import type { Principal, Principals } from '../identity/principals.ts';
import { noSuchEntity } from './iam-faults.ts';

/** The two kinds of principals. */
export type PrincipalKind = Principal['kind'];

/** The users or the roles of an account. */
export function allOf(principals: Principals, kind: PrincipalKind): Map<string, Principal> {
  return kind === 'user' ? principals.users : principals.roles;
}

/** Finds a user or a role, or says that there is none. */
export function findPrincipalNamed(
  principals: Principals,
  kind: PrincipalKind,
  name: string,
): Principal {
  const principal = allOf(principals, kind).get(name);
  if (principal === undefined) throw noSuchEntity(`${kind} with name ${name}`);
  return principal;
}

/** The ARN that IAM judges: of a principal that may not exist. */
export function principalArn(
  principals: Principals,
  kind: PrincipalKind,
  name: string | undefined,
): string {
  const found = name === undefined ? undefined : allOf(principals, kind).get(name);
  return found?.arn ?? `arn:aws:iam::${principals.accountId}:${kind}/${name ?? '*'}`;
}
