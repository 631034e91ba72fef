import type { Condition, Statement } from '../../../functions/core/iam/document.ts';
import type { Origin, Resource } from './draft.ts';
import { EVERYTHING } from './draft.ts';
import { matchesEveryFunction } from './meet-resources.ts';
import { negateCondition } from './negate-condition.ts';

/** An Allow of a call, and where it stands. */
export interface Allow {
  readonly origin: Origin;
  readonly principal?: Statement['principal'];
  readonly resource: Resource;
  readonly conditions: readonly Condition[];
}

/** One way in which a call is not what an Allow asks for. */
export interface Literal {
  /** Equal for literals that say the same. */
  readonly id: string;
  readonly origin: Origin;
  readonly resource: Resource;
  readonly conditions: readonly Condition[];
  /** Why a Deny cannot say it. */
  readonly why?: string;
}

/** All the ways in which a call escapes an Allow; none where it allows every call. */
export function literalsOf(allow: Allow): readonly Literal[] {
  const { origin, principal, resource, conditions } = allow;
  const literals = [
    ...negateResource(resource, origin),
    ...conditions.flatMap((condition) => negate(condition, origin)),
  ];
  if (principal === undefined) return literals;
  return [...literals, unsayable('the statement names a principal', origin)];
}

function negateResource({ isNot, patterns }: Resource, origin: Origin): readonly Literal[] {
  if (!isNot && matchesEveryFunction(patterns)) return [];
  return [literal(origin, { isNot: !isNot, patterns }, [])];
}

function negate(condition: Condition, origin: Origin): readonly Literal[] {
  const negation = negateCondition(condition);
  switch (negation.kind) {
    case 'impossible':
      return [];
    case 'inexpressible':
      return [unsayable(negation.why, origin)];
    case 'made':
      return [literal(origin, EVERYTHING, negation.value)];
  }
}

function literal(origin: Origin, resource: Resource, conditions: readonly Condition[]): Literal {
  return { id: JSON.stringify([resource, conditions]), origin, resource, conditions };
}

function unsayable(why: string, origin: Origin): Literal {
  return { id: why, origin, resource: EVERYTHING, conditions: [], why };
}
