import type { AccountCore } from '../account-core.ts';
import { parseCredentialScope, type WireRequest } from '../wire/http.ts';
import type { Caller } from './caller.ts';
import { findCaller } from './principals.ts';

/** Who signed a request, or why nobody is taken to have done so. */
export type Signed =
  | { readonly kind: 'caller'; readonly caller: Caller }
  | { readonly kind: 'unknown' | 'wrong-token' | 'expired' };

/** Finds who signed a request: a session's key counts with its own token or none, for as long as it lasts. */
export function findSigned(
  { principals, clock }: Pick<AccountCore, 'principals' | 'clock'>,
  request: WireRequest,
  accessKeyId: string,
): Signed {
  const caller = findCaller(principals, accessKeyId);
  const key = principals.keys.get(accessKeyId);
  if (caller === undefined || key === undefined) return { kind: 'unknown' };
  const token = tokenOf(request);
  // A key alone is enough to try something by hand; one with another session's token is a mistake.
  if (key.sessionToken !== undefined && token !== null && token !== key.sessionToken) {
    return { kind: 'wrong-token' };
  }
  if (key.expiresAtMs !== undefined && clock.nowMs() >= key.expiresAtMs) return { kind: 'expired' };
  return { kind: 'caller', caller };
}

/** Tells whether code that runs in the account signed a request: it lives in virtual time. */
export function isSignedInside(
  { principals }: Pick<AccountCore, 'principals'>,
  request: WireRequest,
): boolean {
  const { accessKeyId = '' } = parseCredentialScope(request) ?? {};
  return principals.keys.get(accessKeyId)?.isInside === true;
}

function tokenOf({ headers, query }: WireRequest): string | null {
  const inHeader = headers['x-amz-security-token'];
  return inHeader === undefined ? query.get('X-Amz-Security-Token') : String(inHeader);
}
