import type { Random } from '../random.ts';

/** Which calls a rule is about, and which of them it strikes. */
export interface FaultMatch {
  /** The signing name, such as `lambda`; `*` stands for any text. */
  readonly service: string;
  /** Such as `UpdateFunctionConfiguration` or `Get*`. */
  readonly operation: string;
  /** The caller's ARN, such as `*assumed-role/enforce*`. Absent: everybody. */
  readonly caller?: string;
  /** A part of the event that the caller handles, a deployed function, while it calls. Absent: whatever it does. */
  readonly handling?: string;
  /** Only the nth of the calls that match, counted from 1. */
  readonly nth?: number;
  /** How likely a call is struck. Absent: certain. */
  readonly probability?: number;
  /** At most so many calls are struck. */
  readonly count?: number;
}

/** What happens to a call that is struck. */
export type FaultEffect =
  /** An answer of the service's own kind. */
  | {
      readonly kind: 'error';
      readonly name: string;
      readonly status: number;
      readonly message?: string;
    }
  /** The service's own error for too many calls. */
  | { readonly kind: 'throttle' }
  /** The service begins to work so much later, in virtual time. */
  | { readonly kind: 'latency'; readonly seconds: number }
  /** The connection is reset, or no answer ever comes: before the service sees the call, or after it has done it. */
  | { readonly kind: 'reset' | 'hang'; readonly after?: boolean }
  /** The execution environment that calls ends, as when its host fails: before or after the same way. */
  | { readonly kind: 'crash'; readonly after?: boolean };

/** A planted fault. */
export type FaultRule = FaultMatch & FaultEffect;

/** A rule with what has become of it. */
export interface FaultState {
  readonly id: string;
  readonly rule: FaultRule;
  readonly random: Random;
  /** Calls that matched. */
  seen: number;
  /** Calls that were struck. */
  hits: number;
}

/** One call, as rules look at it. */
export interface StruckCall {
  readonly service: string;
  readonly operation: string;
  readonly caller: string;
  /** The event that the caller handles; absent where it is no deployed function. */
  readonly handled?: string | undefined;
}

/** Counts a call on a rule, and tells whether the rule strikes it. */
export function strikes(state: FaultState, call: StruckCall): boolean {
  const { rule } = state;
  if (!matches(rule, call)) return false;
  state.seen += 1;
  const isStruck =
    (rule.nth === undefined || rule.nth === state.seen) &&
    state.hits < (rule.count ?? Number.POSITIVE_INFINITY) &&
    state.random() < (rule.probability ?? 1);
  if (isStruck) state.hits += 1;
  return isStruck;
}

function matches(rule: FaultMatch, call: StruckCall): boolean {
  return (
    isLike(call.service, rule.service) &&
    isLike(call.operation, rule.operation) &&
    isLike(call.caller, rule.caller ?? '*') &&
    (rule.handling === undefined || call.handled?.includes(rule.handling) === true)
  );
}

function isLike(text: string, pattern: string): boolean {
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${source}$`, 's').test(text);
}
