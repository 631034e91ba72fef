import { functionNameOf } from './function-name.ts';
import { namedFunctions, type RescanRequest } from './rescan-request.ts';
import type { SweptFunction } from './swept-function.ts';
import { compileWildcard } from './wildcard.ts';

/** What a rescan was asked for and found nothing of. */
export interface RescanMisses {
  /** The ARNs of functions that are named one by one. */
  readonly functionArns: readonly string[];
  readonly patterns: readonly string[];
}

/** Tells which names and patterns of a request no function has that was there. */
export function missesOf(
  request: RescanRequest,
  swept: readonly Pick<SweptFunction, 'functionArn' | 'isGone'>[],
): RescanMisses {
  const named = namedFunctions(request);
  const there = new Set(swept.flatMap(({ functionArn, isGone }) => (isGone ? [] : [functionArn])));
  const names = [...there].map(functionNameOf);
  const patterns = new Set(request.functions.filter((asked) => !named.has(asked)));
  return {
    functionArns: [...named].filter((functionArn) => !there.has(functionArn)),
    patterns: [...patterns].filter((pattern) => !names.some(compileWildcard(pattern))),
  };
}
