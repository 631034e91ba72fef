import type { Statement } from './document.ts';
import { splitArn } from './value-matcher.ts';

/** Compiles what tells whether a document of a resource means the caller; without a principal it means all. */
export function compilePrincipal(
  principal: Statement['principal'],
): (caller: string | undefined) => boolean {
  if (principal === undefined) return () => true;
  const { isNot, patterns } = principal;
  return (caller) => patterns.some((pattern) => isMeant(pattern, caller)) !== isNot;
}

/** `*` means everybody, an account's root everybody in the account. */
function isMeant(pattern: string, caller: string | undefined): boolean {
  if (pattern === '*') return true;
  if (caller === undefined) return false;
  if (pattern === caller) return true;
  const [, account] = /^arn:[^:]+:iam::(\d{12}):root$/.exec(pattern) ?? [];
  return account !== undefined && splitArn(caller)?.[4] === account;
}
