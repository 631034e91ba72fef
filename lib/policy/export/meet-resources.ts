import { EVERYTHING, type Outcome, type Resource } from './draft.ts';
import { covers, mayMeet } from './patterns.ts';

/** The calls are about functions, never their versions: `arn:aws:lambda:region:account:function:name`. */
const COLONS_OF_FUNCTION_ARN = 6;
/** The ARN of whatever function. */
export const ANY_FUNCTION = 'arn:*:lambda:*:*:function:*';

const INEXPRESSIBLE =
  'it would take `Resource` and `NotResource` in one statement, whose patterns overlap';

/** Tells whether patterns match every function there can be. */
export function matchesEveryFunction(patterns: readonly string[]): boolean {
  return patterns.some((pattern) => covers(pattern, ANY_FUNCTION));
}

/** Tells whether no function matches both patterns. */
export function areDisjoint(left: string, right: string): boolean {
  return !mayMeet(left, right, COLONS_OF_FUNCTION_ARN);
}

/** Makes the resource of a statement that is about what two resources are both about. */
export function meetResources(left: Resource, right: Resource): Outcome<Resource> {
  if (isEverything(left)) return made(right);
  if (isEverything(right)) return made(left);
  if (left.isNot && right.isNot) {
    return made({ isNot: true, patterns: [...new Set([...left.patterns, ...right.patterns])] });
  }
  if (left.isNot) return without(right.patterns, left.patterns);
  if (right.isNot) return without(left.patterns, right.patterns);
  return overlap(left.patterns, right.patterns);
}

function isEverything({ isNot, patterns }: Resource): boolean {
  return !isNot && EVERYTHING.patterns.every((pattern) => patterns.includes(pattern));
}

function without(patterns: readonly string[], not: readonly string[]): Outcome<Resource> {
  const rest = patterns.filter((pattern) => !not.some((other) => covers(other, pattern)));
  const isClear = rest.every((pattern) => not.every((other) => areDisjoint(pattern, other)));
  return isClear ? some(rest) : { kind: 'inexpressible', why: INEXPRESSIBLE };
}

function overlap(left: readonly string[], right: readonly string[]): Outcome<Resource> {
  const pairs = left.flatMap((one) => right.map((other) => narrower(one, other)));
  const known = pairs.filter((pattern) => pattern !== undefined);
  if (known.length < pairs.length) return { kind: 'inexpressible', why: INEXPRESSIBLE };
  return some([...new Set(known.flat())]);
}

/** The pattern of what two match; none where nothing does, undefined where it takes more than one. */
function narrower(left: string, right: string): readonly string[] | undefined {
  if (covers(left, right)) return [right];
  if (covers(right, left)) return [left];
  return areDisjoint(left, right) ? [] : undefined;
}

function some(patterns: readonly string[]): Outcome<Resource> {
  return patterns.length === 0 ? { kind: 'impossible' } : made({ isNot: false, patterns });
}

function made(value: Resource): Outcome<Resource> {
  return { kind: 'made', value };
}
